/** The properties, with values, that select what an event listens to, in the order in which its source names them. */
export function selection<Property extends string>(
  selects: readonly Property[],
  properties: { readonly [Key in Property]?: unknown },
): [property: Property, value: unknown][] {
  return selects.map((key): [Property, unknown] => [key, properties[key]]).filter(([, value]) => value !== undefined);
}
