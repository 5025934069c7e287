import { isDeepStrictEqual } from 'node:util';

/** A part of the published JSON Schema, as far as this one is made of. */
export interface Schema {
  readonly $ref?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema | boolean;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
}

const alternatives = ({ anyOf, oneOf }: Schema): readonly Schema[] | undefined => (anyOf ?? oneOf)?.map(byFirstName);

/** An alternative whose `type` has several names, identified by the first one. */
function byFirstName(choice: Schema): Schema {
  const { properties } = choice;
  const names = properties?.type?.enum;
  return names === undefined
    ? choice
    : { ...choice, properties: { ...properties, type: { const: names[0], enum: names } } };
}

/** The value of `type` that identifies the kind of an object, if it has one. */
const kindOf = (schema: Schema): string | undefined => {
  const kind = schema.properties?.type?.const;
  return typeof kind === 'string' ? kind : undefined;
};

/**
 * Every property of a schema without properties of its value, such as `resources.*.batch-job.properties.timeout`: `*` is any name or index
 * in a list, and the value of `type` follows the property that has several types.
 */
export function everyProperty(schema: Schema, path: readonly string[] = []): readonly string[] {
  const choices = alternatives(schema);
  if (choices !== undefined) return [...new Set(choices.flatMap((choice) => everyProperty(choice, path)))];
  const { properties, additionalProperties, items } = schema;
  const kind = kindOf(schema);
  const here = kind === undefined ? path : [...path, kind];
  if (properties !== undefined) {
    // A value with another `type` has other properties, so a change of `type` is not a change of a property.
    const own = Object.entries(properties).filter(([name]) => name !== 'type' || kind === undefined);
    return own.flatMap(([name, child]) => everyProperty(child, [...here, name]));
  }
  const child = items ?? (typeof additionalProperties === 'object' ? additionalProperties : undefined);
  return child === undefined ? [path.join('.')] : everyProperty(child, [...path, '*']);
}

/** Where something new or gone is no change of a property: another resource, another event. */
const SEPARATE = [
  'resources.*',
  'resources.*.batch-job.properties.events.*',
  'resources.*.function.properties.events.*',
];

/** The properties of {@link everyProperty} that differ between two configs. Two things of different `type` have none in common. */
export function changedProperties(schema: Schema, before: unknown, after: unknown): ReadonlySet<string> {
  const changed = new Set<string>();
  const visit = (part: Schema, path: readonly string[], left: unknown, right: unknown): void => {
    if (isDeepStrictEqual(left, right)) return;
    const place = path.join('.');
    if ((left === undefined || right === undefined) && SEPARATE.includes(place)) return;
    const choices = alternatives(part);
    if (choices !== undefined) {
      const [from, to] = [left, right].map((value) => choices.find((choice) => fits(choice, value)));
      if (from === undefined || to === undefined || from === to) {
        const choice = from ?? to;
        if (choice !== undefined) visit(choice, path, left, right);
      } else if (kindOf(from) === undefined) {
        for (const choice of [from, to]) for (const property of everyProperty(choice, path)) changed.add(property);
      }
      return;
    }
    const kind = kindOf(part);
    const here = kind === undefined ? path : [...path, kind];
    const [from, to] = [left, right].map((value) => (typeof value === 'object' && value !== null ? value : {}));
    const at = (value: object | undefined, key: string) => (value as Record<string, unknown> | undefined)?.[key];
    const { properties, additionalProperties, items } = part;
    if (properties !== undefined) {
      for (const [name, child] of Object.entries(properties))
        visit(child, [...here, name], at(from, name), at(to, name));
      return;
    }
    const child = items ?? (typeof additionalProperties === 'object' ? additionalProperties : undefined);
    if (child === undefined) {
      changed.add(place);
      return;
    }
    for (const key of new Set([...Object.keys(from ?? {}), ...Object.keys(to ?? {})])) {
      visit(child, [...path, '*'], at(from, key), at(to, key));
    }
  };
  visit(schema, [], before, after);
  return changed;
}

function fits(schema: Schema, value: unknown): boolean {
  if (value === undefined) return false;
  const kind = kindOf(schema);
  if (kind !== undefined) {
    const { type } = (value ?? {}) as { readonly type?: unknown };
    return (schema.properties?.type?.enum ?? [kind]).includes(type);
  }
  if (Array.isArray(value)) return schema.items !== undefined;
  if (typeof value === 'object') return schema.properties !== undefined || schema.additionalProperties !== undefined;
  return schema.items === undefined && schema.properties === undefined && schema.additionalProperties === undefined;
}
