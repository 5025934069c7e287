import { resolve } from 'node:path';
import type { ContainerSource } from './container';
import { buildImage, containerEngine, engineContainers } from './container-engine';
import type { LocalJob } from './local-job';
import { plainProcesses, runsWithoutEngine } from './plain-process';
import { UsageError } from './usage-error';

/**
 * Where a job's containers come from: the engine that answers. If none does, or none is wanted, an image that is built of a JavaScript,
 * TypeScript or Python entry file is the same files as a plain process.
 *
 * @param plain whether no engine is wanted
 * @throws UsageError if there is no engine for an image that needs one, or the image cannot be built
 */
export function containerSource(job: LocalJob, plain: boolean): ContainerSource {
  const { name, packaging, context, container } = job;
  const processes = plainSource(job);
  if (plain) {
    if (processes !== undefined) return processes;
    throw new UsageError(
      `${name} runs the image of a ${packaging.type}, which is no plain process: leave --plain out ` +
        '(it is for images of JavaScript, TypeScript and Python entry files)',
    );
  }
  const engine = containerEngine();
  if (engine === undefined) {
    if (processes !== undefined) return processes;
    throw new UsageError(
      `${name} runs the image of a ${packaging.type}, and neither docker nor podman answers: start one of them ` +
        '(images of JavaScript, TypeScript and Python entry files run without)',
    );
  }
  const image = context === undefined ? container.image : buildImage(engine, context);
  return engineContainers(engine, { ...container, image });
}

function plainSource({ packaging, context, baseDir }: LocalJob): ContainerSource | undefined {
  if (packaging.type !== 'stacktape-image-buildpack' || context === undefined || !runsWithoutEngine(context)) {
    return undefined;
  }
  const path = packaging.properties.entryfilePath.replace(/(?<=\.py):[^:/\\]*$/, '');
  return plainProcesses(context, resolve(baseDir, path));
}
