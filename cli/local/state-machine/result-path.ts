import { asText, isFields, type Json } from './json-value';
import { StateError } from './state-error';

/** A result at its ResultPath. Without one it replaces the input, and `null` drops it. */
export function placedAt(path: Json | undefined, result: Json, data: Json): Json {
  if (path === undefined) return result;
  if (path === null) return data;
  const place = asText(path, 'ResultPath');
  const [, key] = /^\$\.(\w+)$/.exec(place) ?? [];
  if (key === undefined) {
    throw new Error(`This interpreter only knows a ResultPath such as $.a, got ${place}.`);
  }
  if (!isFields(data)) {
    throw new StateError('States.ResultPathMatchFailure', `There is no place for ${place} in ${JSON.stringify(data)}.`);
  }
  return { ...data, [key]: result };
}
