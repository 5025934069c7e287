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

/** The value if it is an object, else an empty object. */
export function asObject(value: unknown): { readonly [key: string]: unknown } {
  return typeof value === 'object' && value !== null ? (value as { [key: string]: unknown }) : {};
}

/** The value at the end of a path. Undefined if the path doesn't exist. */
export function valueAtPath(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((node, key) => (asObject(node) as { readonly [key: PropertyKey]: unknown })[key], value);
}
