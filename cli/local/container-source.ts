import { resolve } from 'node:path';
import { buildSecretValues } from './build-secrets';
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
 * @param region whose secrets a build may read. @default it may read none
 * @throws UsageError if there is no engine for an image that needs one, or the image cannot be built
 */
export async function containerSource(job: LocalJob, plain: boolean, region?: string): Promise<ContainerSource> {
  const { name, packaging, context, container } = job;
  const image = `${name} runs an image of type ${packaging.type}`;
  if (packaging.type === 'external-buildpack') {
    throw new UsageError(`${image}, which cannot be built here: use another packaging to try the job`);
  }
  const engine = plain ? undefined : containerEngine();
  if (engine !== undefined) {
    const built =
      context === undefined
        ? container.image
        : await buildImage(engine, context, await buildSecretValues(context, region));
    return engineContainers(engine, { ...container, image: built });
  }
  if (packaging.type === 'stacktape-image-buildpack' && context !== undefined && runsWithoutEngine(context)) {
    const missing = missingProgram(context);
    if (missing !== undefined) throw new UsageError(`${name} needs ${missing}, which does not run here: install it`);
    const path = packaging.properties.entryfilePath.replace(/(?<=\.py):[^:/\\]*$/, '');
    return plainProcesses(context, resolve(job.baseDir, path));
  }
  const without = 'only JavaScript, TypeScript and Python entry files run without an engine';
  throw new UsageError(
    plain
      ? `${image} and cannot be a plain process: leave --plain out (${without})`
      : `${image}, and neither docker nor podman answers: start one of them (${without})`,
  );
}
