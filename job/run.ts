/** The attempt that this is, from 1. A restart after a Spot interruption belongs to the same attempt. Outside of AWS Batch: 1. */
export const attempt: number = /* @__PURE__ */ count('STP_CURRENT_ATTEMPT');

/** How many attempts the run has in total: `retryConfig.attempts`. Outside of AWS Batch: 1. */
export const maximumAttempts: number = /* @__PURE__ */ count('STP_MAXIMUM_ATTEMPTS');

/**
 * The start of the container that this is within the attempt, from 1, as AWS Batch counts: 2 after the first Spot interruption. An
 * attempt that moves to on-demand capacity counts from 1 again, so look for saved progress at each start. Outside of AWS Batch: 1.
 */
export const containerStart: number = /* @__PURE__ */ count('AWS_BATCH_JOB_ATTEMPT');

/** How many items the run has, in all its attempts together. 1 if the job has no `forEach`. */
export const itemCount: number = /* @__PURE__ */ count('STP_ITEM_COUNT');

function count(variable: string): number {
  const text = process.env[variable] ?? '';
  return /^[1-9]\d{0,8}$/.test(text) ? Number(text) : 1;
}
