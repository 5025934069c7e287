import { resolve } from 'node:path';
import { UsageError } from '../usage-error';
import type { LocalArguments } from './arguments';
import { buildSecretValues } from './build-secrets';
import type { ContainerSource } from './container';
import { engineContainers } from './container-engine';
import { containerEngine, type Engine, type SilentEngine } from './engine-client';
import { EngineFault, engineFault, reasonIn } from './engine-fault';
import { buildImage } from './image-build';
import { pullImage } from './image-pull';
import type { LocalJob } from './local-job';
import { missingProgram, plainProcesses, runsWithoutEngine } from './plain-process';
import type { Report } from './report';

/** What a job that needs an engine is told. */
const WITHOUT = 'only JavaScript, TypeScript and Python entry files run without an engine';

/**
 * Where a job's containers come from: the engine that answers. If none does, or none is wanted, an image that is built of a JavaScript,
 * TypeScript or Python entry file is the same files as a plain process.
 *
 * @param region whose secrets a build may read. @default it may read none
 * @throws UsageError if there is no engine for an image that needs one, or it cannot work
 * @throws BuildFailure if the image's Dockerfile fails
 */
export async function containerSource(
  job: LocalJob,
  { plain, engine: wanted }: Pick<LocalArguments, 'plain' | 'engine'>,
  report: Report,
  region?: string,
): Promise<ContainerSource> {
  const { packaging } = job;
  if (packaging.type === 'external-buildpack') {
    throw new UsageError(`${imageOf(job)}, which cannot be built here: use another packaging to try the job`);
  }
  if (plain) {
    if (canBePlain(job)) return plainSource(job);
    throw new UsageError(`${imageOf(job)} and cannot be a plain process: leave --plain out (${WITHOUT})`);
  }
  const found = containerEngine(wanted);
  if (found.engine !== undefined) return engineSource(job, found.engine, report, region);
  const [silent] = found.silent;
  if (wanted === undefined && canBePlain(job)) {
    for (const each of found.silent) {
      const problem = faultOf(each).problem.replace(`${each.engine} `, '');
      report.tell({ type: 'engine', by: each.engine, text: `${problem}; the job runs as a plain process` });
    }
    return plainSource(job);
  }
  if (silent !== undefined) throw faultOf(silent);
  throw new UsageError(
    wanted === undefined
      ? `${imageOf(job)}, and neither docker nor podman answers: start one of them (${WITHOUT})`
      : `${wanted} is not on the PATH: install it, or leave --engine out and BATCH_JOBS_ENGINE unset`,
  );
}

/** Whether a job's image can be had without an engine. */
export function canBePlain({ packaging, context }: LocalJob): boolean {
  return packaging.type === 'stacktape-image-buildpack' && context !== undefined && runsWithoutEngine(context);
}

async function engineSource(
  job: LocalJob,
  engine: Engine,
  report: Report,
  region: string | undefined,
): Promise<ContainerSource> {
  const { context, container, stack, name } = job;
  if (context === undefined) {
    await pullImage(engine, container, report);
    return engineContainers(engine, container, { report });
  }
  const image = await buildImage(engine, context, {
    owner: { stack, job: name },
    report,
    secrets: () => buildSecretValues(context, region),
  });
  return engineContainers(engine, { ...container, image }, { report });
}

/** @throws UsageError if the program that runs it is not here */
function plainSource({ name, packaging, context, baseDir }: LocalJob): ContainerSource {
  if (packaging.type !== 'stacktape-image-buildpack' || context === undefined) throw new Error('it cannot be plain');
  const missing = missingProgram(context);
  if (missing !== undefined) {
    throw new UsageError(`${name} needs ${missing}, which does not run here. Install it, or start Docker or Podman.`);
  }
  const path = packaging.properties.entryfilePath.replace(/(?<=\.py):[^:/\\]*$/, '');
  return plainProcesses(context, resolve(baseDir, path));
}

function imageOf({ name, packaging }: LocalJob): string {
  return `${name} runs an image of type ${packaging.type}`;
}

function faultOf({ engine, said }: SilentEngine): EngineFault {
  const words = reasonIn(said) || 'it does not say why';
  return (
    engineFault(engine, 'answer', said) ??
    new EngineFault(engine, 'unknown', `${engine} does not answer: ${words}`, `See what ${engine} info says`)
  );
}
