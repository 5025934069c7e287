/** The values that {@link retryPlan} takes where its input leaves one out. */
export const RETRY_DEFAULTS = {
  attempts: 1,
  retryIntervalSeconds: 0,
  retryIntervalMultiplier: 1,
  freeRestarts: 3,
  thenOnDemand: false,
} as const;

/**
 * The bounds of a retry plan.
 *
 * - `attempts`: each attempt is unrolled in the state machine's definition, and 100 of them, on-demand fallback included,
 *   stay under the 1 MB that Step Functions takes in one request.
 * - `freeRestarts`: AWS Batch takes 1-10 attempts in a job's retry strategy; the first is no restart.
 * - `timeout`: AWS Batch refuses `attemptDurationSeconds` under 60.
 * - `executionSeconds`: a Standard execution of Step Functions ends after one year; no timeout can be longer.
 */
export const RETRY_LIMITS = {
  attempts: { min: 1, max: 100 },
  freeRestarts: { min: 0, max: 9 },
  timeout: { min: 60, max: 365 * 24 * 60 * 60 },
  executionSeconds: 365 * 24 * 60 * 60,
} as const;

/** What a retry plan is made from. Each value must be known at synthesis: attempts and waits shape the document. */
export interface RetryPlanInput {
  /**
   * Total number of attempts, the first included: a whole number, 1-100.
   * @default 1
   */
  readonly attempts?: number;
  /**
   * Seconds before the second attempt, 0 or more. Waits are rounded to whole seconds.
   * @default 0
   */
  readonly retryIntervalSeconds?: number;
  /**
   * Each further wait is the one before times this, 0 or more: 5 s and a multiplier of 2 give 5, 10, 20.
   * @default 1
   */
  readonly retryIntervalMultiplier?: number;
  /** What a Spot reclaim does. Without meaning unless `useSpotInstances` is set. */
  readonly spotInterruption?: {
    /**
     * How many times AWS Batch restarts a reclaimed job inside the same attempt: a whole number, 0-9.
     * @default 3
     */
    readonly freeRestarts?: number;
    /**
     * Whether an attempt whose free restarts are used up by reclaims is submitted once more, to on-demand capacity.
     * If not, it has failed like any other attempt.
     * @default false
     */
    readonly thenOnDemand?: boolean;
  };
  /**
   * Seconds after which an attempt is ended, which consumes it: a whole number from 60 to one year.
   * @default - an attempt may run without limit
   */
  readonly timeout?: number;
  /**
   * Whether the job runs on Spot capacity.
   * @default false
   */
  readonly useSpotInstances?: boolean;
}

/** One rule of a job's retry strategy, in the words of AWS Batch. All conditions of a rule must match. */
export interface EvaluateOnExit {
  readonly action: 'RETRY' | 'EXIT';
  /** Glob over the attempt's status reason; AWS Batch takes an asterisk only at the end. */
  readonly onStatusReason?: string;
  /** Glob over the container's own reason. */
  readonly onReason?: string;
  /** Glob over the container's exit code, as decimal text. */
  readonly onExitCode?: string;
}

/** The `retryStrategy` of a Batch job definition. */
export interface JobRetryStrategy {
  /** Runs of one submitted job, the first included: 1-10. */
  readonly attempts: number;
  /** Tried in order, the first match decides, at most five. Without a match AWS Batch retries. */
  readonly evaluateOnExit: readonly EvaluateOnExit[];
}

/** How a job is repeated, as data: everything that the state machine and the job definition need to know. */
export interface RetryPlan {
  /** Total number of attempts, 1-100. */
  readonly maximumAttempts: number;
  /** Whole seconds before attempt 2, 3, ..., `maximumAttempts`. */
  readonly waits: readonly number[];
  /** Seconds after which an attempt is ended; undefined means never. */
  readonly timeoutSeconds: number | undefined;
  /** The job definition's retry strategy; one attempt means that AWS Batch itself repeats nothing. */
  readonly batchRetry: JobRetryStrategy;
  /** Whether an attempt that Spot reclaims have used up goes to on-demand capacity. */
  readonly onDemandFallback: boolean;
}

/** One reason why a retry plan is impossible. */
export interface RetryPlanProblem {
  /** The property at fault, as a path inside {@link RetryPlanInput}; empty if several make the plan impossible together. */
  readonly path: readonly string[];
  /** What was found, what is accepted, and the likely fix. */
  readonly message: string;
}

/**
 * Why values that are each in their range make no plan together, or undefined if they do: the waits must leave the last
 * attempt time to start inside the one year that a Standard execution of Step Functions lasts.
 *
 * Values out of their range are not its business, see {@link retryPlanProblems}; it answers undefined then.
 */
export function retryPlanProblem(input: RetryPlanInput): string | undefined {
  if (valueProblems(input).length > 0) {
    return undefined;
  }
  const { attempts, retryIntervalSeconds, retryIntervalMultiplier } = withDefaults(input);
  const total = waitsOf(attempts, retryIntervalSeconds, retryIntervalMultiplier).reduce((sum, wait) => sum + wait, 0);
  if (total < RETRY_LIMITS.executionSeconds) {
    return undefined;
  }
  return (
    `lower attempts, retryIntervalSeconds or retryIntervalMultiplier: the waits between ${attempts} attempts add up to ` +
    `${total < READABLE ? total.toLocaleString('en-US') : `more than ${READABLE.toLocaleString('en-US')}`} seconds, and Step ` +
    `Functions ends an execution after one year (${RETRY_LIMITS.executionSeconds.toLocaleString('en-US')} seconds)`
  );
}

/** Seconds up to which a report shows a sum to the digit: some 30 centuries. */
const READABLE = 100_000_000_000;

/**
 * Everything that makes a retry plan impossible: each value out of its range ({@link RETRY_LIMITS}), or else what
 * {@link retryPlanProblem} finds. Empty means that {@link retryPlan} takes the input.
 */
export function retryPlanProblems(input: RetryPlanInput): RetryPlanProblem[] {
  const problems = valueProblems(input);
  const together = retryPlanProblem(input);
  return together === undefined ? problems : [...problems, { path: [], message: together }];
}

function valueProblems(input: RetryPlanInput): RetryPlanProblem[] {
  const { attempts, retryIntervalSeconds, retryIntervalMultiplier, freeRestarts } = withDefaults(input);
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
  if (!isAtLeastZero(retryIntervalSeconds)) {
    refuse(['retryIntervalSeconds'], retryIntervalSeconds, 'seconds, 0 or more, known at synthesis');
  }
  if (!isAtLeastZero(retryIntervalMultiplier)) {
    refuse(['retryIntervalMultiplier'], retryIntervalMultiplier, 'a factor, 0 or more, known at synthesis');
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

/**
 * How a job with this configuration is repeated.
 *
 * Spot reclaims are restarted by AWS Batch inside one submitted job, so that they cost no attempt; everything else that
 * ends a job consumes one, and is repeated by the state machine.
 *
 * @throws RangeError when the plan is impossible; ask {@link retryPlanProblems} first to report it beside other problems.
 */
export function retryPlan(input: RetryPlanInput): RetryPlan {
  const problems = retryPlanProblems(input);
  if (problems.length > 0) {
    throw new RangeError(problems.map(({ path, message }) => [...path, message].join(': ')).join('\n'));
  }
  const { attempts, retryIntervalSeconds, retryIntervalMultiplier, freeRestarts, thenOnDemand } = withDefaults(input);
  const useSpotInstances = input.useSpotInstances ?? false;
  return {
    maximumAttempts: attempts,
    waits: waitsOf(attempts, retryIntervalSeconds, retryIntervalMultiplier),
    timeoutSeconds: input.timeout,
    batchRetry: { attempts: 1 + (useSpotInstances ? freeRestarts : 0), evaluateOnExit: RESTART_AFTER_RECLAIM },
    onDemandFallback: useSpotInstances && thenOnDemand,
  };
}

function withDefaults(input: RetryPlanInput) {
  return {
    attempts: input.attempts ?? RETRY_DEFAULTS.attempts,
    retryIntervalSeconds: input.retryIntervalSeconds ?? RETRY_DEFAULTS.retryIntervalSeconds,
    retryIntervalMultiplier: input.retryIntervalMultiplier ?? RETRY_DEFAULTS.retryIntervalMultiplier,
    freeRestarts: input.spotInterruption?.freeRestarts ?? RETRY_DEFAULTS.freeRestarts,
    thenOnDemand: input.spotInterruption?.thenOnDemand ?? RETRY_DEFAULTS.thenOnDemand,
  };
}

function waitsOf(attempts: number, interval: number, multiplier: number): number[] {
  return Array.from({ length: attempts - 1 }, (_, index) => {
    const wait = Math.round(interval * multiplier ** index);
    // 0 * Infinity: an interval of 0 stays 0 however far the multiplier's power overflows.
    return Number.isNaN(wait) ? 0 : wait;
  });
}

/**
 * A job that the host's end took down is restarted, and so is one that ended on the SIGTERM announcing it (128 + 15).
 * The catch-all has to be last: AWS Batch restarts whatever no rule matches, which would hide every failure.
 *
 * The rules are the same for every job, also for one that is never restarted: the Terraform provider replaces a job definition whose rules
 * change, and so deregisters every revision of it before there is a new one. Only the number of attempts changes in place.
 */
const RESTART_AFTER_RECLAIM: readonly EvaluateOnExit[] = [
  { action: 'RETRY', onStatusReason: 'Host EC2*' },
  { action: 'RETRY', onExitCode: '143' },
  { action: 'EXIT', onReason: '*' },
];

function isWholeNumber(value: number, bounds: { readonly min: number; readonly max: number }): boolean {
  return Number.isInteger(value) && value >= bounds.min && value <= bounds.max;
}

function isAtLeastZero(value: number): boolean {
  return Number.isFinite(value) && value >= 0;
}
