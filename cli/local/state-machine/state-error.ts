import { asList, type Fields, type Json } from './json-value';

/** An error that a state ends with or catches. */
export class StateError extends Error {
  constructor(
    readonly error: string,
    override readonly cause: string,
  ) {
    super(`${error}: ${cause}`);
  }
}

/** Whether a retrier or a catcher matches an error. */
export function matches(rule: Fields, error: string): boolean {
  return asList(rule.ErrorEquals, 'ErrorEquals').some((name) => {
    switch (name) {
      case 'States.ALL':
        return error !== 'States.DataLimitExceeded' && error !== 'States.Runtime';
      case 'States.TaskFailed':
        return error !== 'States.Timeout';
      default:
        return name === error;
    }
  });
}

/** Maximum size of the input, parameters or result of a state, in bytes of UTF-8. */
const MOST_PAYLOAD_BYTES = 262_144;

/** Checks the size of a value. */
export function withinLimit(value: Json): Json {
  const bytes = Buffer.byteLength(JSON.stringify(value));
  if (bytes > MOST_PAYLOAD_BYTES) {
    throw new StateError('States.DataLimitExceeded', `${bytes} bytes exceed the limit of ${MOST_PAYLOAD_BYTES}.`);
  }
  return value;
}
