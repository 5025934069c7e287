import { resolve } from 'node:path';
import type { ContainerSource } from './container';
import { engineContainers } from './container-engine';
import { containerEngine } from './engine-client';
import { buildImage } from './image-build';
import type { LocalJob } from './local-job';
import { missingProgram, plainProcesses, runsWithoutEngine } from './plain-process';
import { UsageError } from './usage-error';

/**
 * Where a job's containers come from: the engine that answers. If none does, or none is wanted, an image that is built of a JavaScript,
 * TypeScript or Python entry file is the same files as a plain process.
 *
 * @param plain whether no engine is wanted
 * @throws UsageError if there is no engine for an image that needs one, or the image cannot be built
 */
export async function containerSource(job: LocalJob, plain: boolean): Promise<ContainerSource> {
  const { name, packaging, context, container } = job;
  const engine = plain ? undefined : containerEngine();
  if (engine !== undefined) {
    const image = context === undefined ? container.image : await buildImage(engine, context);
    return engineContainers(engine, { ...container, image });
  }
  if (packaging.type === 'stacktape-image-buildpack' && context !== undefined && runsWithoutEngine(context)) {
    const missing = missingProgram(context);
    if (missing !== undefined) throw new UsageError(`${name} needs ${missing}, which does not run here: install it`);
    const path = packaging.properties.entryfilePath.replace(/(?<=\.py):[^:/\\]*$/, '');
    return plainProcesses(context, resolve(job.baseDir, path));
  }
  throw new UsageError(
    plain
      ? `${name} runs the image of a ${packaging.type}, which is no plain process: leave --plain out ` +
          '(it is for images of JavaScript, TypeScript and Python entry files)'
      : `${name} runs the image of a ${packaging.type}, and neither docker nor podman answers: start one of them ` +
          '(images of JavaScript, TypeScript and Python entry files run without)',
  );
}
