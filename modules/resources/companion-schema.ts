import { z } from 'zod';
import { across, refuse, strict } from '../config/checked';
import { resourceOverrides } from '../config/overrides';
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
    /** Terraform attributes for the resources that the stack creates for it, by name of the resource. They are merged with the generated attributes. You can't combine them with `existing`. @default none */
    overrides: resourceOverrides.optional(),
  });
  return across(schema, ({ properties, existing, overrides }, context) => {
    if (overrides !== undefined && existing !== undefined) {
      const accepted = 'overrides for a resource that the stack creates';
      refuse(context, { code: 'conflict', found: 'existing and overrides', accepted, fix: 'remove overrides' }, [
        'overrides',
      ]);
    }
    if (properties !== undefined && existing !== undefined) {
      const accepted = 'properties for a new resource, or existing for an existing one';
      refuse(context, { found: 'properties and existing', accepted, fix: 'remove one of them' });
    }
    if (properties !== undefined || existing !== undefined || own.safeParse({}).success) return;
    const fix = `add properties: ${type} has required ones`;
    refuse(context, { found: formatFound(undefined), accepted: 'an object', fix }, ['properties']);
  });
}
