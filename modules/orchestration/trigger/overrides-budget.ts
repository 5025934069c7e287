/** Maximum size of a task's overrides in ECS, in characters of JSON. AWS Batch starts jobs through ECS, and a job over the limit fails. */
export const MAX_CONTAINER_OVERRIDES_LENGTH = 8192;

/**
 * Default number of characters for the event. An eighth of the limit is reserved for other overrides, twice the size of this project's
 * three variables.
 */
export const DEFAULT_OVERRIDES_BUDGET = 7168;

/**
 * Characters reserved for AWS's own values. AWS Batch adds a container name and `AWS_BATCH_JOB_ID`, `AWS_BATCH_JOB_ATTEMPT`,
 * `AWS_BATCH_CE_NAME` and `AWS_BATCH_JQ_NAME`, with values of at most 36, 2, 128 and 128 characters. Step Functions adds, for `.sync`,
 * `MANAGED_BY_AWS` with the value `STARTED_BY_STEP_FUNCTIONS`. AWS doesn't document whether these count, so this assumes that they do.
 */
const AWS_OWN_OVERRIDES_LENGTH = 588;

/**
 * Characters of the container overrides that are left for the event as a JSON string, including its two quotes. The value of the
 * function's `OVERRIDES_BUDGET` variable.
 *
 * @param variables The other variables that a submission overrides, each with its longest possible value.
 * @param eventVariable Name of the variable that contains the event.
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
