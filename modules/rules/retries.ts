import { formatCount } from '../problems/phrases';
import type { MoreMemory } from './memory-levels';

/** Seconds of a year, after which Step Functions ends a Standard execution. */
const YEAR = 365 * 24 * 60 * 60;

/** What a job without a retry config does. */
export const RETRY_DEFAULTS = {
  attempts: 1,
  retryIntervalSeconds: 0,
  retryIntervalMultiplier: 1,
  freeRestarts: 3,
  thenOnDemand: false,
} as const;

/**
 * Limits of a retry plan.
 *
 * - `attempts`: the state machine's definition has states for each attempt. With 100 attempts and the on-demand fallback it is
 *   below the 1 MB that Step Functions accepts in one request.
 * - `retryIntervalMultiplier`: waits don't get shorter.
 * - `freeRestarts`: AWS Batch accepts 1-10 attempts in a job's retry strategy, and the first isn't a restart.
 * - `timeout`: AWS Batch rejects an `attemptDurationSeconds` below 60.
 * - `executionSeconds`: a Standard execution of Step Functions ends after one year, so no timeout can be longer.
 */
export const RETRY_LIMITS = {
  attempts: { min: 1, max: 100 },
  retryIntervalSeconds: { min: 0, max: YEAR },
  retryIntervalMultiplier: { min: 1 },
  freeRestarts: { min: 0, max: 9 },
  timeout: { min: 60, max: YEAR },
  executionSeconds: YEAR,
} as const;

/** Input of a retry plan. All values must be known at synthesis, because attempts and waits determine the states. */
export interface RetryPlanInput {
  /**
   * Total number of attempts, including the first: a whole number, 1-100.
   * @default 1
   */
  readonly attempts?: number;
  /**
   * Seconds before the second attempt, 0 or more. Waits are rounded to whole seconds.
   * @default 0
   */
  readonly retryIntervalSeconds?: number;
  /**
   * Factor between one wait and the next, 1 or more: 5 s and a multiplier of 2 give 5, 10, 20.
   * @default 1
   */
  readonly retryIntervalMultiplier?: number;
  /** What happens after a Spot interruption. Has no effect without `useSpotInstances`. */
  readonly spotInterruption?: {
    /**
     * How many times AWS Batch restarts an interrupted job within the same attempt: a whole number, 0-9.
     * @default 3
     */
    readonly freeRestarts?: number;
    /**
     * Whether an attempt that was interrupted after its last free restart is submitted once more, to on-demand capacity. If not, the
     * attempt fails.
     * @default false
     */
    readonly thenOnDemand?: boolean;
  };
  /**
   * Timeout of an attempt in seconds: a whole number from 60 to one year. AWS Batch ends the attempt, which counts as failed.
   * @default - no timeout
   */
  readonly timeout?: number;
  /**
   * Whether the job runs on Spot capacity.
   * @default false
   */
  readonly useSpotInstances?: boolean;
  /**
   * Memory of the job in MiB. Has no effect without `onOutOfMemory`.
   * @default - the job definition's
   */
  readonly memory?: number;
  /**
   * What an attempt gets that follows one that was killed for memory.
   * @default - the same memory
   */
  readonly onOutOfMemory?: MoreMemory;
}

/** One reason why a retry plan is impossible. */
export interface RetryPlanProblem {
  /** The invalid property, as a path inside {@link RetryPlanInput}. Empty if the problem is a combination of properties. */
  readonly path: readonly string[];
  /** The value found, the accepted values, and the likely fix. */
  readonly message: string;
}

/**
 * Why values that are each within their range are impossible together, or undefined if they are possible: the waits must leave time for
 * the last attempt within the one year that a Standard execution of Step Functions lasts.
 *
 * Returns undefined if a value is out of its range, which {@link retryPlanProblems} reports.
 */
export function retryPlanProblem(input: RetryPlanInput): string | undefined {
  if (valueProblems(input).length > 0) {
    return undefined;
  }
  const { attempts, retryIntervalSeconds, retryIntervalMultiplier } = withRetryDefaults(input);
  const total = retryWaits(attempts, retryIntervalSeconds, retryIntervalMultiplier).reduce(
    (sum, wait) => sum + wait,
    0,
  );
  if (total < RETRY_LIMITS.executionSeconds) {
    return undefined;
  }
  return (
    `lower attempts, retryIntervalSeconds or retryIntervalMultiplier: the waits between ${attempts} attempts add up to ` +
    `${total < READABLE ? formatCount(total) : `more than ${formatCount(READABLE)}`} seconds, and Step ` +
    `Functions ends an execution after one year (${formatCount(RETRY_LIMITS.executionSeconds)} seconds)`
  );
}

/** Largest sum, in seconds, that a report shows exactly: about 3,000 years. */
const READABLE = 100_000_000_000;

/**
 * All reasons why a retry plan is impossible: each value out of its range ({@link RETRY_LIMITS}), or otherwise the result of
 * {@link retryPlanProblem}. If the list is empty, the plan is possible.
 */
export function retryPlanProblems(input: RetryPlanInput): RetryPlanProblem[] {
  const problems = valueProblems(input);
  const together = retryPlanProblem(input);
  return together === undefined ? problems : [...problems, { path: [], message: together }];
}

function valueProblems(input: RetryPlanInput): RetryPlanProblem[] {
  const { attempts, retryIntervalSeconds, retryIntervalMultiplier, freeRestarts } = withRetryDefaults(input);
  const problems: RetryPlanProblem[] = [];
  const refuse = (path: string[], found: unknown, expected: string): void => {
    problems.push({ path, message: `got ${String(found)}, expected ${expected}` });
  };

  if (!isWholeNumber(attempts, RETRY_LIMITS.attempts)) {
    refuse(
      ['attempts'],
      attempts,
      'a whole number from 1 to 100 (all attempts, the first included), known at synthesis',
    );
  }
  if (!isAtLeast(retryIntervalSeconds, RETRY_LIMITS.retryIntervalSeconds)) {
    refuse(['retryIntervalSeconds'], retryIntervalSeconds, 'seconds, 0 or more, known at synthesis');
  }
  if (!isAtLeast(retryIntervalMultiplier, RETRY_LIMITS.retryIntervalMultiplier)) {
    refuse(['retryIntervalMultiplier'], retryIntervalMultiplier, 'a factor, 1 or more, known at synthesis');
  }
  if (!isWholeNumber(freeRestarts, RETRY_LIMITS.freeRestarts)) {
    refuse(
      ['spotInterruption', 'freeRestarts'],
      freeRestarts,
      'a whole number from 0 to 9, the most that AWS Batch restarts a job',
    );
  }
  if (input.timeout !== undefined && !isWholeNumber(input.timeout, RETRY_LIMITS.timeout)) {
    refuse(
      ['timeout'],
      input.timeout,
      'whole seconds from 60 (the least that AWS Batch takes) to 31536000 (one year, after which Step Functions ends any run)',
    );
  }
  return problems;
}

/** The input with a default for each value that it leaves out. */
export function withRetryDefaults(input: RetryPlanInput) {
  return {
    attempts: input.attempts ?? RETRY_DEFAULTS.attempts,
    retryIntervalSeconds: input.retryIntervalSeconds ?? RETRY_DEFAULTS.retryIntervalSeconds,
    retryIntervalMultiplier: input.retryIntervalMultiplier ?? RETRY_DEFAULTS.retryIntervalMultiplier,
    freeRestarts: input.spotInterruption?.freeRestarts ?? RETRY_DEFAULTS.freeRestarts,
    thenOnDemand: input.spotInterruption?.thenOnDemand ?? RETRY_DEFAULTS.thenOnDemand,
  };
}

/** Whole seconds before attempt 2, 3, ..., `attempts`. */
export function retryWaits(attempts: number, interval: number, multiplier: number): number[] {
  return Array.from({ length: attempts - 1 }, (_, index) => {
    const wait = Math.round(interval * multiplier ** index);
    // 0 * Infinity is NaN: an interval of 0 stays 0 even if the power of the multiplier overflows.
    return Number.isNaN(wait) ? 0 : wait;
  });
}

function isWholeNumber(value: number, bounds: { readonly min: number; readonly max: number }): boolean {
  return Number.isInteger(value) && value >= bounds.min && value <= bounds.max;
}

function isAtLeast(value: number, bounds: { readonly min: number }): boolean {
  return Number.isFinite(value) && value >= bounds.min;
}
