import { retryPlanOf } from '../../modules/orchestration/retry-plan';
import { CANCEL_AFTER_SECONDS } from '../../modules/rules/job-ends';
import type { ResolvedBatchJobProps } from '../../modules/stack-config/batch-job';
import type { RetryPolicy } from '../model/run';

/** What a job's config says about attempts, restarts and timeouts. */
export function retryPolicy(props: ResolvedBatchJobProps): RetryPolicy {
  const { timeout, useSpotInstances } = props;
  const plan = retryPlanOf(props);
  return {
    attempts: plan.maximumAttempts,
    waits: plan.waits,
    freeRestarts: plan.batchRetry.attempts - 1,
    thenOnDemand: plan.onDemandFallback,
    isSpot: useSpotInstances,
    ...(plan.memoryLevels !== undefined && { memoryLevels: plan.memoryLevels }),
    unplaceableAfter: CANCEL_AFTER_SECONDS,
    ...(timeout !== undefined && { timeout }),
  };
}
