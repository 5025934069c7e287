import type { HistoryEvent } from '@aws-sdk/client-sfn';
import { readSubmission } from '../../../modules/orchestration/submissions';
import { earlierRun } from '../../model/earlier-run';
import type { RunItems } from '../../model/run';
import { type BatchJob, batchJobOf, variableOf } from '../../run-report/batch-job';
import { reasonText } from '../../run-report/reason-text';
import { activityOf, currentAttempt } from '../activity';
import { batchJobs } from '../batch-jobs';
import { bounded } from '../bounded';
import type { Deployment } from '../deployment';
import type { ListedRun } from '../execution-list';
import { describeExecution } from '../history';
import type { Optional } from '../optional';
import { Payloads } from '../payload';
import { runEvent } from '../run-event';
import type { RunEvent, RunStory } from '../run-story';
import { type Execution, jobsWithoutDetail, storyOf } from '../story';
import { inLine, isInLine, waitingLine } from '../waiting-line';

/** A run of the table. */
export interface RunRow extends ListedRun {
  readonly event?: RunEvent;
  /** The last attempt, and how many there can be. Undefined if AWS does not say. */
  readonly attempt?: { readonly number: number; readonly maximum: number };
  /** Its items, if its job has `forEach`. */
  readonly items?: RunItems;
  /** What a run in progress does. */
  readonly activity?: string;
  readonly error?: string;
  /** Why it failed, in one line. */
  readonly reason?: string;
}

/** Why a run that succeeded had no job. */
const SKIPPED = 'skipped, because a limit of the job was reached';

/** The newest events of an execution, which say what it does and how it ended. Those of a run with items tell of up to a hundred arrays. */
const NEWEST_EVENTS = 10;
const NEWEST_WITH_ITEMS = 1_000;

/**
 * What the list of executions does not have: an execution's input and end, and only if its end has no job, its newest events. All jobs that
 * run are asked of AWS Batch at once.
 */
export async function withDetails(
  deployment: Deployment,
  runs: readonly ListedRun[],
  optional: Optional,
): Promise<RunRow[]> {
  const found = await bounded(runs, async ({ executionArn, job: ofJob }) => {
    const execution = await optional.of('Events, attempts and reasons', () =>
      describeExecution(deployment, executionArn),
    );
    const job = batchJobOf(execution?.output) ?? batchJobOf(execution?.cause);
    const event = execution && (await eventOf(execution, ofJob, deployment, optional));
    if (execution === undefined || job !== undefined) return { execution, event, job, events: [] };
    const events = await optional.of('What runs do', () => newestEvents(deployment, executionArn));
    return { execution, event, events: events ?? [] };
  });
  const ids = found.flatMap(({ execution, events }) =>
    execution?.status === 'RUNNING' ? jobsWithoutDetail(events) : [],
  );
  const jobs = (await optional.of('What jobs do in AWS Batch', () => batchJobs(deployment, ids))) ?? new Map();
  const told = runs.map((run, index) => {
    const { execution, event, job, events = [] } = found[index] ?? {};
    const story = execution && job === undefined ? storyOf(execution, events, jobs) : undefined;
    return { run: { ...run, ...(execution && { event }) }, execution, job, story };
  });
  const waiting = told.filter(({ story }) => story !== undefined && isInLine(story)).map(({ run }) => run.job);
  const lines = await linesOf(deployment, new Set(waiting), optional);
  return told.map(({ run, execution, job, story }) => {
    if (execution === undefined) return run;
    return rowOf(run, execution, job, story && inLine(story, lines.get(run.job)));
  });
}

type Line = ReadonlyMap<string, number>;

/** The lines of jobs in which runs wait. */
async function linesOf(
  deployment: Deployment,
  jobs: ReadonlySet<ListedRun['job']>,
  optional: Optional,
): Promise<ReadonlyMap<ListedRun['job'], Line | undefined>> {
  const found = await bounded([...jobs], async (job) => {
    const line = await optional.of('Places in line', () => waitingLine(deployment, job), ['ResourceNotFoundException']);
    return [job, line] as const;
  });
  return new Map(found);
}

/** Bytes of an event that tell which run it is the end of. */
const HEAD = 2_048;

/** The event of a run. Of a stored one, also which run's end it is, if the job starts at such ends. */
async function eventOf(
  { input = '{}', name = '' }: Execution,
  job: ListedRun['job'],
  deployment: Deployment,
  optional: Optional,
): Promise<RunEvent> {
  const event = runEvent(input, name);
  if (event.source !== undefined || !job.properties.events.some(({ type }) => type === 'batch-job')) return event;
  const head = await optional.of('What started runs', async () => {
    const payloads = await Payloads.of(deployment, job);
    const reference = payloads.referenceIn(event.input);
    return reference && payloads.head(reference, HEAD);
  });
  const earlier = earlierRun(head ?? '');
  return earlier === undefined ? event : { ...event, source: 'batch-job', earlier };
}

function rowOf(run: RunRow, execution: Execution, job: BatchJob | undefined, story: RunStory | undefined): RunRow {
  // It can have ended since the list was made.
  const status = (execution.status ?? run.status) as ListedRun['status'];
  const row = { ...run, status, ended: execution.stopDate ?? run.ended, error: execution.error };
  if (job !== undefined) {
    return {
      ...row,
      attempt: attemptOf(job),
      reason: status === 'SUCCEEDED' ? undefined : reasonText(execution.cause),
    };
  }
  if (story === undefined) return row;
  return {
    ...row,
    attempt: currentAttempt(story, run.job.properties.retryConfig.attempts),
    items: story.items,
    activity: activityOf(story)?.text,
    reason: story.isSkipped ? SKIPPED : (story.reason ?? story.error),
  };
}

/** The attempt that a job was, by the variables that it got. */
function attemptOf(job: BatchJob): RunRow['attempt'] {
  const number = Number(variableOf(job, 'STP_CURRENT_ATTEMPT'));
  const maximum = Number(variableOf(job, 'STP_MAXIMUM_ATTEMPTS'));
  return number > 0 && maximum > 0 ? { number, maximum } : undefined;
}

/** The newest events of an execution, oldest first. */
async function newestEvents(deployment: Deployment, executionArn: string): Promise<HistoryEvent[]> {
  const events = await newest(deployment, executionArn, NEWEST_EVENTS);
  // Its first event is not among them.
  const isCut = events[0]?.type !== 'ExecutionStarted';
  const hasItems = isCut && events.some(hasItemsIn);
  return hasItems ? newest(deployment, executionArn, NEWEST_WITH_ITEMS) : events;
}

/** Whether an event is of a run with items: of its Map, of a submission in it, or of its function. */
function hasItemsIn(event: HistoryEvent): boolean {
  const { type, taskScheduledEventDetails: task } = event;
  return Boolean(
    type?.startsWith('Map') || readSubmission(task?.parameters).children || task?.resourceType === 'lambda',
  );
}

async function newest({ clients }: Deployment, executionArn: string, maxResults: number): Promise<HistoryEvent[]> {
  const { GetExecutionHistoryCommand } = require('@aws-sdk/client-sfn') as typeof import('@aws-sdk/client-sfn');
  const { events = [] } = await clients.sfn.send(
    new GetExecutionHistoryCommand({
      executionArn,
      reverseOrder: true,
      maxResults,
      includeExecutionData: true,
    }),
  );
  return events.reverse();
}
