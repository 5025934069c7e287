/** Characters of JSON that ECS allows a task's overrides. Batch starts its jobs through it: a job that passes the limit fails. */
export const MAX_CONTAINER_OVERRIDES_LENGTH = 8192;

/**
 * Characters left for the event where nobody counted the other overrides: an eighth of the limit is theirs, twice what
 * this project's own three variables need.
 */
export const DEFAULT_OVERRIDES_BUDGET = 7168;

/**
 * Characters kept free for what AWS adds by itself: Batch a container name and its own `AWS_BATCH_JOB_ID`, `AWS_BATCH_JOB_ATTEMPT`,
 * `AWS_BATCH_CE_NAME` and `AWS_BATCH_JQ_NAME`, whose values are at most 36, 2, 128 and 128 characters long, and Step Functions, for
 * `.sync`, `MANAGED_BY_AWS` with the value `STARTED_BY_STEP_FUNCTIONS`. AWS does not publish whether these count; they are taken to.
 */
const AWS_OWN_OVERRIDES_LENGTH = 588;

/**
 * Characters of the container overrides that are left for the event as a JSON string, its two quotes included.
 * Meant for the function's `OVERRIDES_BUDGET` variable.
 *
 * @param variables The other variables that a submission overrides, with the longest value that each can take.
 * @param eventVariable Name of the variable that carries the event.
 */
export function overridesBudget(
  variables: Readonly<Record<string, string>>,
  eventVariable = 'STP_TRIGGER_EVENT_DATA',
): number {
  const environment = Object.entries({ [eventVariable]: '', ...variables }).map(([name, value]) => ({ name, value }));
  const overrides = JSON.stringify({ containerOverrides: [{ name: '', environment }] });
  const emptyEvent = JSON.stringify('');
  return MAX_CONTAINER_OVERRIDES_LENGTH - AWS_OWN_OVERRIDES_LENGTH - (overrides.length - emptyEvent.length);
}
