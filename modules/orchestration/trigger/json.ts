/** Any JSON object. Events come from outside, so every property is unknown until looked at. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** The value as an object, or `undefined` when it is anything else (an array, a string, a number, null). */
export function asObject(value: unknown): JsonObject | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : undefined;
}

/** The value as a string with something in it, or `undefined`. */
export function asText(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
