import type { RetryPlan } from './retry-plan';

/** Days that an event is kept at least: a run may be started again by hand meanwhile. */
export const LEAST_PAYLOAD_DAYS = 30;

/** A Standard execution of Step Functions ends after a year, and nobody asks for its event any more. */
const MOST_PAYLOAD_DAYS = 366;

/** Days that the starts of a run may wait for capacity, beyond what its attempts and waits take. */
const CAPACITY_DAYS = 14;

const DAY_SECONDS = 24 * 60 * 60;

/**
 * Days after which no container of a run asks for its event any more, 30 to 366. Each start of a container reads the event again, so that
 * the last one counts: a run without a timeout that may start twice can do so at any time within its year.
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
