import type { DescribeExecutionOutput, HistoryEvent } from '@aws-sdk/client-sfn';
import { isSkipped } from '../../modules/orchestration/skipped-run';
import { stateMeaning } from '../../modules/orchestration/state-names';
import { readSubmission } from '../../modules/orchestration/submissions';
import { type BatchJob, batchJobOf, resourcesOf, variableOf } from '../run-report/batch-job';
import { endText } from '../run-report/end-text';
import { itemsResult } from '../run-report/items-result';
import { reasonText } from '../run-report/reason-text';
import { date, outcomeOf, startsOf } from './attempt-end';
import { arrayCounts, arrayReason, countedItems, type PlannedArrays, plannedArrays } from './items/counts';
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
  const items = itemsResult(execution.output) ?? itemsResult(cause) ?? countedItems(teller.attempts, teller.planned);
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
    ...(items && { items }),
  };
}

/** The IDs of jobs about which the history has no detail, because they run or were stopped. */
export function jobsWithoutDetail(events: readonly HistoryEvent[]): string[] {
  const teller = new Teller(new Map());
  for (const event of events) teller.next(event);
  return teller.attempts.flatMap(({ jobId, outcome }) => (jobId !== undefined && outcome === undefined ? [jobId] : []));
}

/** What goes on in one branch of an execution: the iterations of a Map have their own, and alternate in its history. */
interface Branch {
  state?: { readonly attempt?: number; readonly onDemand: boolean };
  attempt?: Mutable<RunAttempt>;
  /** When AWS Batch refused the submission of the state that the branch is still in. */
  refused?: Date;
  wait?: Mutable<RunWait>;
}

/** Reads a history event by event. */
class Teller {
  readonly attempts: Mutable<RunAttempt>[] = [];
  readonly waits: Mutable<RunWait>[] = [];
  /** Sizes of the arrays that attempts are to have, also of those that are not submitted yet. */
  readonly planned: PlannedArrays[] = [];
  private readonly trunk: Branch = {};
  /** The iterations of Maps, by the IDs of their events. */
  private readonly branches = new Map<number, Branch>();
  /** That of the event which is being read. */
  private branch: Branch = this.trunk;

  constructor(private readonly jobs: ReadonlyMap<string, BatchJob>) {}

  next(event: HistoryEvent): void {
    this.branch = this.branchOf(event);
    const time = event.timestamp ?? new Date(0);
    if (isOfFunction(event) || (event.type !== 'TaskScheduled' && isOfTable(event))) return;
    switch (event.type) {
      case 'MapStateEntered':
        this.plan(event.stateEnteredEventDetails?.input);
        break;
      case 'TaskStateEntered':
      case 'WaitStateEntered':
        this.enter(event.stateEnteredEventDetails?.name ?? '', time);
        break;
      case 'WaitStateExited':
        this.endWait(time);
        break;
      case 'TaskStateExited':
        if (this.branch.wait?.kind === 'place') this.endWait(time);
        this.branch.refused = undefined;
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
    for (const { attempt, refused } of new Set([this.trunk, ...this.branches.values()])) {
      if (attempt?.outcome !== 'refused') continue;
      Object.assign(attempt, { outcome: undefined, ended: undefined });
      if (refused !== undefined) this.waits.push({ kind: 'throttled', from: refused, before: attempt.number });
    }
  }

  /** The execution has ended, in any state. */
  end(time: Date): void {
    for (const wait of this.waits) wait.to ??= time;
    for (const attempt of this.attempts) {
      if (attempt.outcome !== undefined) continue;
      // Step Functions terminates the job of an execution that is stopped.
      attempt.outcome = 'stopped';
      attempt.batchStatus = undefined;
      attempt.ended ??= time;
    }
  }

  /** An event follows another one of its branch. What follows a Map is of the execution itself. */
  private branchOf({ type, id = 0, previousEventId = 0 }: HistoryEvent): Branch {
    if (type?.startsWith('MapState')) return this.trunk;
    const branch = type === 'MapIterationStarted' ? {} : (this.branches.get(previousEventId) ?? this.trunk);
    if (branch !== this.trunk) this.branches.set(id, branch);
    return branch;
  }

  private plan(input: string | undefined): void {
    const planned = plannedArrays(input);
    if (planned !== undefined) this.planned.push(planned);
  }

  private enter(name: string, time: Date): void {
    const meaning = stateMeaning(name);
    this.branch.state = meaning;
    if (meaning?.kind === 'wait' || meaning?.kind === 'delay') {
      const isRetry = meaning.kind === 'wait';
      // The states of a run with items are those of any attempt.
      const before = meaning.attempt ?? (this.attempts.at(-1)?.number ?? 0) + (isRetry ? 1 : 0);
      this.wait({ kind: isRetry ? 'retry' : 'throttled', from: time, before });
    }
  }

  /** A request for a place. Only the last one takes time, and is repeated with a new task token. */
  private place(resource: string | undefined, time: Date): void {
    const { wait } = this.branch;
    if (!resource?.endsWith('.waitForTaskToken') || (wait?.kind === 'place' && wait.to === undefined)) return;
    this.wait({ kind: 'place', from: time, before: 1 });
  }

  private wait(wait: Mutable<RunWait>): void {
    this.branch.wait = wait;
    this.waits.push(wait);
  }

  private endWait(time: Date): void {
    const { wait } = this.branch;
    if (wait !== undefined) wait.to ??= time;
  }

  private submit(parameters: string | undefined, time: Date): void {
    const { children, ...given } = readSubmission(parameters);
    const { branch } = this;
    const { onDemand = false } = branch.state ?? {};
    const attempt = branch.state?.attempt ?? given.attempt ?? 1;
    const { attempt: current, refused } = branch;
    branch.refused = undefined;
    // A state's own retry of a refused submission has no events of its wait.
    if (refused !== undefined) this.waits.push({ kind: 'throttled', from: refused, to: time, before: attempt });
    if (current?.number === attempt && current.onDemand === onDemand && current.outcome === 'refused') {
      Object.assign(current, { outcome: undefined, ended: undefined, reason: undefined });
      return;
    }
    if (onDemand && current?.number === attempt) leftSpot(current);
    const { queueArn, maximumAttempts: maximum = given.attempt ?? 1, memory } = given;
    branch.attempt = {
      number: attempt,
      maximum,
      onDemand,
      refusals: 0,
      begun: time,
      queueArn,
      ...(memory !== undefined && { memory }),
      starts: [],
      ...(children && { array: children }),
    };
    this.attempts.push(branch.attempt);
  }

  private accepted(output: string | undefined, time: Date): void {
    const current = this.branch.attempt;
    if (current === undefined) return;
    current.jobId = batchJobOf(output)?.jobId;
    current.submitted = time;
    const job = this.jobs.get(current.jobId ?? '');
    if (job !== undefined) this.describe(current, job);
  }

  private jobEnded(job: BatchJob | undefined, time: Date): void {
    const current = this.branch.attempt;
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
    const current = this.branch.attempt;
    if (current === undefined) return;
    current.reason = reasonText(cause) ?? error;
    current.ended = time;
    if (current.jobId === undefined) {
      current.refusals += 1;
      // The next submission of the same attempt takes it back.
      current.outcome = 'refused';
      this.branch.refused = time;
    } else {
      current.outcome = 'failed';
    }
  }

  private describe(attempt: Mutable<RunAttempt>, job: BatchJob): void {
    const { submitted: accepted, array } = attempt;
    attempt.submitted = date(job.createdAt) ?? accepted;
    attempt.jobId = job.jobId ?? attempt.jobId;
    attempt.queueArn = job.jobQueue ?? attempt.queueArn;
    attempt.resources = resourcesOf(job) ?? attempt.resources;
    attempt.outcome = outcomeOf(job);
    if (array === undefined) attempt.starts = startsOf(job, attempt.submitted);
    else attempt.array = { ...array, counts: arrayCounts(job, array.size) };
    attempt.reason = attempt.outcome === 'succeeded' ? undefined : (arrayReason(attempt.array) ?? endText(job));
    attempt.batchStatus = attempt.outcome === undefined ? job.status : undefined;
    attempt.ended = attempt.outcome === undefined ? undefined : (date(job.stoppedAt) ?? attempt.ended);
    const maximum = Number(variableOf(job, 'STP_MAXIMUM_ATTEMPTS'));
    if (maximum > 0) attempt.maximum = maximum;
  }
}

/** Whether an event is one of a request to the table of places, which a job with limits makes before its first attempt. */
function isOfTable(event: HistoryEvent): boolean {
  return resourceType(event) === 'aws-sdk:dynamodb';
}

/** Whether an event is one of the function that plans and collects the children of a run with items. */
function isOfFunction(event: HistoryEvent): boolean {
  return resourceType(event) === 'lambda';
}

function resourceType(event: HistoryEvent): string | undefined {
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
  return details.find((detail) => detail !== undefined)?.resourceType;
}

/** An attempt that goes on with on-demand capacity was interrupted, with any exit code. */
function leftSpot(attempt: Mutable<RunAttempt>): void {
  attempt.outcome = 'interrupted';
  attempt.starts = attempt.starts.map((start, index, all) =>
    index === all.length - 1 ? { ...start, isReclaim: true } : start,
  );
}
