import { UsageError } from '../../command/usage-error';
import { FAULT_OPTIONS, type Faults } from '../../model/faults';
import type { AgainRequest, SendRequest } from '../../model/send';

/**
 * The body of a request to send an event.
 *
 * @throws UsageError if a value has another type
 */
export function sendBody(body: unknown): SendRequest {
  const values = object(body, 'The body');
  const place = values.place ?? 'local';
  if (place !== 'local' && place !== 'aws') throw new UsageError('"place" must be "local" or "aws".');
  const job = text(values, 'job');
  if (job === undefined) throw new UsageError('"job" is missing.');
  return {
    job,
    place,
    eventText: text(values, 'eventText'),
    trigger: text(values, 'trigger'),
    shownText: text(values, 'shownText'),
    source: text(values, 'source'),
    from: text(values, 'from'),
    faults: faultsOf(object(values.faults ?? {}, '"faults"')),
  };
}

/**
 * The body of a request to repeat a run.
 *
 * @returns undefined if it is a request to send an event
 * @throws UsageError if a value has another type
 */
export function againBody(body: unknown): AgainRequest | undefined {
  const values = object(body, 'The body');
  const again = text(values, 'again');
  if (again === undefined) return undefined;
  return { again, ...(values.faults !== undefined && { faults: faultsOf(object(values.faults, '"faults"')) }) };
}

function faultsOf(values: Values): Faults {
  const known = FAULT_OPTIONS.flatMap(({ field, example }) => {
    const value = values[field];
    if (value === undefined) return [];
    const type = example === undefined ? 'boolean' : 'string';
    if (typeof value === type) return [[field, value]];
    throw new UsageError(`"faults.${field}" must be a ${type}.`);
  });
  return Object.fromEntries(known);
}

type Values = Readonly<Record<string, unknown>>;

function object(value: unknown, name: string): Values {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Values;
  throw new UsageError(`${name} must be an object.`);
}

function text(values: Values, name: string): string | undefined {
  const value = values[name];
  if (value === undefined || typeof value === 'string') return value;
  throw new UsageError(`"${name}" must be a string.`);
}
