import type { RetryPlan } from './retry-plan';

/** Minimum retention of an event, in days, so that a person can start the run again. */
export const LEAST_PAYLOAD_DAYS = 30;

/** A Standard execution of Step Functions ends after one year. Nothing reads its event after that. */
export const MOST_PAYLOAD_DAYS = 366;

/** Days that container starts of a run can wait for capacity, in addition to its attempts and waits. */
const CAPACITY_DAYS = 14;

const DAY_SECONDS = 24 * 60 * 60;

/**
 * Days after which no container of a run reads its event any more, 30 to 366. Each container start reads the event again, so the last
 * start counts. A run without a timeout that can start twice can do so at any time within its year.
 */
export function payloadDays({
  maximumAttempts,
  waits,
  timeoutSeconds,
  batchRetry,
  onDemandFallback,
}: RetryPlan): number {
  const starts = maximumAttempts * ((batchRetry?.attempts ?? 1) + (onDemandFallback ? 1 : 0));
  if (starts === 1) return LEAST_PAYLOAD_DAYS;
  if (timeoutSeconds === undefined) return MOST_PAYLOAD_DAYS;
  const seconds = waits.reduce((sum, wait) => sum + wait, 0) + starts * timeoutSeconds;
  const days = CAPACITY_DAYS + Math.ceil(seconds / DAY_SECONDS);
  return Math.min(Math.max(days, LEAST_PAYLOAD_DAYS), MOST_PAYLOAD_DAYS);
}
