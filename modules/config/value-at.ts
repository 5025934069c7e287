/** The nested value at a path of keys and indexes; undefined if there is none. */
export function valueAt(value: unknown, keys: readonly string[]): unknown {
  return keys.reduce<unknown>(
    (within, key) =>
      typeof within === 'object' && within !== null && Object.hasOwn(within, key)
        ? (within as { [key: string]: unknown })[key]
        : undefined,
    value,
  );
}
