/**
 * A value with a change in it: objects are merged property by property, anything else is replaced, lists included. What is null in the change is
 * left out of the result, and what is undefined in it stays.
 */
export function merged(value: unknown, change: unknown): unknown {
  if (change === undefined) return value;
  if (change === null) return undefined;
  if (!isPlain(change)) return change;
  const base = isPlain(value) ? value : {};
  const entries = Object.entries(change).map(
    ([key, item]) => [key, merged(Object.hasOwn(base, key) ? base[key] : undefined, item)] as const,
  );
  return Object.fromEntries(
    Object.entries({ ...base, ...Object.fromEntries(entries) }).filter(([, item]) => item !== undefined),
  );
}

/** Whether a value was written as braces or read from a file: what has a class, such as a token, is a value of its own. */
export function isPlain(value: unknown): value is { readonly [key: string]: unknown } {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
