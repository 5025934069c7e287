import type { DescribeExecutionOutput, HistoryEvent } from '@aws-sdk/client-sfn';
import { isSkipped } from '../../modules/orchestration/skipped-run';
import { stateMeaning } from '../../modules/orchestration/state-names';
import { readSubmission } from '../../modules/orchestration/submissions';
import { type BatchJob, batchJobOf, resourcesOf, variableOf } from '../run-report/batch-job';
import { endText, reasonText } from '../run-report/reason-text';
import { date, outcomeOf, startsOf } from './attempt-end';
import { runEvent } from './run-event';
import type { RunAttempt, RunStatus, RunStory, RunWait } from './run-story';

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

/** An execution as DescribeExecution returns it. */
export type Execution = Pick<
  DescribeExecutionOutput,
  'executionArn' | 'name' | 'status' | 'startDate' | 'stopDate' | 'input' | 'error' | 'cause' | 'output'
>;

/**
 * The story that an execution's history tells.
 *
 * @param events all of them, in order
 * @param jobs details of AWS Batch of the jobs without a detail in the history: those that run, and those that were stopped
 */
export function storyOf(
  execution: Execution,
  events: readonly HistoryEvent[],
  jobs: ReadonlyMap<string, BatchJob> = new Map(),
): RunStory {
  const teller = new Teller(jobs);
  for (const event of events) teller.next(event);
  const { executionArn = '', name = '', startDate, stopDate, input = '{}', error, cause } = execution;
  const status = (execution.status ?? 'RUNNING') as RunStatus;
  if (stopDate === undefined) teller.pause();
  else teller.end(stopDate);
  return {
    executionArn,
    name,
    status,
    started: startDate ?? new Date(0),
    ended: stopDate,
    event: runEvent(input, name),
    attempts: teller.attempts,
    waits: teller.waits,
    error,
    reason: reasonText(cause),
    cause,
    ...(isSkipped(execution.output) && { isSkipped: true }),
  };
}

/** The IDs of jobs about which the history has no detail, because they run or were stopped. */
export function jobsWithoutDetail(events: readonly HistoryEvent[]): string[] {
  const teller = new Teller(new Map());
  for (const event of events) teller.next(event);
  return teller.attempts.flatMap(({ jobId, outcome }) => (jobId !== undefined && outcome === undefined ? [jobId] : []));
}

/** Reads a history event by event. */
class Teller {
  readonly attempts: Mutable<RunAttempt>[] = [];
  readonly waits: Mutable<RunWait>[] = [];
  private state: { readonly attempt?: number; readonly onDemand: boolean } | undefined;
  /** When AWS Batch refused the submission of the state that the execution is still in. */
  private refused: Date | undefined;

  constructor(private readonly jobs: ReadonlyMap<string, BatchJob>) {}

  next(event: HistoryEvent): void {
    const time = event.timestamp ?? new Date(0);
    if (event.type !== 'TaskScheduled' && isOfTable(event)) return;
    switch (event.type) {
      case 'TaskStateEntered':
      case 'WaitStateEntered':
        this.enter(event.stateEnteredEventDetails?.name ?? '', time);
        break;
      case 'WaitStateExited':
        this.endWait(time);
        break;
      case 'TaskStateExited':
        if (this.waits.at(-1)?.kind === 'place') this.endWait(time);
        this.refused = undefined;
        break;
      case 'TaskScheduled':
        if (isOfTable(event)) this.place(event.taskScheduledEventDetails?.resource, time);
        else this.submit(event.taskScheduledEventDetails?.parameters, time);
        break;
      case 'TaskSubmitted':
        this.accepted(event.taskSubmittedEventDetails?.output, time);
        break;
      case 'TaskSucceeded':
        this.jobEnded(batchJobOf(event.taskSucceededEventDetails?.output), time);
        break;
      case 'TaskFailed':
        this.failed(event.taskFailedEventDetails?.cause, event.taskFailedEventDetails?.error, time);
        break;
      case 'TaskSubmitFailed':
        this.failed(event.taskSubmitFailedEventDetails?.cause, event.taskSubmitFailedEventDetails?.error, time);
        break;
      case 'TaskStartFailed':
        this.failed(event.taskStartFailedEventDetails?.cause, event.taskStartFailedEventDetails?.error, time);
        break;
      case 'TaskTimedOut':
        this.failed(event.taskTimedOutEventDetails?.cause, event.taskTimedOutEventDetails?.error, time);
        break;
    }
  }

  /** The execution goes on. */
  pause(): void {
    const { current } = this;
    if (current?.outcome !== 'refused') return;
    Object.assign(current, { outcome: undefined, ended: undefined });
    if (this.refused !== undefined) this.waits.push({ kind: 'throttled', from: this.refused, before: current.number });
  }

  /** The execution has ended, in any state. */
  end(time: Date): void {
    this.endWait(time);
    const { current } = this;
    if (current === undefined || current.outcome !== undefined) return;
    // Step Functions terminates the job of an execution that is stopped.
    current.outcome = 'stopped';
    current.batchStatus = undefined;
    current.ended ??= time;
  }

  private enter(name: string, time: Date): void {
    const meaning = stateMeaning(name);
    this.state = meaning;
    if (meaning?.kind === 'wait' || meaning?.kind === 'delay') {
      const { kind, attempt = (this.current?.number ?? 0) + (meaning.kind === 'wait' ? 1 : 0) } = meaning;
      this.waits.push({ kind: kind === 'wait' ? 'retry' : 'throttled', from: time, before: attempt });
    }
  }

  /** A request for a place. Only the last one takes time, and is repeated with a new task token. */
  private place(resource: string | undefined, time: Date): void {
    const wait = this.waits.at(-1);
    if (!resource?.endsWith('.waitForTaskToken') || (wait?.kind === 'place' && wait.to === undefined)) return;
    this.waits.push({ kind: 'place', from: time, before: 1 });
  }

  private endWait(time: Date): void {
    const wait = this.waits.at(-1);
    if (wait !== undefined) wait.to ??= time;
  }

  private get current(): Mutable<RunAttempt> | undefined {
    return this.attempts.at(-1);
  }

  private submit(parameters: string | undefined, time: Date): void {
    const given = readSubmission(parameters);
    const { attempt = given.attempt ?? 1, onDemand = false } = this.state ?? {};
    const { current, refused } = this;
    this.refused = undefined;
    // A state's own retry of a refused submission has no events of its wait.
    if (refused !== undefined) this.waits.push({ kind: 'throttled', from: refused, to: time, before: attempt });
    if (current?.number === attempt && current.onDemand === onDemand && current.outcome === 'refused') {
      Object.assign(current, { outcome: undefined, ended: undefined, reason: undefined });
      return;
    }
    if (onDemand && current?.number === attempt) leftSpot(current);
    const { queueArn, maximumAttempts: maximum = given.attempt ?? 1 } = given;
    this.attempts.push({ number: attempt, maximum, onDemand, refusals: 0, begun: time, queueArn, starts: [] });
  }

  private accepted(output: string | undefined, time: Date): void {
    const { current } = this;
    if (current === undefined) return;
    current.jobId = batchJobOf(output)?.jobId;
    current.submitted = time;
    const job = this.jobs.get(current.jobId ?? '');
    if (job !== undefined) this.describe(current, job);
  }

  private jobEnded(job: BatchJob | undefined, time: Date): void {
    const { current } = this;
    if (current === undefined) return;
    if (job !== undefined) this.describe(current, job);
    current.outcome = job === undefined ? 'succeeded' : (outcomeOf(job) ?? 'succeeded');
    current.ended ??= time;
  }

  private failed(cause: string | undefined, error: string | undefined, time: Date): void {
    const job = batchJobOf(cause);
    if (job !== undefined) {
      this.jobEnded(job, time);
      return;
    }
    const { current } = this;
    if (current === undefined) return;
    current.reason = reasonText(cause) ?? error;
    current.ended = time;
    if (current.jobId === undefined) {
      current.refusals += 1;
      // The next submission of the same attempt takes it back.
      current.outcome = 'refused';
      this.refused = time;
    } else {
      current.outcome = 'failed';
    }
  }

  private describe(attempt: Mutable<RunAttempt>, job: BatchJob): void {
    const { submitted: accepted } = attempt;
    attempt.submitted = date(job.createdAt) ?? accepted;
    attempt.jobId = job.jobId ?? attempt.jobId;
    attempt.queueArn = job.jobQueue ?? attempt.queueArn;
    attempt.resources = resourcesOf(job) ?? attempt.resources;
    attempt.starts = startsOf(job, attempt.submitted);
    attempt.outcome = outcomeOf(job);
    attempt.reason = attempt.outcome === 'succeeded' ? undefined : endText(job);
    attempt.batchStatus = attempt.outcome === undefined ? job.status : undefined;
    attempt.ended = attempt.outcome === undefined ? undefined : (date(job.stoppedAt) ?? attempt.ended);
    const maximum = Number(variableOf(job, 'STP_MAXIMUM_ATTEMPTS'));
    if (maximum > 0) attempt.maximum = maximum;
  }
}

/** Whether an event is one of a request to the table of places, which a job with limits makes before its first attempt. */
function isOfTable(event: HistoryEvent): boolean {
  const details = [
    event.taskScheduledEventDetails,
    event.taskStartedEventDetails,
    event.taskSubmittedEventDetails,
    event.taskSucceededEventDetails,
    event.taskFailedEventDetails,
    event.taskStartFailedEventDetails,
    event.taskSubmitFailedEventDetails,
    event.taskTimedOutEventDetails,
  ];
  return details.some((detail) => detail?.resourceType === 'aws-sdk:dynamodb');
}

/** An attempt that goes on with on-demand capacity was interrupted, with any exit code. */
function leftSpot(attempt: Mutable<RunAttempt>): void {
  attempt.outcome = 'interrupted';
  attempt.starts = attempt.starts.map((start, index, all) =>
    index === all.length - 1 ? { ...start, isReclaim: true } : start,
  );
}
