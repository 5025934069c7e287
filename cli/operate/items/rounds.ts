import type { ItemCounts } from '../../model/run';
import type { AttemptArray, RunAttempt } from '../run-story';

/** The arrays of an attempt on one capacity: they go at the same time, or one after another. */
export type Round = readonly [RunAttempt, ...RunAttempt[]];

/** The attempts of a run with items by rounds, in the order of their items. Each attempt without items is a separate round. */
export function roundsOf(attempts: readonly RunAttempt[]): Round[] {
  const rounds = new Map<string, [RunAttempt, ...RunAttempt[]]>();
  for (const [place, attempt] of attempts.entries()) {
    const { number, onDemand, array } = attempt;
    const key = array === undefined ? `plain ${place}` : `${number} ${onDemand}`;
    const round = rounds.get(key);
    if (round === undefined) rounds.set(key, [attempt]);
    else round.push(attempt);
  }
  return [...rounds.values()].map((round) => round.sort((one, other) => arrayNumber(one) - arrayNumber(other)));
}

/** `s3://bucket/job/run/<attempt>-<array>.index` */
function arrayNumber({ array }: RunAttempt): number {
  return Number(/-(\d+)\.index$/.exec(array?.indexUri ?? '')?.[1] ?? 0);
}

/** The arrays of a round as one: people do not care in how many their items went. */
export function asOneArray(round: Round): RunAttempt {
  const [first] = round;
  if (round.length === 1) return first;
  const outcome = togetherOf(round);
  const ends = round.flatMap(({ ended }) => ended?.getTime() ?? []);
  return {
    ...first,
    refusals: round.reduce((total, { refusals }) => total + refusals, 0),
    begun: new Date(Math.min(...round.map(({ begun }) => begun.getTime()))),
    ended: outcome === undefined ? undefined : new Date(Math.max(...ends)),
    outcome,
    reason: round.find((attempt) => attempt.outcome === outcome)?.reason,
    batchStatus:
      outcome === undefined ? round.find(({ batchStatus }) => batchStatus !== undefined)?.batchStatus : undefined,
    array: first.array && { ...first.array, size: sizeOf(round), counts: countsOf(round) },
  };
}

function sizeOf(round: Round): number {
  return round.reduce((total, { array }) => total + (array?.size ?? 0), 0);
}

function countsOf(round: Round): AttemptArray['counts'] {
  const counts = round.map(({ array }) => array?.counts ?? submitting(array));
  return counts.every((one) => one !== undefined) ? counts.reduce(sum) : undefined;
}

/** An array that AWS Batch has not accepted yet. */
function submitting(array: AttemptArray | undefined): AttemptArray['counts'] {
  return array && { waiting: array.size, running: 0, succeeded: 0, failed: 0 };
}

/** How arrays ended together: as the first that did not succeed. Undefined while one goes on. */
function togetherOf(round: Round): RunAttempt['outcome'] {
  if (round.some(({ outcome }) => outcome === undefined)) return undefined;
  return round.find(({ outcome }) => outcome !== 'succeeded')?.outcome ?? 'succeeded';
}

/** Two counts together. */
export function sum(one: ItemCounts, other: ItemCounts): ItemCounts {
  return {
    waiting: one.waiting + other.waiting,
    running: one.running + other.running,
    succeeded: one.succeeded + other.succeeded,
    failed: one.failed + other.failed,
  };
}
