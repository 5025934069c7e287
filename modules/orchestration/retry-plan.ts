import type { ResolvedJobProps } from '../config/job';
import { EXIT_ON_SIGTERM, STATUS_REASONS } from '../rules/job-ends';
import { memoryLevels } from '../rules/memory-levels';
import { type RetryPlanInput, retryPlanProblems, retryWaits, withRetryDefaults } from '../rules/retries';

/** One rule of a job's retry strategy, with the names of AWS Batch. A rule applies if all its conditions match. */
export interface EvaluateOnExit {
  readonly action: 'RETRY' | 'EXIT';
  /** Pattern for the attempt's status reason. AWS Batch accepts an asterisk only at the end. */
  readonly onStatusReason?: string;
  /** Pattern for the container's reason. */
  readonly onReason?: string;
  /** Pattern for the container's exit code, as a decimal string. */
  readonly onExitCode?: string;
}

/** The `retryStrategy` of a Batch job definition. */
export interface JobRetryStrategy {
  /** Container starts of one submitted job, including the first: 1-10. */
  readonly attempts: number;
  /** At most five rules. The first match decides. If no rule matches, AWS Batch retries. */
  readonly evaluateOnExit: readonly EvaluateOnExit[];
}

/** How a job is retried, as data: the input of the state machine and the job definition. */
export interface RetryPlan {
  /** Total number of attempts, 1-100. */
  readonly maximumAttempts: number;
  /** Whole seconds before attempt 2, 3, ..., `maximumAttempts`. */
  readonly waits: readonly number[];
  /** Timeout of an attempt in seconds, or undefined for none. */
  readonly timeoutSeconds: number | undefined;
  /** The job definition's retry strategy. With one attempt, AWS Batch itself restarts nothing. */
  readonly batchRetry: JobRetryStrategy;
  /** Whether an attempt that was interrupted after its last free restart is submitted to on-demand capacity. */
  readonly onDemandFallback: boolean;
  /**
   * MiB of a job that gets more memory after each attempt that was killed for it: at first, after one, and so on. The last level stays.
   * Two or more.
   * @default the memory stays what the job definition says
   */
  readonly memoryLevels?: readonly number[];
}

/**
 * How a job with this configuration is retried.
 *
 * AWS Batch restarts a job after a Spot interruption within the same submission, so an interruption uses up no attempt. Any other failure
 * uses up an attempt, and the state machine submits the next one.
 *
 * @throws RangeError if the plan is impossible. Call {@link retryPlanProblems} first to report it with other problems.
 */
export function retryPlan(input: RetryPlanInput): RetryPlan {
  const problems = retryPlanProblems(input);
  if (problems.length > 0) {
    throw new RangeError(problems.map(({ path, message }) => [...path, message].join(': ')).join('\n'));
  }
  const { attempts, retryIntervalSeconds, retryIntervalMultiplier, freeRestarts, thenOnDemand } =
    withRetryDefaults(input);
  const useSpotInstances = input.useSpotInstances ?? false;
  const levels = levelsOf(input, attempts);
  return {
    maximumAttempts: attempts,
    waits: retryWaits(attempts, retryIntervalSeconds, retryIntervalMultiplier),
    timeoutSeconds: input.timeout,
    batchRetry: { attempts: 1 + (useSpotInstances ? freeRestarts : 0), evaluateOnExit: RESTART_AFTER_RECLAIM },
    onDemandFallback: useSpotInstances && thenOnDemand,
    ...(levels.length > 1 && { memoryLevels: levels }),
  };
}

/** How a job is retried, by its config. @throws RangeError as {@link retryPlan} does */
export function retryPlanOf({
  retryConfig,
  resources,
  timeout,
  useSpotInstances,
}: Pick<ResolvedJobProps, 'retryConfig' | 'resources' | 'timeout' | 'useSpotInstances'>): RetryPlan {
  return retryPlan({ ...retryConfig, memory: resources.memory, timeout, useSpotInstances });
}

function levelsOf({ memory, onOutOfMemory }: RetryPlanInput, attempts: number): readonly number[] {
  return memory === undefined || onOutOfMemory === undefined ? [] : memoryLevels(memory, onOutOfMemory, attempts);
}

/**
 * Restarts a job that ended because its host was terminated, or that ended on the SIGTERM that announces it (128 + 15). The last rule must
 * match everything: AWS Batch restarts a job that no rule matches, which would hide every failure.
 *
 * The rules are the same for every job, including one that is never restarted. The Terraform provider replaces a job definition whose
 * rules change, and so deregisters all its revisions before a new one exists. Only the number of attempts can change in place.
 */
const RESTART_AFTER_RECLAIM: readonly EvaluateOnExit[] = [
  { action: 'RETRY', onStatusReason: `${STATUS_REASONS.hostGone}*` },
  { action: 'RETRY', onExitCode: String(EXIT_ON_SIGTERM) },
  { action: 'EXIT', onReason: '*' },
];
