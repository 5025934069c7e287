import type { z } from 'zod';

type Def = z.core.$ZodTypes['_zod']['def'];

/**
 * Whether a schema expects a string, and accepts numbers or booleans only to convert them to strings, as for environment variables.
 * False if it accepts any JSON value, where a number stays a number.
 *
 * @param value the whole value, which determines the branch of a union
 */
export function wantsText(schema: z.core.$ZodType, value: unknown, path: readonly PropertyKey[]): boolean {
  const kinds = new Set(leaves(schema, value, path).map(({ type }) => type));
  return kinds.has('string') && kinds.has('number') && !kinds.has('array') && !kinds.has('record');
}

/** Whether a schema accepts only a number. */
export function wantsNumber(schema: z.core.$ZodType, value: unknown, path: readonly PropertyKey[]): boolean {
  const kinds = leaves(schema, value, path);
  return kinds.length > 0 && kinds.every(({ type }) => type === 'number');
}

/** The schemas that can apply to the value at the end of a path. */
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
