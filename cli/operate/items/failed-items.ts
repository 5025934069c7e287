import type { JobSummary } from '@aws-sdk/client-batch';
import { type ItemFailure, LISTED_FAILURES } from '../../../modules/orchestration/items/format';
import { endText } from '../../run-report/end-text';
import type { Deployment } from '../deployment';
import type { Optional } from '../optional';
import type { RunAttempt, RunStory } from '../run-story';
import { IndexObject } from './index-object';

/** Arrays whose children are listed at most: each takes two requests. */
const MOST_ARRAYS = 10;

/**
 * A story with the items that have failed so far, of a run that has not said so itself: it runs, or was stopped. At most as many as a run's
 * result has, which takes some requests, however many children there are.
 */
export async function withFailedItems(deployment: Deployment, story: RunStory, optional: Optional): Promise<RunStory> {
  const { items } = story;
  if (items === undefined || items.counts.failed === 0 || items.failures.length > 0) return story;
  const failures = await optional.of('Which items failed', () => failedItems(deployment, story), FORGOTTEN);
  return failures === undefined ? story : { ...story, items: { ...items, failures } };
}

/** The index of a run whose events have expired. */
const FORGOTTEN = ['NoSuchKey'];

/** From the newest array to the oldest: an item that runs again has not failed. */
async function failedItems(deployment: Deployment, { attempts }: RunStory): Promise<ItemFailure[]> {
  const found = new Map<number, ItemFailure>();
  const newer = new Set<number>();
  const arrays = attempts.filter(({ array }) => array !== undefined).reverse();
  for (const [place, attempt] of arrays.slice(0, MOST_ARRAYS).entries()) {
    const failed = attempt.array?.counts?.failed ?? 0;
    const isOldest = place === arrays.length - 1;
    if (attempt.array === undefined || (failed === 0 && isOldest)) continue;
    const items = await new IndexObject(deployment, attempt.array).all();
    for (const { child, ...failure } of failed === 0 ? [] : await failedChildren(deployment, attempt)) {
      const index = items[child];
      if (index !== undefined && !newer.has(index)) found.set(index, { index, ...failure });
    }
    for (const item of items) newer.add(item);
    if (found.size >= LISTED_FAILURES) break;
  }
  return [...found.values()].sort((one, other) => one.index - other.index).slice(0, LISTED_FAILURES);
}

type FailedChild = Omit<ItemFailure, 'index'> & { readonly child: number };

/** One page of the failed children of an array: up to 100. */
async function failedChildren({ clients }: Deployment, { jobId, array, reason }: RunAttempt): Promise<FailedChild[]> {
  // An array of one child is a plain job, which has been asked about already.
  if (array?.size === 1) return [{ child: 0, reason: reason ?? NO_REASON }];
  const { ListJobsCommand } = require('@aws-sdk/client-batch') as typeof import('@aws-sdk/client-batch');
  const { jobSummaryList = [] } = await clients.batch.send(
    new ListJobsCommand({ arrayJobId: jobId, jobStatus: 'FAILED' }),
  );
  return jobSummaryList.flatMap(failedChild);
}

const NO_REASON = 'no reason was given';

function failedChild({ arrayProperties, statusReason, container }: JobSummary): FailedChild[] {
  if (arrayProperties?.index === undefined) return [];
  const { exitCode } = container ?? {};
  const reason = endText({ statusReason, container }) ?? NO_REASON;
  return [{ child: arrayProperties.index, reason, ...(exitCode !== undefined && { exitCode }) }];
}
