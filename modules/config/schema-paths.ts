import type { z } from 'zod';
import { valueAt } from './value-at';

/** Path of a property in a schema: keys, `[]` for each entry of a list, `<name>` for each key of a map. */
export interface SchemaPath {
  readonly steps: readonly string[];
  /** Names of the required `type` of the objects on the path, by the number of steps to them. */
  readonly types: readonly (readonly [depth: number, names: readonly string[]])[];
}

export const ENTRY = '[]';
const NAMED = '<name>';

const PLACES = new WeakMap<z.ZodType, readonly SchemaPath[]>();

/** The paths of all properties of a schema. Properties of type JSON have no inner paths. */
export function propertyPaths(schema: z.ZodType): readonly SchemaPath[] {
  const known = PLACES.get(schema);
  if (known !== undefined) return known;
  const places = walk(schema, { steps: [], types: [] });
  PLACES.set(schema, places);
  return places;
}

function walk(schema: z.core.$ZodType, at: SchemaPath): SchemaPath[] {
  const { def } = (schema as z.core.$ZodTypes)._zod;
  const below = (inner: z.core.$ZodType, step: string) => walk(inner, { ...at, steps: [...at.steps, step] });
  switch (def.type) {
    case 'object':
      return Object.entries(def.shape).flatMap(([key, child]) => [
        { ...at, steps: [...at.steps, key] },
        ...below(child, key),
      ]);
    case 'array':
      return below(def.element, ENTRY);
    case 'record':
      return below(def.valueType, NAMED);
    case 'union':
      return def.options.flatMap((option) => {
        const names = typeOf(option);
        return walk(option, names === undefined ? at : { ...at, types: [...at.types, [at.steps.length, names]] });
      });
    case 'optional':
    case 'nullable':
    case 'default':
    case 'prefault':
    case 'readonly':
      return walk(def.innerType, at);
    case 'pipe':
      return walk(def.in, at);
    default:
      return [];
  }
}

/** The names of an object's `type`. */
function typeOf(schema: z.core.$ZodType): readonly string[] | undefined {
  const { def } = (schema as z.core.$ZodTypes)._zod;
  if (def.type === 'pipe') return typeOf(def.in);
  const type = def.type === 'object' ? (def.shape.type as z.core.$ZodTypes | undefined) : undefined;
  return type && namesIn(type);
}

function namesIn({ _zod: { def } }: z.core.$ZodTypes): readonly string[] | undefined {
  if (def.type === 'pipe') return namesIn(def.in as z.core.$ZodTypes);
  return def.type === 'literal' ? def.values.map(String) : undefined;
}

/** Relation between a place in the schema and a path in the config. */
export interface Relation {
  /** Number of steps at the start that both have in common. */
  readonly shared: number;
  /** An object on the common part that would need another type, by the number of steps to it. */
  readonly otherType?: readonly [depth: number, type: string];
}

export function relation({ steps, types }: SchemaPath, path: readonly PropertyKey[], root: unknown): Relation {
  const differing = steps.findIndex((step, index) => !matches(step, path[index]));
  const shared = differing < 0 ? steps.length : differing;
  const other = types.find(([depth, names]) => {
    if (depth > shared) return false;
    const object = valueAt(root, path.slice(0, depth)) as { type?: unknown } | null | undefined;
    return typeof object === 'object' && object !== null && !names.some((name) => name === object.type);
  });
  const [depth, [type = ''] = []] = other ?? [];
  return { shared, ...(depth !== undefined && { otherType: [depth, type] }) };
}

function matches(step: string, key: PropertyKey | undefined): boolean {
  if (step === ENTRY) return typeof key === 'number';
  return step === NAMED ? typeof key === 'string' : step === key;
}
