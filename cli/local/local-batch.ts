import { randomUUID } from 'node:crypto';
import { CONTAINER_STOP_SECONDS } from '../../modules/compute/user-data';
import type { JobRetryStrategy } from '../../modules/orchestration/retry-plan';
import { EXIT_ON_SIGTERM, STATUS_REASONS } from '../../modules/rules/job-ends';
import type { Outcome } from '../run-report/progress-event';
import type { Report } from '../run-report/report';
import type { Faults } from './arguments';
import type { ContainerSource, ContainerStart } from './container';
import { exitHint } from './exit-hint';
import { restarts } from './exit-rules';
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
}

const EXITED = 'Essential container in task exited';
/** The text of AWS Batch, which the state machine reads. */
const TIMED_OUT = STATUS_REASONS.timedOut;
/** For the log only: AWS Batch gives no such reason. */
const INTERRUPTED = 'Spot interruption';
const HOST_ENDED = `${STATUS_REASONS.hostGone} (instance i-00000000000000000) terminated.`;
const NOT_STARTED = 'Task failed to start';

/** The parameters of `batch:submitJob.sync` that this project's state machines pass. */
interface SubmitJob {
  readonly JobDefinition: string;
  readonly JobQueue: string;
  readonly JobName: string;
  readonly Timeout?: { readonly AttemptDurationSeconds: number };
  readonly RetryStrategy?: { readonly Attempts: number };
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
    const { container, report, source } = this.props;
    if (this.toRefuse > 0) return this.refuse();
    const job = parameters as unknown as SubmitJob;
    const id = randomUUID();
    const createdAt = Date.now();
    const overrides = Object.fromEntries(job.ContainerOverrides.Environment.map(({ Name, Value }) => [Name, Value]));
    const attempt = overrides.STP_CURRENT_ATTEMPT ?? '1';
    const memory = Number(job.ContainerOverrides.ResourceRequirements?.[0]?.Value ?? container.memory);
    const retry =
      job.RetryStrategy === undefined ? this.props.retry : { attempts: job.RetryStrategy.Attempts, evaluateOnExit: [] };
    const environment = { ...container.environment, ...overrides };
    const timeoutSeconds = this.props.faults.timeoutAfter ?? job.Timeout?.AttemptDurationSeconds;
    this.firstQueue ??= job.JobQueue;
    const runs: JobRun[] = [];
    for (;;) {
      const number = runs.length + 1;
      const maximumAttempts = overrides.STP_MAXIMUM_ATTEMPTS;
      const onDemand = job.JobQueue !== this.firstQueue;
      const by = source.description;
      report.tell({ type: 'container', attempt, maximumAttempts, run: number, onDemand, by, memory });
      const batch = {
        AWS_BATCH_JOB_ID: id,
        AWS_BATCH_JOB_ATTEMPT: String(number),
        AWS_BATCH_JQ_NAME: this.props.queueNames?.get(job.JobQueue) ?? job.JobQueue.split('/').at(-1) ?? '',
        AWS_BATCH_CE_NAME: 'local',
      };
      const { run, hint, sinceSignal, wasInterrupted } = await this.run(
        { environment: { ...environment, ...batch, ...this.props.environment }, memory },
        attempt,
        timeoutSeconds,
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
      report.tell({
        type: 'exit',
        attempt,
        outcome: outcomeOf(run, succeeded, isInterrupted),
        exitCode: run.exitCode ?? null,
        reason,
        seconds,
        ...(sinceSignal !== undefined && { sinceSignal }),
        ...(hint !== undefined && { hint }),
      });
      if (isRestarted) {
        report.tell({ type: 'restart', run: runs.length + 1 });
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
      return succeeded ? { output: detail } : failed(detail);
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
    attempt: string,
    timeoutSeconds: number | undefined,
  ): Promise<EndedRun> {
    const { source, report, faults } = this.props;
    let last = '';
    const container = await source.start({
      ...given,
      onOutput: (stream, chunk) => {
        last = (last + chunk.toString('latin1', Math.max(0, chunk.length - HINT_CHARACTERS))).slice(-HINT_CHARACTERS);
        return report.output(stream, chunk);
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
      report.tell({ type: 'signal', signal: 'SIGTERM', reason: reason === TIMED_OUT ? 'Timeout' : reason, grace });
      container.signal('SIGTERM');
      after(grace, () => {
        report.tell({ type: 'signal', signal: 'SIGKILL', reason: 'still running', grace });
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
    await report.outputEnded();
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
    if (made) report.tell({ type: 'made-to-fail', attempt });
    return {
      run: { ...run, exitCode: made ? 1 : exitCode, statusReason: EXITED },
      hint,
      sinceSignal,
      wasInterrupted: isInterrupted && exitCode === EXIT_ON_SIGTERM,
    };
  }
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
