import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { eventReference } from '../../job/event-reference';
import { UsageError } from '../command/usage-error';
import type { Result } from '../run-report/progress-event';
import type { Report } from '../run-report/report';
import type { LocalArguments } from './arguments';
import type { ContainerSource } from './container';
import { createPayloadBucket } from './emulator/emulated-run';
import type { Emulator } from './emulator/emulator';
import { CREDENTIALS, credentialsOf } from './function-credentials';
import { FunctionProcess } from './function-process';
import { ItemsRun, isOfItems } from './items/items-run';
import { type GivenEvent, startsNoJob } from './job-event';
import { LocalBatch } from './local-batch';
import type { LocalJob } from './local-job';
import type { LocalObjects } from './local-objects';
import { LoopbackAws, type StartedExecution } from './loopback-aws';
import { isOfPlaces, PlacesTable } from './places/places-table';
import { NOT_RECORDED, type Recorder } from './recording/recorder';
import { type Delay, interpret, type TaskCall } from './state-machine/interpreter';

/** Maximum wait with `--fast`, in seconds. */
const FAST_SECONDS = 1;

/** A large event is in the payload bucket, which exists on this machine only. */
export const NOT_WITH_AWS =
  '--aws cannot be used with an event larger than 8,192 characters: the job would look for it in your account.';

export interface LocalRun {
  readonly job: LocalJob;
  readonly given: GivenEvent;
  readonly source: ContainerSource;
  /** Variables by which the containers find AWS. */
  readonly variables: Readonly<Record<string, string>>;
  readonly options: LocalArguments;
  readonly report: Report;
  /** @default the run is not recorded */
  readonly recorder?: Recorder;
  /** The emulator that the job uses. */
  readonly emulator?: Emulator;
  /** Large events and items of this run and of those before it in a chain. @default those of this run */
  readonly stored?: LocalObjects;
  /** Called when the execution has ended. */
  readonly onEnd?: (end: ExecutionEnd) => void;
}

/** What Step Functions says of an execution that has ended, besides its result. */
export interface ExecutionEnd {
  /** JSON that the execution was started with. */
  readonly input: string;
  /** JSON of an execution that succeeded. */
  readonly output?: string;
}

/** An execution that the trigger function has started. */
interface Delivery extends StartedExecution {
  /** Whether the event is too large for the execution's input, which then refers to it. */
  readonly claimCheck: boolean;
  /** Where Step Functions and S3 are. */
  readonly aws: LoopbackAws;
}

/**
 * Invokes a job's trigger function with an event.
 *
 * @returns a function that runs the started execution to its end
 * @throws UsageError if it starts none
 */
export async function deliver(run: LocalRun): Promise<() => Promise<Result>> {
  const aws = new LoopbackAws(run.stored);
  await aws.listen();
  try {
    const delivery = await startedExecution(run, aws);
    return () => runExecution(run, delivery).finally(() => aws.close());
  } catch (error) {
    await aws.close();
    throw error;
  }
}

async function startedExecution(run: LocalRun, aws: LoopbackAws): Promise<Delivery> {
  const { job, given, options, report, emulator } = run;
  const { bundle, variables } = job.trigger;
  const trigger = new FunctionProcess(bundle, {
    ...variables,
    ...credentialsOf(emulator),
    AWS_ENDPOINT_URL: aws.url,
    // The payload bucket is in the emulator, and Step Functions is here.
    ...(emulator !== undefined && { AWS_ENDPOINT_URL_S3: emulator.endpoint }),
  });
  // A retry by Lambda has the request id of the first try.
  const requestId = randomUUID();
  const invoke = async () => {
    let { error, code } = await trigger.invoke(given.text, requestId);
    if (emulator !== undefined && code === 'NoSuchBucket') {
      await makePayloadBucket(run, emulator, 'The event is larger than 8,192 characters');
      ({ error } = await trigger.invoke(given.text, requestId));
    }
    if (error !== undefined) throw new UsageError(`The trigger function failed: ${error}.`);
  };
  try {
    run.recorder?.invoked();
    await invoke();
    const [execution] = aws.executions;
    if (execution === undefined) throw startsNoJob(given.event);
    const { name: executionName } = execution;
    const claimCheck = eventReference(execution.input) !== undefined;
    if (claimCheck && options.aws) {
      throw new UsageError(NOT_WITH_AWS);
    }
    report.tell({ type: 'event', source: given.source, bytes: Buffer.byteLength(given.text) });
    report.tell({ type: 'started', executionName, claimCheck });
    record(run, executionName);
    if (options.deliverTwice) {
      await invoke();
      if (aws.executions.length > 1) throw new Error('one event started two executions');
      report.tell({ type: 'duplicate', executionName });
    }
    aws.readOnly = true;
    return { ...execution, claimCheck, aws };
  } finally {
    await trigger.stop();
  }
}

function record({ recorder, given, report }: LocalRun, executionName: string): void {
  if (recorder === undefined) return;
  const recorded = recorder.start(executionName, given);
  if (recorded !== undefined) report.tell({ type: 'recorded', ...recorded });
  else report.tell({ type: 'note', text: `${NOT_RECORDED}: ${recorder.fault}`, isRecorded: false });
}

/** @param why what is to be stored in it */
async function makePayloadBucket({ job, options }: LocalRun, emulator: Emulator, why: string): Promise<void> {
  if (options.create) return createPayloadBucket(emulator, job);
  const bucket = job.trigger.variables.PAYLOAD_BUCKET;
  throw new UsageError(`${why}, and the payload bucket ${bucket} is not at ${emulator.endpoint}. Add --create.`);
}

async function runExecution(run: LocalRun, delivery: Delivery): Promise<Result> {
  const options = {
    ...run,
    objects: delivery.aws.objects,
    createBucket: (emulator: Emulator) => makePayloadBucket(run, emulator, 'The items are stored'),
  };
  const items = run.job.items && (await ItemsRun.start(run.job, run.job.items, options));
  try {
    return await interpretExecution(run, delivery, items);
  } finally {
    await items?.stop();
  }
}

async function interpretExecution(
  run: LocalRun,
  { name, input, claimCheck, aws }: Delivery,
  items: ItemsRun | undefined,
): Promise<Result> {
  const { job, source, variables, options, report, emulator } = run;
  const begin = report.seconds;
  const batch = new LocalBatch({
    container: job.container,
    retry: job.retry,
    queueNames: job.queueNames,
    source,
    // The container reads large events and its item from the loopback server.
    environment: {
      ...variables,
      ...((claimCheck || items !== undefined || !aws.objects.isEmpty) &&
        emulator === undefined && { ...CREDENTIALS, AWS_ENDPOINT_URL_S3: aws.url }),
    },
    faults: options.faults,
    report,
    items,
  });
  const places = new PlacesTable();
  const task = (call: TaskCall) => {
    if (isOfPlaces(call)) return places.call(call);
    // The containers of this machine have complete strings from the start.
    if (isOfStrings(call, job)) return { output: null };
    return items !== undefined && isOfItems(call) ? items.call(call) : batch.submit(call);
  };
  const ended = await interpret(job.definition, {
    executionName: name,
    input: JSON.parse(input),
    task,
    onState: (state, kind) => report.tell({ type: 'state', state, kind }),
    sleep: (wait) => sleep(wait, options.fast, report),
  });
  for (const option of batch.unused) report.tell({ type: 'unused', option });
  const { status } = ended;
  const output = status === 'SUCCEEDED' ? JSON.stringify(ended.output) : undefined;
  run.onEnd?.({ input, ...(output !== undefined && { output }) });
  const summary = items?.summary(status === 'FAILED' ? ended.cause : output);
  return {
    executionName: name,
    status,
    attempts: batch.attempts.size,
    seconds: Math.round((report.seconds - begin) * 1000) / 1000,
    ...(status === 'FAILED' && { error: ended.error, cause: ended.cause }),
    ...(summary !== undefined && { items: summary }),
  };
}

/** Whether a state has the connection strings written. */
function isOfStrings({ parameters }: TaskCall, { stringsFunctionArn }: LocalJob): boolean {
  const { FunctionName } = Object(parameters);
  return stringsFunctionArn !== undefined && FunctionName === stringsFunctionArn;
}

async function sleep({ state, of, seconds }: Delay, fast: boolean, report: Report): Promise<void> {
  const waited = fast ? Math.min(seconds, FAST_SECONDS) : seconds;
  report.tell({ type: 'wait', state, of, seconds, waited });
  const end = performance.now() + waited * 1000;
  for (let left = waited * 1000; left > 0; left = end - performance.now()) {
    report.countDown(`${Math.ceil(left / 1000)} s left`);
    await delay(Math.min(left, 1000));
  }
  report.countDown(undefined);
}
