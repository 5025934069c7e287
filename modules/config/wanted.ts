import type { z } from 'zod';

type Def = z.core.$ZodTypes['_zod']['def'];

/**
 * Whether a schema takes a text at the place of a value, and numbers or booleans only to make texts of them, as variables of an environment do.
 * Where any JSON value is taken, a number is meant as one.
 *
 * @param value the whole value that the path leads into: it says which branch of a union is meant.
 */
export function wantsText(schema: z.core.$ZodType, value: unknown, path: readonly PropertyKey[]): boolean {
  const kinds = new Set(leaves(schema, value, path).map(({ type }) => type));
  return kinds.has('string') && kinds.has('number') && !kinds.has('array') && !kinds.has('record');
}

/** Whether nothing but a number is taken at the place of a value. */
export function wantsNumber(schema: z.core.$ZodType, value: unknown, path: readonly PropertyKey[]): boolean {
  const kinds = leaves(schema, value, path);
  return kinds.length > 0 && kinds.every(({ type }) => type === 'number');
}

/** The schemas that a value at the end of a path may follow. */
function leaves(schema: z.core.$ZodType, value: unknown, path: readonly PropertyKey[]): Def[] {
  const def = (schema as z.core.$ZodTypes)._zod.def;
  switch (def.type) {
    case 'optional':
    case 'nullable':
    case 'default':
    case 'prefault':
    case 'readonly':
      return leaves(def.innerType, value, path);
    case 'pipe':
      return leaves(def.in, value, path);
    case 'lazy':
      return leaves(def.getter(), value, path);
    case 'union':
      return branches(def, value).flatMap((option) => leaves(option, value, path));
  }
  const [key, ...rest] = path;
  if (key === undefined) return [def];
  const inner = part(def, key);
  return inner === undefined ? [] : leaves(inner, property(value, key), rest);
}

function branches(def: z.core.$ZodUnionDef, value: unknown): readonly z.core.$ZodType[] {
  if (!('discriminator' in def)) return def.options;
  const key = String(def.discriminator);
  const meant = property(value, key);
  return def.options.filter((option) => option._zod.propValues?.[key]?.has(meant as z.core.util.Primitive));
}

function part(def: Def, key: PropertyKey): z.core.$ZodType | undefined {
  if (def.type === 'object') return Object.hasOwn(def.shape, key) ? def.shape[String(key)] : undefined;
  if (def.type === 'record') return typeof key === 'number' ? undefined : def.valueType;
  return def.type === 'array' && typeof key === 'number' ? def.element : undefined;
}

function property(value: unknown, key: PropertyKey): unknown {
  return typeof value === 'object' && value !== null ? (value as { [key: PropertyKey]: unknown })[key] : undefined;
}
