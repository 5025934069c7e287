import { formatCount } from '../../../modules/problems/phrases';
import { CommandFailure } from '../../command/reported-error';
import { UsageError } from '../../command/usage-error';
import { type BatchJob, resourcesOf } from '../../run-report/batch-job';
import { endText } from '../../run-report/end-text';
import { date, outcomeOf, startsOf } from '../attempt-end';
import { batchJobs } from '../batch-jobs';
import type { Deployment } from '../deployment';
import type { RunAttempt, RunStory } from '../run-story';
import { IndexObject } from './index-object';
import { roundsOf } from './rounds';

/**
 * The story of one item of a run, with an attempt for each child that had it. It is that of a run without items, so that all that tells a
 * run tells an item, too.
 *
 * @param item its index, from 0
 * @throws UsageError if the run has no items, or not this one
 * @throws CommandFailure if AWS Batch has forgotten its containers
 */
export async function itemStory(deployment: Deployment, story: RunStory, item: number): Promise<RunStory> {
  const arrays = story.attempts.filter(({ array }) => array !== undefined);
  const isOpen = story.ended === undefined;
  if (arrays.length === 0 && (!isOpen || story.attempts.length > 0)) throw new UsageError(noItems(story));
  const children: { readonly attempt: RunAttempt; readonly jobId: string }[] = [];
  for (const round of roundsOf(arrays)) {
    const found = await childIn(deployment, round, item);
    if (found?.attempt.jobId === undefined) continue;
    const { attempt, child } = found;
    children.push({ attempt, jobId: attempt.array?.size === 1 ? `${attempt.jobId}` : `${attempt.jobId}:${child}` });
  }
  if (children.length === 0) {
    // Its array is planned. A run that repeats some items has others than the first.
    const canCome =
      isOpen && (story.items === undefined || item < story.items.count || story.event.failedItemsOf !== undefined);
    if (canCome) return { ...story, item, attempts: [], waits: [], items: undefined };
    throw new UsageError(noSuchItem(story, item));
  }
  const ids = children.map(({ jobId }) => jobId);
  const jobs = await batchJobs(deployment, ids);
  const attempts = children.flatMap(({ attempt, jobId }) => {
    const job = jobs.get(jobId);
    return job === undefined ? [] : [attemptOf(attempt, jobId, job)];
  });
  const [last] = attempts.slice(-1);
  if (last === undefined) throw new CommandFailure(forgotten(story, item));
  return { ...story, ...stateOf(story, last), item, attempts, waits: [], items: undefined, cause: undefined };
}

/** How an item is. One that failed has failed for good if the run goes on without it, or is over. */
function stateOf(story: RunStory, last: RunAttempt): Pick<RunStory, 'status' | 'ended' | 'error' | 'reason'> {
  const { outcome, ended, reason, number, maximum } = last;
  const isOver = story.ended !== undefined;
  if (outcome === 'succeeded') return { status: 'SUCCEEDED', ended, error: undefined, reason: undefined };
  const hasNext = number < maximum && (story.attempts.at(-1)?.number ?? 0) <= number;
  if (!isOver && (outcome === undefined || hasNext)) {
    return { status: story.status, ended: undefined, error: undefined, reason: undefined };
  }
  const status = isOver && (outcome === undefined || outcome === 'stopped') ? story.status : 'FAILED';
  return { status, ended: ended ?? story.ended, error: undefined, reason: reason ?? story.reason };
}

/** What is still known of an item whose containers AWS Batch has forgotten. */
function forgotten({ name, items }: RunStory, item: number): string {
  const { reason } = items?.failures.find(({ index }) => index === item) ?? {};
  const end = reason === undefined ? '' : ` The run's result says why it failed: ${reason}.`;
  return (
    `AWS Batch no longer knows the containers of item ${item} of run ${name}: it forgets a job about seven days after its end.` +
    `${end} To search the lines of all containers, use logs with the job, --since and --filter.`
  );
}

function noItems({ name }: RunStory): string {
  return `Run ${name} has no items: its job had no forEach when it ran, or the run ended before it began with them.`;
}

function noSuchItem({ name, items }: RunStory, item: number): string {
  const count = items?.count;
  const has = count === undefined ? '' : ` It has ${formatCount(count)}, the first of which is 0.`;
  return `Run ${name} has had no item ${item}.${has}`;
}

/** The child that has an item among arrays that are in the order of their items. */
async function childIn(deployment: Deployment, round: readonly RunAttempt[], item: number) {
  const indexes = round.map(({ array }) => array && new IndexObject(deployment, array));
  let [first, after] = [0, round.length];
  while (after - first > 1) {
    const middle = Math.floor((first + after) / 2);
    const least = await indexes[middle]?.first();
    if (least !== undefined && least <= item) first = middle;
    else after = middle;
  }
  const [attempt, items] = [round[first], await indexes[first]?.all()];
  const child = items?.indexOf(item) ?? -1;
  return attempt === undefined || child === -1 ? undefined : { attempt, child };
}

/** The attempt that a child was. */
function attemptOf(of: RunAttempt, jobId: string, job: BatchJob): RunAttempt {
  const { number, maximum, onDemand, begun, queueArn } = of;
  const submitted = date(job.createdAt) ?? of.submitted;
  const outcome = outcomeOf(job);
  return {
    ...{ number, maximum, onDemand, begun, queueArn, jobId, refusals: 0, submitted },
    outcome,
    resources: resourcesOf(job),
    reason: outcome === 'succeeded' ? undefined : endText(job),
    batchStatus: outcome === undefined ? job.status : undefined,
    ended: outcome === undefined ? undefined : date(job.stoppedAt),
    starts: startsOf(job, submitted),
  };
}
