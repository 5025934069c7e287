import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { LocalArguments } from './arguments';
import type { ContainerSource } from './container';
import type { GivenEvent } from './job-event';
import { LocalBatch } from './local-batch';
import type { LocalJob } from './local-job';
import { LoopbackAws, type StartedExecution } from './loopback-aws';
import type { Report, Result } from './report';
import { type Delay, interpret } from './state-machine/interpreter';
import { TriggerProcess } from './trigger-process';
import { UsageError } from './usage-error';

/** Seconds that a wait takes at most with `--fast`. */
const FAST_SECONDS = 1;

/** Credentials of nobody, with which requests to the loopback are signed. */
const CREDENTIALS = { AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local' };

export interface LocalRun {
  readonly job: LocalJob;
  readonly given: GivenEvent;
  readonly source: ContainerSource;
  /** Variables of the containers that stand for AWS. */
  readonly variables: Readonly<Record<string, string>>;
  readonly options: LocalArguments;
  readonly report: Report;
}

/** Runs a job from its event to its end. */
export async function runLocally(run: LocalRun): Promise<Result> {
  const aws = new LoopbackAws();
  await aws.listen();
  try {
    return await runExecution(run, await deliver(run, aws), aws.url);
  } finally {
    await aws.close();
  }
}

/** Hands the event to the trigger function, and takes the execution that it starts. */
async function deliver({ job, given, options, report }: LocalRun, aws: LoopbackAws): Promise<StartedExecution> {
  const { bundle, variables } = job.trigger;
  report.tell({ type: 'event', source: given.source, bytes: Buffer.byteLength(JSON.stringify(given.event)) });
  const trigger = new TriggerProcess(bundle, { ...variables, ...CREDENTIALS, AWS_ENDPOINT_URL: aws.url });
  try {
    // Lambda's own repetitions have the request id of the first try.
    const requestId = randomUUID();
    for (let delivery = 1; delivery <= (options.deliverTwice ? 2 : 1); delivery++) {
      const { error } = await trigger.invoke(given.event, requestId);
      if (error !== undefined) throw new UsageError(`the trigger function failed: ${error}`);
      const [execution, another] = aws.executions;
      if (execution === undefined) throw new UsageError('the trigger function starts no job for this event');
      if (another !== undefined) throw new Error('one event started two executions');
      const { name: executionName, input } = execution;
      if (delivery === 1) report.tell({ type: 'started', executionName, claimCheck: isReference(input) });
      else report.tell({ type: 'duplicate', executionName });
    }
  } finally {
    await trigger.stop();
  }
  return aws.executions[0] as StartedExecution;
}

function isReference(input: string): boolean {
  return input.startsWith('{"stpPayload":');
}

async function runExecution(run: LocalRun, { name, input }: StartedExecution, endpoint: string): Promise<Result> {
  const { job, source, variables, options, report } = run;
  const large = isReference(input);
  if (large && options.aws) {
    throw new UsageError('--aws does not go with an event this large: the job would look for it in your account');
  }
  const batch = new LocalBatch({
    container: job.container,
    retry: job.retry,
    source,
    // Only an event that lies in a bucket makes the container talk to one.
    environment: {
      ...variables,
      ...(large && { ...CREDENTIALS, AWS_ENDPOINT_URL_S3: endpoint }),
    },
    faults: options.faults,
    report,
  });
  const ended = await interpret(job.definition, {
    executionName: name,
    input: JSON.parse(input),
    task: (call) => batch.submit(call),
    onState: (state, kind) => report.tell({ type: 'state', state, kind }),
    sleep: (wait) => sleep(wait, options.fast, report),
  });
  const { status } = ended;
  return {
    executionName: name,
    status,
    attempts: batch.attempts.size,
    seconds: report.seconds,
    ...(status === 'FAILED' && { error: ended.error, cause: ended.cause }),
  };
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
