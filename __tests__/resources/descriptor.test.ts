import { Construct } from 'constructs';
import { z } from 'zod';
import { IN_REGION } from '../../modules/config/arn-rule';
import type { Companion } from '../../modules/resources/companion';
import { type ArnTarget, companion } from '../../modules/resources/descriptor';
import { COMPANIONS } from '../../modules/resources/registry';

const PARAMS = ['name', 'arn'] as const;

class Cache extends Construct {
  readonly type = 'cache';
  readonly params: Companion<string, typeof PARAMS>['params'] = { name: 'x', arn: 'y' };
}

class Other extends Construct {
  readonly type = 'other';
  readonly params: Companion<string, typeof PARAMS>['params'] = { name: 'x', arn: 'y' };
}

const cache = {
  type: 'cache',
  noun: 'cache',
  schema: z.object({
    type: z.literal('cache'),
    properties: z.object({ size: z.number() }).optional(),
    existing: z.object({ arn: z.string() }).optional(),
  }),
  construct: () => Cache,
  params: PARAMS,
} as const;

const connection = () => connectionOf;
const connectionOf = ({ params }: ArnTarget<'cache', typeof PARAMS>) => ({ environment: params, statements: [] });

it('is what it is given', () => {
  expect(companion({ ...cache, connection })).toEqual({ ...cache, connection });
});

describe('what does not compile', () => {
  it('a schema of another type', () => {
    // @ts-expect-error the schema is of another type
    companion({ ...cache, type: 'store' });
  });

  it('a class of another type', () => {
    // @ts-expect-error its type is `other`
    companion({ ...cache, construct: () => Other });
  });

  it('a parameter that the class does not have', () => {
    // @ts-expect-error the class has no `url`
    companion({ ...cache, params: ['name', 'arn', 'url'] });
  });

  it('an absent parameter that the type does not have', () => {
    // @ts-expect-error the type has no `url`
    companion({ ...cache, absent: { url: () => 'none' } });
  });

  it('a property that the schema does not have', () => {
    // @ts-expect-error the properties have no `length`
    companion({ ...cache, absent: { name: ({ length }) => String(length) } });
    // @ts-expect-error `existing` has no `id`
    companion({ ...cache, absent: { name: (_, existing) => String(existing?.id) } });
  });

  it('an ARN in a property that the schema does not have', () => {
    // @ts-expect-error `existing` has no `streamArn`
    companion({ ...cache, existingArns: { streamArn: IN_REGION } });
    // @ts-expect-error the properties have no `keys`
    companion({ ...cache, propertyArns: { 'keys[].arn': IN_REGION } });
  });

  it('an output that is no parameter', () => {
    // @ts-expect-error the type has no `url`
    companion({ ...cache, output: 'url' });
  });

  it('a connection to another type', () => {
    // @ts-expect-error the target is of another type
    companion({ ...cache, connection: () => (target: ArnTarget<'other', typeof PARAMS>) => connectionOf(target) });
  });

  it("a provider's resource with attributes of another type", () => {
    const provided = { aws_cache: () => () => ({ type: 'other', arn: '', params: { name: '', arn: '' } }) as const };
    // @ts-expect-error the attributes are of another type
    companion({ ...cache, connection, provided });
  });
});

it('each type is in the list once', () => {
  const types = COMPANIONS.map(({ type }) => type);
  expect(new Set(types).size).toBe(types.length);
});

it('loads the class of each type', () => {
  const above: string[] = [];
  for (const { type, construct } of COMPANIONS) {
    if (construct === undefined) above.push(type);
    else expect(Object.create((construct() as { prototype: object }).prototype)).toBeInstanceOf(Construct);
  }
  expect(above).toEqual(['function']);
});
