/** Timeout of a job's trigger function: less than the 29 s and 30 s after which HTTP APIs give up, so that callers get a response. */
export const TRIGGER_TIMEOUT_SECONDS = 25;

/** The visibility timeout that AWS recommends for a queue that invokes a function with a timeout. */
export function recommendedVisibility(timeoutSeconds: number): number {
  return 6 * timeoutSeconds;
}

/** The fix for a visibility timeout that is less than the timeout of the function. Lambda refuses the event source mapping. */
export function visibilityFix(timeoutSeconds: number): string {
  return `use ${recommendedVisibility(timeoutSeconds)}: AWS recommends six times the timeout, and rejects less than the timeout`;
}
