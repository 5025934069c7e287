import { z } from 'zod';
import { across, refuse, strict } from '../config/checked';
import { formatFound } from '../problems/problem';

/**
 * Schema of a resource other than a job: either created by the stack from its `properties`, or an existing resource in `existing`.
 */
export function companionSchema<Type extends string, Own extends z.ZodObject, Existing extends z.ZodObject>(
  type: Type,
  own: Own,
  existing: Existing,
) {
  const schema = strict({
    /** Type of the resource. */
    type: z.literal(type),
    /** Properties of the resource that the stack creates. You can't combine them with `existing`. @default each property's own default */
    properties: own.optional(),
    /** An existing resource, which the stack doesn't change. You can't combine it with `properties`. @default the stack creates the resource */
    existing: existing.optional(),
  });
  return across(schema, ({ properties, existing }, context) => {
    if (properties !== undefined && existing !== undefined) {
      const accepted = 'properties for a new resource, or existing for an existing one';
      refuse(context, { found: 'properties and existing', accepted, fix: 'remove one of them' });
    }
    if (properties !== undefined || existing !== undefined || own.safeParse({}).success) return;
    const fix = `add properties: ${type} has required ones`;
    refuse(context, { found: formatFound(undefined), accepted: 'an object', fix }, ['properties']);
  });
}
