/** Any JSON object. Events come from outside, so the type of each property is unknown until checked. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** What is read of a value that should be a `T`: each property can be missing or of another type. Other properties don't compile. */
export type Unchecked<T> = { readonly [Key in KeyOfEach<T>]?: unknown };

type KeyOfEach<T> = T extends unknown ? keyof T : never;

/**
 * The value as an object, or `undefined` for anything else (an array, a string, a number, null).
 *
 * @typeParam T what its sender documents. For a union, the properties of each member
 */
export function asObject<T = JsonObject>(value: unknown): Unchecked<T> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Unchecked<T>) : undefined;
}

/** The value as a non-empty string, or `undefined`. */
export function asText(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
