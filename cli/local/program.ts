import { randomUUID } from 'node:crypto';
import { contextNotes } from '../../modules/container/build-plan';
import { loadConfig } from '../../modules/load';
import { ConfigError } from '../../modules/problems/config-error';
import { errorMessage } from '../../modules/problems/error-message';
import type { LoadedConfig } from '../../modules/stack-config/loaded-config';
import { synthesized } from '../../modules/stack-config/synthesis-problems';
import { deliveryNote } from '../../triggers/delivery-note';
import { DONE, FAILED } from '../command/exit-code';
import { nextCommand } from '../command/next-command';
import { CommandFailure, isSystemError, systemFault } from '../command/reported-error';
import { printMessage } from '../command/terminal-lines';
import { UsageError } from '../command/usage-error';
import type { Result } from '../run-report/progress-event';
import { Report } from '../run-report/report';
import { stackFolder } from '../synthesis/stack-folder';
import type { LocalArguments } from './arguments';
import { type EndedJob, nextArguments, nextRuns, withoutGivenVariables } from './chain';
import { awsVariables, type KnownAws, placeholderSecrets, withConnectionStrings } from './container-environment';
import { canBePlain, containerSource } from './container-source';
import { DeployedStack } from './deployed-stack';
import { createAll, emulatorVariables } from './emulator/emulated-run';
import { type Emulator, emulatorAt } from './emulator/emulator';
import { EngineFault } from './engine-fault';
import { givenValue, withVariables } from './given-variables';
import { BuildFailure } from './image-build';
import { checkItems, manifestIn } from './items/options';
import { type GivenEvent, givenEvent, sampleOf } from './job-event';
import { jobProperties, type LocalJob, localJob, regionOf } from './local-job';
import { LocalObjects } from './local-objects';
import { deliver, type ExecutionEnd } from './local-run';
import { notApplied } from './not-applied';
import { showBurst } from './places/show-burst';
import { type RecordedJob, Recorder } from './recording/recorder';
import { repeatedWords } from './recording/repeated-words';
import { retryPolicy } from './retry-policy';

/**
 * Runs a job.
 *
 * @returns the exit code: FAILED only if the run failed
 * @throws UsageError if nothing was started
 */
export async function runLocally(options: LocalArguments): Promise<number> {
  try {
    return await run(options);
  } catch (error) {
    if (error instanceof ConfigError) throw new UsageError(error.message, { cause: error });
    if (error instanceof BuildFailure) throw new CommandFailure(error.message);
    if (isSystemError(error)) throw new UsageError(systemFault(error));
    throw error;
  }
}

async function run(options: LocalArguments): Promise<number> {
  const given = options.eventFile === undefined ? undefined : await givenEvent(options.eventFile);
  const loaded = await loadConfig();
  const deployed = options.aws ? DeployedStack.in(stackFolder(loaded.config)) : undefined;
  const emulator = await emulatorOf(options, regionOf(loaded.config, undefined));
  checkItems(jobProperties(loaded.config, options.job).forEach, options);
  const { manifest } = options;
  const stored = new LocalObjects(manifest === undefined ? undefined : manifestIn(manifest));
  const context: RunContext = { loaded, deployed, emulator, stored };
  const job = synthesizedJob(context, options.job);
  if (options.burst !== undefined) {
    const { timeout, limits } = jobProperties(loaded.config, job.name);
    await showBurst({ job: job.name, definition: job.definition, limits, runs: options.burst, timeout }, options.json);
    return DONE;
  }
  const { sampleContext } = withVariables(job, options.variables).job;
  const event = given ?? sampleOf(job, options.eventType);
  const [guess] = sampleContext.guesses;
  if (deployed !== undefined && given === undefined && guess !== undefined) {
    const why = deployed.missing ?? 'the deployment does not have it';
    throw new UsageError(
      `--aws: the sample event needs the name of ${guess}, and ${why}. Run ${nextCommand('deploy')}, or use --event.`,
    );
  }
  if (options.printEvent) {
    if (event.note !== undefined) printMessage(`Note: ${event.note}`);
    console.log(JSON.stringify(event.event, undefined, 2));
    return DONE;
  }
  const first = await runJob(context, options, job, event);
  return options.chain ? runChain(context, options, first) : first.code;
}

/** What the runs of a chain have in common. */
interface RunContext {
  readonly loaded: LoadedConfig;
  readonly deployed: DeployedStack | undefined;
  readonly emulator: Emulator | undefined;
  /** Large events and items. */
  readonly stored: LocalObjects;
}

function synthesizedJob({ loaded, deployed, emulator }: RunContext, name: string): LocalJob {
  const synthesis = { now: () => new Date(), uuid: randomUUID, deployed, emulator };
  return synthesized(loaded, () => localJob(loaded, name, synthesis));
}

interface EndedLocalRun {
  readonly code: number;
  /** Undefined if the machine has no resources left for the run. */
  readonly ended?: EndedJob;
}

/**
 * Runs the jobs that follow a job of the config, one after another, and those that follow them.
 *
 * @throws CommandFailure if one of them can't be started
 */
async function runChain(context: RunContext, options: LocalArguments, first: EndedLocalRun): Promise<number> {
  const { config } = context.loaded;
  const runs = first.ended === undefined ? [] : nextRuns(first.ended, config);
  let { code } = first;
  // The list grows. The config has no rings.
  for (const next of runs) {
    try {
      const job = synthesizedJob(context, next.job);
      const { code: own, ended } = await runJob(context, nextArguments(options, job), job, next.event, next.after);
      code = Math.max(code, own);
      if (ended !== undefined) runs.push(...nextRuns(ended, config));
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      throw new CommandFailure(`${next.job}, which follows ${next.after.job}, was not started. ${error.message}`);
    }
  }
  return code;
}

/** Runs a job to its end. @param after the run whose end started it */
async function runJob(
  { loaded, deployed, emulator, stored }: RunContext,
  options: LocalArguments,
  synthesizedJob: LocalJob,
  event: GivenEvent,
  after?: EndedJob,
): Promise<EndedLocalRun> {
  const { job, notes } = withVariables(synthesizedJob, options.variables);
  const aws = { region: regionOf(loaded.config, deployed), missing: deployed?.missing };
  const report = new Report(process.stdout, options);
  if (after !== undefined) {
    if (!options.json) console.log();
    report.tell({ type: 'next', job: job.name, after: after.job, run: after.name, status: after.status });
  }
  const recorder = new Recorder(recordedJob(loaded, synthesizedJob, options, after), (reason) =>
    report.tell({ type: 'note', text: `The rest of this run is not recorded: ${reason}` }),
  );
  report.recordTo(recorder);
  try {
    for (const text of [
      ...[event.note, deliveryNote(job.events, event.event)].filter((note) => note !== undefined),
      ...notes,
      ...notApplied(job.name, loaded.config),
      ...notesOf(job),
    ])
      report.tell({ type: 'note', text });
    const found = await variablesOf(synthesizedJob, job, { options, aws, emulator, report });
    const variables = withConnectionStrings(job, found);
    const source = await containerSource(job, options, report, options.aws ? aws.region : undefined);
    const startedAt = Date.now();
    let end: ExecutionEnd | undefined;
    const onEnd = (given: ExecutionEnd) => {
      end = given;
    };
    const run = { job, given: event, source, variables, options, report, emulator, recorder, stored, onEnd };
    const runExecution = await deliver(run);
    const result = await resultOf(runExecution, report, recorder);
    const code = result?.status === 'SUCCEEDED' ? DONE : FAILED;
    if (result === undefined || end === undefined) return { code };
    const { executionName: name, status, error } = result;
    const [cause, output] = [result.cause, end.output].map((text) => withoutGivenVariables(text, synthesizedJob));
    const { STATE_MACHINE_ARN: stateMachineArn = '' } = job.trigger.variables;
    const { input } = end;
    const ended = {
      job: job.name,
      stateMachineArn,
      name,
      status,
      startedAt,
      endedAt: Date.now(),
      input,
      id: recorder.id,
    };
    return { code, ended: { ...ended, output, error, cause } };
  } catch (error) {
    await recorder.close(error instanceof EngineFault ? `${error.problem}. ${error.fix}.` : errorMessage(error));
    if (!(error instanceof EngineFault)) throw error;
    const fix = canBePlain(job) ? `${error.fix}, or run the job without an engine: --plain` : error.fix;
    const { engine, kind, problem } = error;
    if (options.json) report.tell({ type: 'engine-fault', engine, kind, problem, fix });
    throw new UsageError(`${problem}. ${fix}.`);
  }
}

/** Region in an emulator, if neither the config nor the shell has one. */
const DEFAULT_REGION = 'us-east-1';

/** The emulator at `--endpoint`. The credentials of the shell are for AWS, so it doesn't get them. */
async function emulatorOf({ endpoint, variables }: LocalArguments, region = DEFAULT_REGION) {
  if (endpoint === undefined) return undefined;
  const [accessKeyId = 'test', secretAccessKey = 'test'] = ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'].map((name) =>
    givenValue(variables, name),
  );
  return emulatorAt(endpoint, { region, credentials: { accessKeyId, secretAccessKey, sessionToken: undefined } });
}

interface VariableSources {
  readonly options: LocalArguments;
  readonly aws: KnownAws;
  readonly emulator: Emulator | undefined;
  readonly report: Report;
}

/** Variables by which a job finds AWS or an emulator, or placeholders. */
async function variablesOf(
  { container }: LocalJob,
  job: LocalJob,
  { options, aws, emulator, report }: VariableSources,
) {
  if (options.aws) return awsVariables(job, aws);
  if (emulator === undefined) return placeholderSecrets(job);
  const tell = report.tell.bind(report);
  if (options.create) await createAll(emulator, { job, secrets: container.secrets }, tell);
  return emulatorVariables(emulator, job, tell);
}

/** Notes about the packaging, as `synth` prints them. */
function notesOf({ name, context }: LocalJob): string[] {
  if (context === undefined) return [];
  const notes = contextNotes(new Map([[name, context]]), (job) => ['resources', job, 'properties']);
  return notes.map(({ property, message }) => `${property}: ${message}`);
}

/** What the recording of a run says of it besides what happens. */
function recordedJob(
  { config }: LoadedConfig,
  job: LocalJob,
  options: LocalArguments,
  after: EndedJob | undefined,
): RecordedJob {
  const { name, stack, container } = job;
  const secrets = Object.keys(container.secrets);
  return {
    ...{ stack, job: name, policy: retryPolicy(jobProperties(config, name)) },
    ...(after !== undefined && { earlier: { run: after.name, job: after.job, id: after.id } }),
    words: (eventFile) => repeatedWords(options, { eventFile, secrets }),
  };
}

/** Runs an execution to its end. Undefined if the machine has no disk space, memory or processes left. */
async function resultOf(
  runExecution: () => Promise<Result>,
  report: Report,
  recorder: Recorder,
): Promise<Result | undefined> {
  try {
    const result = await runExecution();
    report.tell({ type: 'result', ...result });
    await recorder.close();
    return result;
  } catch (error) {
    if (!isSystemError(error)) throw error;
    printMessage(systemFault(error));
    await recorder.close(systemFault(error));
    return undefined;
  }
}
