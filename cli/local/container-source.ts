import { UsageError } from '../command/usage-error';
import type { Report } from '../run-report/report';
import type { LocalArguments } from './arguments';
import { buildSecretValues } from './build-secrets';
import type { ContainerSource } from './container';
import { engineContainers } from './container-engine';
import { containerEngine, type Engine, type SilentEngine } from './engine-client';
import { EngineFault, engineFault, reasonIn } from './engine-fault';
import { buildImage } from './image-build';
import { pullImage } from './image-pull';
import type { LocalJob } from './local-job';
import { volumeNotes } from './local-volumes';
import { missingProgram, plainProcesses, runsWithoutEngine } from './plain-process';

/** End of the error for a job that needs a container engine. */
const WITHOUT = 'only JavaScript, TypeScript and Python entry files run without a container engine';

/**
 * Where a job's containers come from: the container engine that is available. If none is available or wanted, an image that is built from a
 * JavaScript, TypeScript or Python entry file runs as a plain process with the same files.
 *
 * @param region in which a build can read secrets. @default it reads none
 * @throws UsageError if the image needs an engine and there is none, or it doesn't work
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
    throw new UsageError(`${imageOf(job)}, which cannot be built locally. Use another packaging to try the job.`);
  }
  if (plain) {
    if (canBePlain(job)) return plainSource(job, report);
    throw new UsageError(`${imageOf(job)} and cannot run as a plain process: ${WITHOUT}. Remove --plain.`);
  }
  const found = containerEngine(wanted);
  if (found.engine !== undefined) return engineSource(job, found.engine, report, region);
  const [silent] = found.silent;
  if (wanted === undefined && canBePlain(job)) {
    for (const each of found.silent) {
      const { failure } = faultOf(each);
      report.tell({ type: 'engine', by: each.engine, text: `${failure}; the job runs as a plain process` });
    }
    return plainSource(job, report);
  }
  if (silent !== undefined) throw faultOf(silent);
  throw new UsageError(
    wanted === undefined
      ? `${imageOf(job)}, and neither Docker nor Podman is available: ${WITHOUT}. Start one of them.`
      : `${wanted} is not on the PATH. Install it, or remove --engine and unset BATCH_JOBS_ENGINE.`,
  );
}

/** Whether a job can run without a container engine. */
export function canBePlain({ context }: LocalJob): boolean {
  return context?.launch !== undefined && runsWithoutEngine(context.launch);
}

async function engineSource(
  job: LocalJob,
  engine: Engine,
  report: Report,
  region: string | undefined,
): Promise<ContainerSource> {
  const { context, container, stack, name } = job;
  for (const text of volumeNotes(container, false)) report.tell({ type: 'note', text });
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

/** @throws UsageError if the program that runs it isn't installed */
function plainSource({ name, context, container }: LocalJob, report: Report): ContainerSource {
  if (context?.launch === undefined) throw new Error('it cannot be plain');
  for (const text of volumeNotes(container, true)) report.tell({ type: 'note', text });
  const { files, launch } = context;
  const missing = missingProgram(launch);
  if (missing !== undefined) {
    throw new UsageError(`${name} needs ${missing}, which does not run here. Install it, or start Docker or Podman.`);
  }
  return plainProcesses({ files, launch });
}

function imageOf({ name, packaging }: LocalJob): string {
  return `${name} runs an image of type ${packaging.type}`;
}

function faultOf({ engine, said }: SilentEngine): EngineFault {
  const words = reasonIn(said) || 'no reason given';
  return (
    engineFault(engine, 'answer', said) ??
    new EngineFault(engine, 'unknown', `does not answer: ${words}`, `Run ${engine} info for details`)
  );
}
