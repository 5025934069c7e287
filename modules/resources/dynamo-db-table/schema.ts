import { z } from 'zod';
import { across, type CheckContext, nonEmpty, refuse, strict, text } from '../../config/checked';
import { asObject } from '../../config/value-at';
import type { ByName, Written, WrittenProperties } from '../../config/written';
import { foundValue } from '../../problems/found';
import { ANY_NAME, arnFix, TABLE_NAME } from '../../rules/arn-fix';
import { TABLE_STREAM_ARN } from '../../rules/arn-forms';
import { companionSchema } from '../companion-schema';

/** What a table's stream contains of an item: before the change, after it, both, or only its key. */
export const STREAM_TYPES = ['KEYS_ONLY', 'NEW_IMAGE', 'OLD_IMAGE', 'NEW_AND_OLD_IMAGES'] as const;

const attribute = strict({
  /** Name of the attribute, 1 to 255 characters. */
  name: text({ pattern: /^.{1,255}$/su, accepted: 'a name of 1 to 255 characters', fix: 'use a name such as id' }),
  /** Type of its values. */
  type: z.enum(['string', 'number', 'binary']),
});

const primaryKey = across(
  strict({
    /** Attribute that distributes items over partitions. */
    partitionKey: attribute,
    /** Attribute that sorts the items of one partition. @default none: one item per partition key */
    sortKey: attribute.optional(),
  }),
  sortsByAnother,
);

const secondaryIndex = across(
  strict({
    /** Name of the index: 3 to 255 letters, digits, `_`, `.` and `-`. */
    name: text({
      pattern: /^[\w.-]{3,255}$/,
      accepted: 'a name of 3 to 255 letters, digits, _, . and -',
      fix: 'use a name such as by-customer',
    }),
    /** Attribute by whose value a query finds items. */
    partitionKey: attribute,
    /** Attribute that sorts the items with the same partition key. @default none */
    sortKey: attribute.optional(),
    /** Attributes that the index contains besides the keys. @default only the keys of the index and of the table */
    projections: z.array(nonEmpty('the name of an attribute')).min(1).optional(),
  }),
  sortsByAnother,
);

/** Properties of a table that the stack creates. */
export const tableProperties = across(
  strict({
    /** Key of the items. Changing it replaces the table. */
    primaryKey,
    /** Adds a stream of changes with these contents, for `dynamo-db-stream` events. Changing it replaces the stream. @default no stream */
    streamType: z.enum(STREAM_TYPES).optional(),
    /** Global secondary indexes, for queries by other attributes. Each stores a copy of the items that have its keys, and each write of one costs once more. @default none */
    secondaryIndexes: z.array(secondaryIndex).optional(),
    /** Keeps changes for 35 days, so that you can restore the table to any second of them. @default true */
    pointInTimeRecovery: z.boolean().optional(),
    /** Same as `pointInTimeRecovery`, as in Stacktape. You can't combine it with `pointInTimeRecovery`. */
    enablePointInTimeRecovery: z.boolean().optional(),
    /** DynamoDB refuses to delete the table, also with `destroy`. To delete it, set `false` and deploy first. @default true */
    deletionProtection: z.boolean().default(true),
  }),
  ({ primaryKey, secondaryIndexes, pointInTimeRecovery, enablePointInTimeRecovery }, context) => {
    checkIndexes(primaryKey, secondaryIndexes, context);
    if (pointInTimeRecovery === undefined || enablePointInTimeRecovery === undefined) return;
    const found = 'pointInTimeRecovery and enablePointInTimeRecovery';
    const fix = 'remove enablePointInTimeRecovery';
    refuse(context, { code: 'conflict', found, accepted: 'at most one of the two, which are the same', fix });
  },
);

/** A DynamoDB table. */
export const dynamoDbTable = companionSchema(
  'dynamo-db-table',
  tableProperties,
  strict({
    /** ARN of the table. */
    arn: text({
      pattern: /^arn:[^:]+:dynamodb:[^:]+:\d{12}:table\/[\w.-]{3,255}$/,
      accepted: 'the ARN of a table',
      fix: (found) =>
        found.includes('/stream/')
          ? 'write the part before /stream/ here, and the whole as streamArn'
          : arnFix({ example: 'arn:aws:dynamodb:eu-west-1:123456789012:table/orders', name: TABLE_NAME }, found),
    }),
    /** ARN of its stream. @default the table has no stream */
    streamArn: text({
      pattern: TABLE_STREAM_ARN,
      accepted: "the ARN of the table's stream",
      fix: (found) =>
        arnFix(
          {
            example: 'arn:aws:dynamodb:eu-west-1:123456789012:table/orders/stream/2026-01-01T00:00:00.000',
            name: ANY_NAME,
          },
          found,
        ),
    }).optional(),
  }),
);

function nameOf(attribute: unknown): unknown {
  return asObject(attribute).name;
}

function sortsByAnother(
  { partitionKey, sortKey }: { partitionKey?: unknown; sortKey?: unknown },
  context: CheckContext,
) {
  const [first, second] = [nameOf(partitionKey), nameOf(sortKey)];
  if (first === undefined || first !== second) return;
  const accepted = 'an attribute other than the partition key';
  refuse(context, { found: foundValue(second), accepted, fix: 'rename or remove it' }, ['sortKey', 'name']);
}

/** A name belongs to one index, and an attribute has one type in all keys. */
function checkIndexes(primaryKey: unknown, indexes: unknown, context: CheckContext): void {
  if (!Array.isArray(indexes)) return;
  const names = indexes.map(nameOf);
  names.forEach((name, index) => {
    if (name === undefined || names.indexOf(name) === index) return;
    const finding = {
      found: foundValue(name),
      accepted: 'a different name for each index',
      fix: 'rename or remove it',
    };
    refuse(context, finding, ['secondaryIndexes', index, 'name']);
  });
  checkTypes([{ of: primaryKey, path: ['primaryKey'] }, ...indexes.map(placed)], context);
}

interface Key {
  readonly of: unknown;
  readonly path: readonly PropertyKey[];
}

function placed(of: unknown, index: number): Key {
  return { of, path: ['secondaryIndexes', index] };
}

function checkTypes(keys: readonly Key[], context: CheckContext): void {
  const attributes = keys.flatMap(({ of, path }) =>
    ['partitionKey', 'sortKey'].map((part) => ({ ...asObject(asObject(of)[part]), path: [...path, part, 'type'] })),
  ) as { readonly name?: unknown; readonly type?: unknown; readonly path: readonly PropertyKey[] }[];
  for (const { name, type, path } of attributes) {
    const first = attributes.find((other) => other.name === name)?.type;
    if (name === undefined || type === undefined || first === undefined || type === first) continue;
    const accepted = `${first}, the type of "${name}" in another key`;
    refuse(context, { found: foundValue(type), accepted, fix: `write ${first}, or use another attribute` }, path);
  }
}

/** What others can ask of a table. */
export const TABLE_PARAMS = ['name', 'arn', 'streamArn'] as const;

export interface DynamoDbTableProperties extends WrittenProperties<typeof dynamoDbTable>, ByName {}
/** Such a resource as written in a config. */
export interface DynamoDbTable extends Written<z.input<typeof dynamoDbTable>> {
  readonly properties?: DynamoDbTableProperties;
}
