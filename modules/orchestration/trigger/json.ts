/** Any JSON object. Events come from outside, so the type of each property is unknown until checked. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** The value as an object, or `undefined` for anything else (an array, a string, a number, null). */
export function asObject(value: unknown): JsonObject | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : undefined;
}

/** The value as a non-empty string, or `undefined`. */
export function asText(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
