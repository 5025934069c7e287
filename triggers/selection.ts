/** The properties, with values, that select what an event listens to, in the order in which its source names them. */
export function selection(selects: readonly string[], properties: object): [property: string, value: unknown][] {
  const values = properties as { readonly [property: string]: unknown };
  return selects.map((key): [string, unknown] => [key, values[key]]).filter(([, value]) => value !== undefined);
}
