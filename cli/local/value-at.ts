/** The value inside another at the end of some keys and places, from the outside; undefined where there is none. */
export function valueAt(value: unknown, keys: readonly string[]): unknown {
  return keys.reduce<unknown>(
    (within, key) =>
      typeof within === 'object' && within !== null && Object.hasOwn(within, key)
        ? (within as { [key: string]: unknown })[key]
        : undefined,
    value,
  );
}
