/** The nested value at a path of keys and indexes; undefined if there is none. */
export function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (within, key) =>
      typeof within === 'object' && within !== null && Object.hasOwn(within, key)
        ? (within as { readonly [key: PropertyKey]: unknown })[key]
        : undefined,
    value,
  );
}

/** The value if it is an object, else an empty object. */
export function asObject(value: unknown): { readonly [key: string]: unknown } {
  return typeof value === 'object' && value !== null ? (value as { [key: string]: unknown }) : {};
}
