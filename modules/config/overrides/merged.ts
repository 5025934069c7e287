/**
 * A value with a change applied: objects are merged property by property, and other values, including lists, are replaced. A null in the
 * change removes a property. Undefined keeps it.
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

/** Whether a value is an object literal or read from a file. An instance of a class, such as a token, is replaced as a whole. */
export function isPlain(value: unknown): value is { readonly [key: string]: unknown } {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
