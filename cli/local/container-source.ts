import { resolve } from 'node:path';
import type { ContainerSource } from './container';
import { buildImage, containerEngine, engineContainers } from './container-engine';
import type { LocalJob } from './local-job';
import { plainProcesses, runsWithoutEngine } from './plain-process';
import { UsageError } from './usage-error';

/**
 * Where a job's containers come from: for an image that is built of JavaScript, TypeScript or Python the same files as a plain process, for
 * every other one an engine.
 *
 * @throws UsageError if no engine answers, or the image cannot be built
 */
export function containerSource({ name, packaging, context, container, baseDir }: LocalJob): ContainerSource {
  if (packaging.type === 'stacktape-image-buildpack' && context !== undefined && runsWithoutEngine(context)) {
    const path = packaging.properties.entryfilePath.replace(/(?<=\.py):[^:/\\]*$/, '');
    return plainProcesses(context, resolve(baseDir, path));
  }
  const engine = containerEngine();
  if (engine === undefined) {
    throw new UsageError(
      `${name} runs the image of a ${packaging.type}, and neither docker nor podman answers: start one of them ` +
        '(images of JavaScript, TypeScript and Python entry files run without)',
    );
  }
  const image = context === undefined ? container.image : buildImage(engine, context);
  return engineContainers(engine, { ...container, image });
}
