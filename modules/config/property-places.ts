import type { z } from 'zod';
import { valueAtPath } from './referred-resource';

/** Where a schema has a property: keys, `[]` for each entry of a list, `<name>` for each of a map. */
export interface PropertyPlace {
  readonly steps: readonly string[];
  /** What the objects on the way must have as `type`, by how many steps lead to them. */
  readonly types: readonly (readonly [depth: number, type: string])[];
}

export const ENTRY = '[]';
export const NAMED = '<name>';

const PLACES = new WeakMap<z.ZodType, readonly PropertyPlace[]>();

/** Every place of every property of a schema. What is any JSON has none. */
export function propertyPlaces(schema: z.ZodType): readonly PropertyPlace[] {
  const known = PLACES.get(schema);
  if (known !== undefined) return known;
  const places = walk(schema, { steps: [], types: [] });
  PLACES.set(schema, places);
  return places;
}

function walk(schema: z.core.$ZodType, at: PropertyPlace): PropertyPlace[] {
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
        const type = typeOf(option);
        return walk(option, type === undefined ? at : { ...at, types: [...at.types, [at.steps.length, type]] });
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

/** The literal that an object has as its `type`. */
function typeOf(schema: z.core.$ZodType): string | undefined {
  const { def } = (schema as z.core.$ZodTypes)._zod;
  if (def.type === 'pipe') return typeOf(def.in);
  const type = def.type === 'object' ? (def.shape.type as z.core.$ZodTypes | undefined)?._zod.def : undefined;
  return type?.type === 'literal' ? String(type.values[0]) : undefined;
}

/** How a place lies to a path of the config. */
export interface Relation {
  /** Steps that both begin with. */
  readonly shared: number;
  /** An object on the common way that would have to be of another type, by the number of steps that lead to it. */
  readonly otherType?: readonly [depth: number, type: string];
}

export function relation({ steps, types }: PropertyPlace, path: readonly PropertyKey[], root: unknown): Relation {
  const differing = steps.findIndex((step, index) => !matches(step, path[index]));
  const shared = differing < 0 ? steps.length : differing;
  const otherType = types.find(([depth, type]) => {
    if (depth > shared || depth > path.length) return false;
    const object = valueAtPath(root, path.slice(0, depth));
    return typeof object === 'object' && object !== null && (object as { type?: unknown }).type !== type;
  });
  return { shared, ...(otherType && { otherType }) };
}

function matches(step: string, key: PropertyKey | undefined): boolean {
  if (key === undefined) return false;
  if (step === ENTRY) return typeof key === 'number';
  return step === NAMED ? typeof key === 'string' : step === key;
}
