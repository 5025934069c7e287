import { z } from 'zod';
import { across, refuse, strict } from '../config/checked';
import { resourceOverrides } from '../config/overrides';
import { asObject } from '../config/value-at';
import { foundValue } from '../problems/found';

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
    /** Refuses plans that would delete or replace the resource. Terraform does while it is in the config, `diff`, `deploy` and `destroy` also after you removed it. To delete it, first deploy with `false`. You can't combine it with `existing`. @default false */
    protect: z.boolean().optional(),
  });
  return across(schema, ({ properties, existing, overrides, protect }, context) => {
    if (overrides !== undefined && existing !== undefined) {
      const accepted = 'overrides for a resource that the stack creates';
      refuse(context, { code: 'conflict', found: 'existing and overrides', accepted, fix: 'remove overrides' }, [
        'overrides',
      ]);
    }
    if (protect !== undefined && existing !== undefined) {
      const accepted = 'protect for a resource that the stack creates';
      const fix = 'remove protect: the stack never deletes an existing resource';
      refuse(context, { code: 'conflict', found: 'existing and protect', accepted, fix }, ['protect']);
    }
    if (protect === true && asObject(properties).deletionProtection === false) {
      const finding = {
        code: 'conflict',
        found: 'protect and deletionProtection: false',
        accepted: 'one of them',
      } as const;
      refuse(context, { ...finding, fix: 'remove deletionProtection, which is true by default' }, ['protect']);
    }
    if (properties !== undefined && existing !== undefined) {
      const accepted = 'properties for a new resource, or existing for an existing one';
      refuse(context, { found: 'properties and existing', accepted, fix: 'remove one of them' });
    }
    if (properties !== undefined || existing !== undefined || own.safeParse({}).success) return;
    const fix = `add properties: ${type} has required ones`;
    refuse(context, { found: foundValue(undefined), accepted: 'an object', fix }, ['properties']);
  });
}
