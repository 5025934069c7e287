/** Terraform JSON as parsed from `cdk.tf.json`: nothing is known of it but that it is an object. */
export type TerraformDocument = Record<string, unknown>;

/** The object at `value`, or undefined where there is none: for walking a document whose blocks may be absent. */
export function objectAt(value: unknown): TerraformDocument | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as TerraformDocument)
    : undefined;
}

/** Each block of one type: `{ <name>: block }` of `document.resource[type]` or `document.data[type]`. */
export function blocksOf(
  document: TerraformDocument,
  kind: 'resource' | 'data',
  type: string,
): [name: string, block: TerraformDocument][] {
  return Object.entries(objectAt(objectAt(document[kind])?.[type]) ?? {}).flatMap(([name, block]) => {
    const found = objectAt(block);
    return found === undefined ? [] : [[name, found] as [string, TerraformDocument]];
  });
}

/** A copy in which `change` has seen each string, keys excepted. */
export function mapStrings(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') {
    return change(value);
  }
  if (Array.isArray(value)) {
    return value.map((entry) => mapStrings(entry, change));
  }
  const object = objectAt(value);
  return object === undefined
    ? value
    : Object.fromEntries(Object.entries(object).map(([key, entry]) => [key, mapStrings(entry, change)]));
}
