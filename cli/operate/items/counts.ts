import type { NextArrays } from '../../../modules/orchestration/items/format';
import { counted, formatCount } from '../../../modules/problems/phrases';
import type { ItemCounts, RunItems } from '../../model/run';
import type { BatchJob } from '../../run-report/batch-job';
import type { AttemptArray, RunAttempt } from '../run-story';
import { roundsOf, sum } from './rounds';

/** The arrays that an attempt is to have on a capacity, whether they are submitted or not. */
export interface PlannedArrays {
  readonly attempt: number;
  readonly onDemand: boolean;
  readonly children: number;
}

const NONE: ItemCounts = { waiting: 0, running: 0, succeeded: 0, failed: 0 };

/** The children of an array by their states. Of one child, the job's own state. Undefined if AWS Batch does not say. */
export function arrayCounts({ arrayProperties, status }: BatchJob, size: number): ItemCounts | undefined {
  const summary = arrayProperties?.statusSummary ?? (size === 1 && status !== undefined ? { [status]: 1 } : undefined);
  if (summary === undefined) return undefined;
  const { RUNNING: running = 0, SUCCEEDED: succeeded = 0, FAILED: failed = 0 } = summary;
  // Children that AWS Batch has not made yet are in no state.
  return { waiting: Math.max(0, size - running - succeeded - failed), running, succeeded, failed };
}

/** `3 of 100 children failed`. Undefined for what is no array, and if nothing failed. */
export function arrayReason(array: AttemptArray | undefined): string | undefined {
  const { size = 0, counts } = array ?? {};
  if (counts === undefined || counts.failed === 0) return undefined;
  return `${formatCount(counts.failed)} of ${counted(size, 'child', 'children')} failed`;
}

/** What a Map over arrays is to submit, by its input. Undefined for other Maps. */
export function plannedArrays(input: string | undefined): PlannedArrays | undefined {
  const { Attempt: attempt, OnDemand: onDemand = false, Arrays: arrays } = parsed(input)?.Answer ?? {};
  if (typeof attempt !== 'number' || !Array.isArray(arrays)) return undefined;
  const children = arrays.reduce((sum: number, { Size = 0 }) => sum + Size, 0);
  return { attempt, onDemand, children };
}

/** The data of a state, which can be anything in the state machine of an earlier version. */
function parsed(text: string | undefined): { readonly Answer?: Partial<NextArrays> } | undefined {
  try {
    return JSON.parse(text ?? '{}');
  } catch {
    return undefined;
  }
}

/**
 * The items of a run by its attempts. An attempt, and its move to on-demand capacity, repeats some of the children that failed before it: the
 * others have failed for good.
 *
 * @returns undefined for a run without items, and if AWS Batch does not say how its children are
 */
export function countedItems(
  attempts: readonly RunAttempt[],
  planned: readonly PlannedArrays[] = [],
): RunItems | undefined {
  const rounds = roundsOf(attempts.filter(({ array }) => array !== undefined));
  const [first] = rounds;
  // AWS Batch forgets an array some days after its end, or must not be asked.
  const isKnown = attempts.every(({ array, jobId }) => array?.counts !== undefined || jobId === undefined);
  if (first === undefined || !isKnown) return undefined;
  const sizes = rounds.map((round) => {
    const [{ number, onDemand }] = round;
    const plan = planned.find((one) => one.attempt === number && one.onDemand === onDemand);
    const submitted = round.reduce((total, { array }) => total + (array?.size ?? 0), 0);
    return Math.max(submitted, plan?.children ?? 0);
  });
  let counts = NONE;
  for (const [index, round] of rounds.entries()) {
    const size = sizes[index] ?? 0;
    const own = round.map(({ array }) => array?.counts ?? NONE).reduce(sum);
    // What this round repeats is counted in its own state.
    const failed = Math.max(0, counts.failed - (index === 0 ? 0 : size)) + own.failed;
    const waiting = Math.max(0, size - own.running - own.succeeded - own.failed);
    counts = { waiting, running: own.running, succeeded: counts.succeeded + own.succeeded, failed };
  }
  return { count: sizes[0] ?? 0, counts, failures: [] };
}
