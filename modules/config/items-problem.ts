import { counted, formatCount } from '../problems/phrases';
import type { LocatedFinding } from '../problems/problem';
import { arraySizeOf, arraysOf, ITEM_LIMITS, MOST_ARRAYS } from '../rules/items';
import { memoryLevels } from '../rules/memory-levels';
import { RETRY_DEFAULTS } from '../rules/retries';
import { asObject } from './value-at';

/**
 * The problem of a job whose runs can have more arrays than an execution's history has room for, or whose limits count items that it doesn't
 * have. What is wrong by itself is reported by its own check.
 *
 * @param properties of a job, as written or with their defaults
 */
export function itemsProblem(properties: { readonly [property: string]: unknown }): LocatedFinding | undefined {
  const { countItems, concurrentRuns } = asObject(properties.limits);
  if (properties.forEach === undefined) return countItems === true ? NOTHING_TO_COUNT : undefined;
  const atOnce = numberOr(concurrentRuns, ITEM_LIMITS.arraySize);
  const arraySize = arraySizeOf({ countItems: countItems === true, concurrentRuns: atOnce });
  const { maxItems, count } = asObject(properties.forEach);
  const { attempts, spotInterruption } = asObject(properties.retryConfig);
  const thenOnDemand = properties.useSpotInstances === true && asObject(spotInterruption).thenOnDemand === true;
  const most = numberOr(count, numberOr(maxItems, ITEM_LIMITS.maxItems.default));
  const total = numberOr(attempts, RETRY_DEFAULTS.attempts);
  const memories = memoriesOf(properties, total);
  const arrays = arraysOf({ maxItems: most, attempts: total, thenOnDemand, memories, arraySize });
  if (arrays <= MOST_ARRAYS || total > 100 || most > ITEM_LIMITS.maxItems.max) return undefined;
  const perAttempt = Math.floor(MOST_ARRAYS / total / (thenOnDemand ? 2 : 1)) - (memories - 1);
  const places = countItems === true ? `, concurrentRuns ${arraySize}` : '';
  const found = `${formatCount(most)} items, ${counted(total, 'attempt')}${thenOnDemand ? ', each also on demand' : ''}${memories > 1 ? `, ${memories} memories` : ''}${places}`;
  const property = count === undefined ? 'maxItems' : 'count';
  return {
    path: ['forEach', property],
    finding: {
      code: 'conflict',
      found,
      accepted: `at most ${MOST_ARRAYS} array jobs of ${formatCount(arraySize)} items in all attempts, which Step Functions has room for`,
      fix:
        perAttempt > 0
          ? `set ${property} to ${perAttempt * arraySize}, or lower attempts${countItems === true ? ', or raise concurrentRuns' : ''}`
          : 'lower attempts, or raise memoryMultiplier of onOutOfMemory: each memory has its own arrays',
    },
  };
}

/** Without items, each run has one place anyway. */
const NOTHING_TO_COUNT: LocatedFinding = {
  path: ['limits', 'countItems'],
  finding: {
    code: 'conflict',
    found: 'countItems without forEach',
    accepted: 'countItems in a job with forEach',
    fix: 'remove countItems: a run of this job is one container, or add forEach',
  },
};

/** How many different memories children can have. */
function memoriesOf(properties: { readonly [property: string]: unknown }, attempts: number): number {
  const { memory } = asObject(properties.resources);
  const { maxMemory, memoryMultiplier } = asObject(asObject(properties.retryConfig).onOutOfMemory);
  const least = numberOr(memory, 0);
  const most = numberOr(maxMemory, 0);
  if (least === 0 || most === 0) return 1;
  const factor = typeof memoryMultiplier === 'number' && memoryMultiplier > 1 ? memoryMultiplier : undefined;
  return memoryLevels(least, { memoryMultiplier: factor, maxMemory: most }, attempts).length;
}

function numberOr(value: unknown, other: number): number {
  return typeof value === 'number' && Number.isInteger(value) && value > 0 ? value : other;
}
