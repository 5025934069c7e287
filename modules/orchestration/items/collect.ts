import { OUT_OF_MEMORY } from '../../rules/job-ends';
import {
  type ArrayEnded,
  asideName,
  type ChildAside,
  FAILURES_OBJECT,
  type FailedChild,
  failedName,
  INDEX_LINE_BYTES,
  ITEMS_FAILED,
  type ItemArray,
  type ItemFailure,
  type ItemsAnswer,
  type ItemsPlan,
  type ItemsResult,
  indexName,
  LISTED_FAILURES,
  type NextArrays,
  RUN_OBJECT,
  type RunFacts,
  readIndexLine,
} from './format';
import { Indexes } from './indexes';
import type { RunObjects } from './run-objects';

/** Characters of a cause, of the 32,768 that Step Functions takes. */
const LONGEST_CAUSE = 32_000;

export interface CollectRequest {
  /** The arrays that ended. */
  readonly answer: NextArrays;
  readonly ended: readonly ArrayEnded[];
  readonly plan: ItemsPlan;
}

/** A failed child with its item. */
interface Ended extends ChildAside {
  readonly reclaimed: boolean;
}

/**
 * What comes after the arrays of an attempt: reclaimed children on-demand, the failed ones again, or the end. Reads what was written when each
 * array ended, so the same request has the same answer. Children that get different memory are in different arrays.
 */
export async function collect({ answer, ended, plan }: CollectRequest, objects: RunObjects): Promise<ItemsAnswer> {
  const { Attempt: attempt, OnDemand: onDemand, Arrays: arrays } = answer;
  const at = { objects, arraySize: plan.ArraySize };
  const failed = (await Promise.all(ended.map((array) => failedOf(array, answer, plan, objects)))).flat();
  const aside = await asideOf(answer, objects);
  const reclaimed = plan.ThenOnDemand && !onDemand ? failed.filter((child) => child.reclaimed) : [];
  if (reclaimed.length > 0) {
    const others = failed.filter((child) => !child.reclaimed);
    const first = Math.max(...arrays.map(({ Number: number }) => number)) + 1;
    const next = await again({ ...at, attempt, first }, reclaimed, [...aside, ...others]);
    return { ...answer, Next: 'run', OnDemand: true, Wait: 0, ...next };
  }
  const all = [...aside, ...failed].sort((one, other) => one.index - other.index);
  const curable = all.filter((child) => child.curable);
  if (attempt < plan.MaximumAttempts && curable.length > 0) {
    const wait = plan.Waits[attempt - 1] ?? 0;
    const incurable = all.filter((child) => !child.curable);
    const next = await again({ ...at, attempt: attempt + 1, first: 0 }, curable, incurable);
    return { ...answer, Next: wait > 0 ? 'wait' : 'run', Attempt: attempt + 1, OnDemand: false, Wait: wait, ...next };
  }
  return end(answer, all, plan, objects);
}

async function failedOf(
  { Number: array, Failed: count }: ArrayEnded,
  { Attempt: attempt, Arrays }: NextArrays,
  { MemoryLevels: levels }: ItemsPlan,
  objects: RunObjects,
): Promise<Ended[]> {
  if (count === 0) return [];
  const had = Arrays.find(({ Number: number }) => number === array)?.Memory;
  const [children, index] = await Promise.all([
    objects.readLines<FailedChild>(failedName(attempt, array)),
    objects.read(indexName(attempt, array)),
  ]);
  if (children.length !== count) {
    const uri = objects.uri(failedName(attempt, array));
    throw new Error(`${uri} lists ${children.length} failed children, and ${count} failed.`);
  }
  return children.map(({ child, reason, exitCode, end }) => {
    const line = index.toString('latin1', child * INDEX_LINE_BYTES, (child + 1) * INDEX_LINE_BYTES);
    const { start, item } = readIndexLine(line);
    const failure = { index: item, reason, ...(exitCode !== undefined && { exitCode }) };
    return {
      ...failure,
      start,
      end: readIndexLine(line).end,
      curable: end !== 'incurable',
      reclaimed: end === 'reclaimed',
      ...(had !== undefined && { memory: reason.startsWith(OUT_OF_MEMORY) ? moreThan(had, levels) : had }),
    };
  });
}

/** MiB of the next level. The last one stays. */
function moreThan(memory: string, levels: readonly number[] = []): string {
  return String(levels.find((level) => level > Number(memory)) ?? memory);
}

async function asideOf({ Aside: count, Attempt: attempt, Arrays: [first] }: NextArrays, objects: RunObjects) {
  if (count === 0 || first === undefined) return [];
  return objects.readLines<ChildAside>(asideName(attempt, first.Number));
}

/** Where the next arrays are written. */
interface NextPlace {
  readonly objects: RunObjects;
  readonly attempt: number;
  /** Number of the first array in the attempt. */
  readonly first: number;
  readonly arraySize: number | undefined;
}

/** Writes the indexes of the next arrays, and what they leave aside. */
async function again(
  { objects, attempt, first, arraySize }: NextPlace,
  children: readonly ChildAside[],
  aside: readonly ChildAside[],
): Promise<{ readonly Arrays: readonly ItemArray[]; readonly Aside: number }> {
  const Arrays: ItemArray[] = [];
  const memories = [...new Set(children.map(({ memory }) => memory))].sort((a, b) => Number(a) - Number(b));
  for (const memory of memories) {
    const indexes = new Indexes(arraySize);
    for (const child of children) {
      const { start, end, index: item } = child;
      if (child.memory === memory) indexes.add({ start, end, item });
    }
    const stored = await indexes.store(objects, attempt, first + Arrays.length);
    Arrays.push(...stored.map((array) => ({ ...array, ...(memory !== undefined && { Memory: memory }) })));
  }
  if (aside.length > 0) await objects.writeLines(asideName(attempt, first), aside.map(lineOf));
  return { Arrays, Aside: aside.length };
}

function lineOf({ index, reason, exitCode, start, end, curable, memory }: ChildAside): ChildAside {
  const known = { ...(exitCode !== undefined && { exitCode }), ...(memory !== undefined && { memory }) };
  return { index, reason, ...known, start, end, curable };
}

async function end(
  { Count: count, Children: items }: NextArrays,
  all: readonly ChildAside[],
  { MaxFailures }: ItemsPlan,
  objects: RunObjects,
): Promise<ItemsAnswer> {
  const failed = all.length;
  if (failed > 0) {
    const facts: RunFacts = { count };
    await objects.write(RUN_OBJECT, Buffer.from(JSON.stringify(facts)));
    await objects.writeLines(
      FAILURES_OBJECT,
      all.map((child) => ({ ...failureOf(child), start: child.start, end: child.end })),
    );
  }
  const result: ItemsResult = {
    items,
    succeeded: items - failed,
    failed,
    failures: all.slice(0, LISTED_FAILURES).map(failureOf),
    ...(failed > 0 && { failuresUri: objects.uri(FAILURES_OBJECT) }),
  };
  if (failed <= allowedFailures(MaxFailures, items)) return { Next: 'end', Result: result };
  return { Next: 'fail', Error: ITEMS_FAILED, Cause: causeOf(result) };
}

function failureOf({ index, reason, exitCode }: ChildAside): ItemFailure {
  return { index, reason, ...(exitCode !== undefined && { exitCode }) };
}

/** The number of items that a run may end with as failed: a percentage is of its children, rounded down. */
function allowedFailures(most: number | string, items: number): number {
  if (typeof most === 'number') return most;
  // Hundredths of a percent: 0.1 * 3 is not 0.3.
  return Math.floor((Math.round(Number.parseFloat(most) * 100) * items) / 10_000);
}

/** The result as text, with fewer failures if long reasons need it. */
function causeOf(result: ItemsResult): string {
  for (let listed = result.failures.length; ; listed--) {
    const text = JSON.stringify({ ...result, failures: result.failures.slice(0, listed) });
    if (text.length <= LONGEST_CAUSE || listed === 0) return text;
  }
}
