import { randomUUID } from 'node:crypto';
import { CONTAINER_STOP_SECONDS } from '../../modules/compute/user-data';
import { type IndexLine, ITEM_COUNT_VARIABLE, ITEMS_VARIABLE } from '../../modules/orchestration/items/format';
import type { JobRetryStrategy } from '../../modules/orchestration/retry-plan';
import { EXIT_ON_SIGTERM, STATUS_REASONS } from '../../modules/rules/job-ends';
import type { ContainerOutput } from '../run-report/container-output';
import type { Outcome } from '../run-report/progress-event';
import type { Report } from '../run-report/report';
import type { Faults } from './arguments';
import type { ContainerSource, ContainerStart } from './container';
import { exitHint } from './exit-hint';
import { restarts } from './exit-rules';
import type { EndedChild, EndedJobs } from './items/ended-jobs';
import { inPool } from './items/pool';
import type { ChildEnd, ItemsProgress } from './items/progress';
import { type JobRun, jobDetail } from './job-detail';
import type { LocalContainer } from './local-container';
import type { TaskCall, TaskOutcome } from './state-machine/interpreter';
import type { Json } from './state-machine/json-value';

export interface LocalBatchProps {
  readonly container: LocalContainer;
  /** The job definition's retry strategy. */
  readonly retry: JobRetryStrategy | undefined;
  readonly source: ContainerSource;
  /** Names of queues by their ARNs. @default the end of the ARN */
  readonly queueNames?: ReadonlyMap<string, string>;
  /** Variables in addition to those of the job definition and the state machine. @default none */
  readonly environment?: Readonly<Record<string, string>>;
  readonly faults: Faults;
  readonly report: Report;
  /** Of a job with `forEach`. */
  readonly items?: LocalItems;
}

/** What the arrays of a job with `forEach` need. */
export interface LocalItems {
  /** Most containers at the same time. */
  readonly jobs: number;
  /** The lines of an index at an address of S3. */
  readonly index: (uri: string) => Promise<readonly IndexLine[]>;
  readonly progress: ItemsProgress;
  /** Keeps how jobs ended, for the function that asks AWS Batch. */
  readonly ended: EndedJobs;
}

const EXITED = 'Essential container in task exited';
/** The text of AWS Batch, which the state machine reads. */
const TIMED_OUT = STATUS_REASONS.timedOut;
/** For the log only: AWS Batch gives no such reason. */
const INTERRUPTED = 'Spot interruption';
const HOST_ENDED = `${STATUS_REASONS.hostGone} (instance i-00000000000000000) terminated.`;
const NOT_STARTED = 'Task failed to start';
/** The status reason of an array of which a child failed. */
const CHILD_FAILED = 'Array Child Job failed';

/** The parameters of `batch:submitJob.sync` that this project's state machines pass. */
interface SubmitJob {
  readonly JobDefinition: string;
  readonly JobQueue: string;
  readonly JobName: string;
  readonly Timeout?: { readonly AttemptDurationSeconds: number };
  readonly RetryStrategy?: { readonly Attempts: number };
  readonly ArrayProperties?: { readonly Size: number };
  readonly ContainerOverrides: {
    readonly Environment: readonly { readonly Name: string; readonly Value: string }[];
    readonly ResourceRequirements?: readonly { readonly Type: 'MEMORY'; readonly Value: string }[];
  };
}

/** Plays AWS Batch for the jobs of one execution: restarts, timeouts, Spot interruptions, refusals. */
export class LocalBatch {
  /** Numbers of the attempts that ran. */
  readonly attempts = new Set<string>();
  /** Why containers were stopped. */
  private readonly stops = new Set<string>();
  private toRefuse: number;
  private toInterrupt: boolean;
  /** The queue of the first submission. Any other is for on-demand capacity. */
  private firstQueue: string | undefined;

  constructor(private readonly props: LocalBatchProps) {
    this.toRefuse = props.faults.throttle;
    this.toInterrupt = props.faults.interruptAfter !== undefined;
  }

  /** Options that inject faults and have had no effect so far. */
  get unused(): string[] {
    const { interruptAfter, timeoutAfter, failAttempts } = this.props.faults;
    return [
      ...(interruptAfter === undefined || this.stops.has(INTERRUPTED) ? [] : ['--interrupt-after']),
      ...(timeoutAfter === undefined || this.stops.has(TIMED_OUT) ? [] : ['--timeout-after']),
      ...failAttempts
        .filter((attempt) => !this.attempts.has(String(attempt)))
        .map((attempt) => `--fail-attempts ${attempt}`),
      ...(this.toRefuse > 0 ? ['--throttle'] : []),
    ];
  }

  /**
   * Submits a job and waits for its end, as the state machine's Task does.
   *
   * @throws UsageError if there is no container for it
   */
  async submit({ parameters }: Pick<TaskCall, 'parameters'>): Promise<TaskOutcome> {
    if (this.toRefuse > 0) return this.refuse();
    const job = parameters as unknown as SubmitJob;
    this.firstQueue ??= job.JobQueue;
    const overrides = Object.fromEntries(job.ContainerOverrides.Environment.map(({ Name, Value }) => [Name, Value]));
    const { items, report } = this.props;
    if (items !== undefined && overrides[ITEMS_VARIABLE] !== undefined)
      return this.submitItems(job, overrides, overrides[ITEMS_VARIABLE], items);
    const { detail, run } = await this.job(job, overrides, randomUUID(), {
      output: { add: (stream, chunk) => report.output(stream, chunk), end: () => report.outputEnded() },
    });
    return run.succeeded ? { output: detail } : failed(detail);
  }

  /** Runs the children of an array, or a plain job with the only item. Fails if one of them does. */
  private async submitItems(
    job: SubmitJob,
    overrides: Readonly<Record<string, string>>,
    uri: string,
    { jobs, index, progress, ended }: LocalItems,
  ): Promise<TaskOutcome> {
    const { report, source } = this.props;
    const id = randomUUID();
    const size = job.ArrayProperties?.Size ?? 1;
    const isArray = job.ArrayProperties !== undefined;
    const lines = await index(uri);
    const attempt = overrides.STP_CURRENT_ATTEMPT ?? '1';
    report.tell({
      type: 'items',
      attempt,
      maximumAttempts: overrides.STP_MAXIMUM_ATTEMPTS,
      items: Number(overrides[ITEM_COUNT_VARIABLE]),
      children: size,
      jobs,
      onDemand: job.JobQueue !== this.firstQueue,
      by: source.description,
    });
    const failures = new Map<number, EndedChild>();
    progress.begin(size);
    try {
      await inPool(size, jobs, async (number) => {
        const { item = number } = lines[number] ?? {};
        progress.started();
        const child = isArray ? { number, size } : undefined;
        const { run } = await this.job(job, overrides, isArray ? `${id}:${number}` : id, {
          item,
          child,
          output: report.outputOf(item),
        });
        progress.ended({ item, attempt: Number(attempt), ...run.end });
        if (!run.succeeded) failures.set(number, run.last);
      });
    } finally {
      progress.stop();
    }
    progress.end(attempt);
    const statusReason = failures.size === 0 ? '' : isArray ? CHILD_FAILED : (failures.get(0)?.statusReason ?? '');
    ended.add(id, { size, failed: failures, isArray, statusReason });
    const { JobName, JobQueue, JobDefinition } = job;
    const detail = { JobId: id, JobName, JobQueue, JobDefinition, StatusReason: statusReason };
    return failures.size === 0
      ? { output: { ...detail, Status: 'SUCCEEDED' } }
      : failed({ ...detail, Status: 'FAILED' });
  }

  /** Runs one job, or a child of an array, with the restarts that are AWS Batch's own. */
  private async job(
    job: SubmitJob,
    overrides: Readonly<Record<string, string>>,
    id: string,
    { item, child, output }: JobPlace,
  ): Promise<{ readonly detail: Json; readonly run: EndedJob }> {
    const { container, report, source } = this.props;
    const createdAt = Date.now();
    const attempt = overrides.STP_CURRENT_ATTEMPT ?? '1';
    const memory = Number(job.ContainerOverrides.ResourceRequirements?.[0]?.Value ?? container.memory);
    const retry =
      job.RetryStrategy === undefined ? this.props.retry : { attempts: job.RetryStrategy.Attempts, evaluateOnExit: [] };
    const environment = { ...container.environment, ...overrides };
    const timeoutSeconds = this.props.faults.timeoutAfter ?? job.Timeout?.AttemptDurationSeconds;
    // The progress of all children is told instead of each container's.
    const isTold = item === undefined;
    const runs: JobRun[] = [];
    for (;;) {
      const number = runs.length + 1;
      const maximumAttempts = overrides.STP_MAXIMUM_ATTEMPTS;
      const onDemand = job.JobQueue !== this.firstQueue;
      const by = source.description;
      if (isTold) report.tell({ type: 'container', attempt, maximumAttempts, run: number, onDemand, by, memory });
      const batch = {
        AWS_BATCH_JOB_ID: id,
        AWS_BATCH_JOB_ATTEMPT: String(number),
        AWS_BATCH_JQ_NAME: this.props.queueNames?.get(job.JobQueue) ?? job.JobQueue.split('/').at(-1) ?? '',
        AWS_BATCH_CE_NAME: 'local',
        ...(child !== undefined && {
          AWS_BATCH_JOB_ARRAY_INDEX: String(child.number),
          AWS_BATCH_JOB_ARRAY_SIZE: String(child.size),
        }),
      };
      const { run, hint, sinceSignal, wasInterrupted } = await this.run(
        { environment: { ...environment, ...batch, ...this.props.environment }, memory },
        { attempt, timeoutSeconds, item, output },
      );
      this.attempts.add(attempt);
      runs.push(run);
      const seconds = Math.round((run.stoppedAt - run.startedAt) / 100) / 10;
      const reason = [run.statusReason, ...(run.reason === undefined ? [] : [run.reason])].join(': ');
      const succeeded = run.exitCode === 0 && run.statusReason === EXITED;
      const isTimedOut = run.statusReason === TIMED_OUT;
      // AWS Batch doesn't restart a job after its timeout: https://docs.aws.amazon.com/batch/latest/userguide/job_timeouts.html
      const isRestarted = !succeeded && retry !== undefined && !isTimedOut && restarts(retry, runs.length, run);
      const hasSpotRules = retry !== undefined && retry.evaluateOnExit.length > 0;
      const isInterrupted = isRestarted || (wasInterrupted === true && hasSpotRules);
      const end = {
        outcome: outcomeOf(run, succeeded, isInterrupted),
        exitCode: run.exitCode ?? null,
        reason,
        seconds,
        ...(hint !== undefined && { hint }),
      };
      if (isTold) report.tell({ type: 'exit', attempt, ...end, ...(sinceSignal !== undefined && { sinceSignal }) });
      if (isRestarted) {
        if (isTold) report.tell({ type: 'restart', run: runs.length + 1 });
        continue;
      }
      const { JobDefinition: definition, JobQueue: queue, JobName: name } = job;
      const detail = jobDetail({
        id,
        name,
        definition,
        queue,
        createdAt,
        container,
        environment,
        memory,
        retry,
        timeoutSeconds,
        runs,
        succeeded,
      });
      const { statusReason, exitCode, reason: containerReason } = run;
      const last = { succeeded, statusReason, exitCode, reason: containerReason };
      return { detail, run: { succeeded, end, last } };
    }
  }

  private refuse(): TaskOutcome {
    this.toRefuse--;
    const error = 'Batch.AWSBatchException';
    const cause =
      'Too Many Requests (Service: AWSBatch; Status Code: 429; Error Code: TooManyRequestsException; Request ID: local)';
    this.props.report.tell({ type: 'refused', error: 'Too Many Requests', injected: true });
    return { error, cause };
  }

  private async run(
    given: Pick<ContainerStart, 'environment' | 'memory'>,
    { attempt, timeoutSeconds, item, output }: RunPlace,
  ): Promise<EndedRun> {
    const { source, report, faults } = this.props;
    let last = '';
    const container = await source.start({
      ...given,
      onOutput: (stream, chunk) => {
        last = (last + chunk.toString('latin1', Math.max(0, chunk.length - HINT_CHARACTERS))).slice(-HINT_CHARACTERS);
        return output.add(stream, chunk);
      },
    });
    const startedAt = Date.now();
    const timers: NodeJS.Timeout[] = [];
    const after = (seconds: number, act: () => void) =>
      timers.push(setTimeout(act, Math.min(seconds * 1000, MAX_DELAY_MS)));
    void container.exited.then(() => {
      for (const timer of timers) clearTimeout(timer);
    });
    let stopped: typeof TIMED_OUT | typeof INTERRUPTED | undefined;
    let signalledAt: number | undefined;
    let killed = false;
    const stop = (reason: typeof TIMED_OUT | typeof INTERRUPTED) => {
      const grace = faults.grace ?? CONTAINER_STOP_SECONDS;
      const isFirst = stopped === undefined;
      this.stops.add(reason);
      // A timeout during an interruption counts as a timeout.
      if (stopped !== TIMED_OUT) stopped = reason;
      if (!isFirst) return;
      signalledAt = Date.now();
      const of = item === undefined ? {} : { item };
      const why = reason === TIMED_OUT ? 'Timeout' : reason;
      report.tell({ type: 'signal', signal: 'SIGTERM', reason: why, grace, ...of });
      container.signal('SIGTERM');
      after(grace, () => {
        report.tell({ type: 'signal', signal: 'SIGKILL', reason: 'still running', grace, ...of });
        killed = true;
        container.signal('SIGKILL');
      });
    };
    if (timeoutSeconds !== undefined) after(timeoutSeconds, () => stop(TIMED_OUT));
    if (this.toInterrupt && faults.interruptAfter !== undefined) {
      this.toInterrupt = false;
      after(faults.interruptAfter, () => stop(INTERRUPTED));
    }
    const { exitCode, reason, fault } = await container.ended;
    await output.end();
    if (fault !== undefined) throw fault;
    const said = `${reason ?? ''}\n${last}`;
    const isInterrupted = stopped === INTERRUPTED;
    const hint = exitHint({ exitCode, said, killed, isInterrupted, architecture: this.props.container.architecture });
    const stoppedAt = Date.now();
    const sinceSignal = signalledAt === undefined ? undefined : Math.round((stoppedAt - signalledAt) / 100) / 10;
    const run = { startedAt, stoppedAt, ...(reason !== undefined && { reason }) };
    if (exitCode === undefined) return { run: { ...run, statusReason: NOT_STARTED }, hint };
    if (isInterrupted && killed)
      return { run: { ...run, statusReason: HOST_ENDED }, sinceSignal, wasInterrupted: true };
    if (stopped === TIMED_OUT) return { run: { ...run, exitCode, statusReason: TIMED_OUT }, sinceSignal };
    const made = exitCode === 0 && faults.failAttempts.includes(Number(attempt));
    if (made && item === undefined) report.tell({ type: 'made-to-fail', attempt });
    return {
      run: { ...run, exitCode: made ? 1 : exitCode, statusReason: EXITED },
      hint,
      sinceSignal,
      wasInterrupted: isInterrupted && exitCode === EXIT_ON_SIGTERM,
    };
  }
}

/** Takes a container's output. */
type OutputOf = Pick<ContainerOutput, 'add' | 'end'>;

/** Which of a submission's jobs this is. */
interface JobPlace {
  /** Position of its item in the run. Undefined for a job without `forEach`. */
  readonly item?: number;
  /** Its place in an array. Undefined for a plain job. */
  readonly child?: { readonly number: number; readonly size: number };
  readonly output: OutputOf;
}

interface RunPlace extends Pick<JobPlace, 'item' | 'output'> {
  readonly attempt: string;
  readonly timeoutSeconds: number | undefined;
}

/** How a job ended. */
interface EndedJob {
  readonly succeeded: boolean;
  /** What the report says of it. */
  readonly end: Omit<ChildEnd, 'item' | 'attempt'>;
  /** What AWS Batch says of its last container. */
  readonly last: EndedChild;
}

/** How a container ended, and what the log says of it. */
interface EndedRun {
  readonly run: JobRun;
  readonly hint?: string;
  /** Seconds since SIGTERM. */
  readonly sinceSignal?: number;
  /** Whether it ended because of a Spot interruption. */
  readonly wasInterrupted?: boolean;
}

function outcomeOf({ statusReason }: JobRun, succeeded: boolean, interrupted: boolean): Outcome {
  if (succeeded) return 'succeeded';
  if (interrupted) return 'interrupted';
  if (statusReason === TIMED_OUT) return 'timed-out';
  return statusReason === NOT_STARTED ? 'not-started' : 'failed';
}

/** Characters of a job's output that are kept for a hint. */
const HINT_CHARACTERS = 2_000;

/** Maximum delay of a timer in Node.js. A longer one would fire at once. */
const MAX_DELAY_MS = 2_147_483_647;

/** The detail of a failed job as the state machine gets it: https://docs.aws.amazon.com/step-functions/latest/dg/connect-batch.html */
function failed(detail: Json): TaskOutcome {
  return { error: 'States.TaskFailed', cause: JSON.stringify(detail) };
}
