import { dynamoDbTable, STREAM_TYPES } from '../../../modules/resources/dynamo-db-table/schema';
import { problemsWith } from '../../stack-config/samples';

const ARN = 'arn:aws:dynamodb:eu-west-1:123456789012:table/theirs';
const STREAM = `${ARN}/stream/2026-01-01T00:00:00.000`;
const primaryKey = { partitionKey: { name: 'id', type: 'string' } };
const byCustomer = { name: 'by-customer', partitionKey: { name: 'customer', type: 'string' } };
const problems = (table: object) => problemsWith(dynamoDbTable, { type: 'dynamo-db-table', ...table });

describe('a dynamo-db-table', () => {
  it('is protected, and has no stream', () => {
    expect(dynamoDbTable.parse({ type: 'dynamo-db-table', properties: { primaryKey } }).properties).toEqual({
      primaryKey,
      deletionProtection: true,
    });
  });

  it.each([
    { existing: { arn: ARN } },
    { existing: { arn: ARN, streamArn: STREAM } },
    ...STREAM_TYPES.map((streamType) => ({ properties: { primaryKey, streamType } })),
    { properties: { primaryKey: { ...primaryKey, sortKey: { name: 'at', type: 'number' } } } },
    { properties: { primaryKey: { partitionKey: { name: 'id', type: 'binary' } }, deletionProtection: false } },
    { properties: { primaryKey, pointInTimeRecovery: false } },
    { properties: { primaryKey, secondaryIndexes: [] } },
    { properties: { primaryKey, secondaryIndexes: [byCustomer, { ...byCustomer, name: 'by-customer-2' }] } },
    { properties: { primaryKey, secondaryIndexes: [{ ...byCustomer, sortKey: primaryKey.partitionKey }] } },
  ])('takes %j', (table) => {
    expect(problems(table)).toEqual([]);
  });

  it.each([
    [{}, 'properties', 'add properties: dynamo-db-table has required ones'],
    [{ properties: {} }, 'properties.primaryKey', 'add it: it is required'],
    [{ properties: { primaryKey: {} } }, 'properties.primaryKey.partitionKey', 'add it: it is required'],
    [
      { properties: { primaryKey: { partitionKey: { name: '', type: 'string' } } } },
      'properties.primaryKey.partitionKey.name',
      'use a name such as id',
    ],
    [
      { properties: { primaryKey: { partitionKey: { name: 'id', type: 'text' } } } },
      'properties.primaryKey.partitionKey.type',
      'use one of these',
    ],
    [
      { properties: { primaryKey: { ...primaryKey, sortKey: { name: 'id', type: 'number' } } } },
      'properties.primaryKey.sortKey.name',
      'rename or remove it',
    ],
    [
      { properties: { primaryKey, secondaryIndexes: [{ ...byCustomer, name: 'by' }] } },
      'properties.secondaryIndexes[0].name',
      'use a name such as by-customer',
    ],
    [
      { properties: { primaryKey, secondaryIndexes: [byCustomer, byCustomer] } },
      'properties.secondaryIndexes[1].name',
      'rename or remove it',
    ],
    [
      {
        properties: {
          primaryKey,
          secondaryIndexes: [{ ...byCustomer, sortKey: { name: 'customer', type: 'string' } }],
        },
      },
      'properties.secondaryIndexes[0].sortKey.name',
      'rename or remove it',
    ],
    [
      { properties: { primaryKey, secondaryIndexes: [{ ...byCustomer, sortKey: { name: 'id', type: 'number' } }] } },
      'properties.secondaryIndexes[0].sortKey.type',
      'write string, or use another attribute',
    ],
    [
      { properties: { primaryKey, secondaryIndexes: [{ ...byCustomer, projections: [] }] } },
      'properties.secondaryIndexes[0].projections',
      'add an entry',
    ],
    [
      { properties: { primaryKey, secondaryIndexes: [{ name: 'by-customer' }] } },
      'properties.secondaryIndexes[0].partitionKey',
      'add it: it is required',
    ],
    [{ properties: { primaryKey, streamType: 'NEW_IMAGES' } }, 'properties.streamType', 'did you mean "NEW_IMAGE"?'],
    [
      { properties: { primaryKey, pointInTimeRecovery: true, enablePointInTimeRecovery: true } },
      'properties',
      'remove enablePointInTimeRecovery',
    ],
    [{ properties: { primaryKey }, existing: { arn: ARN } }, '', 'remove one of them'],
    [{ existing: { arn: STREAM } }, 'existing.arn', 'write the part before /stream/ here, and the whole as streamArn'],
    [
      { existing: { arn: 'theirs' } },
      'existing.arn',
      'write an ARN such as arn:aws:dynamodb:eu-west-1:123456789012:table/orders',
    ],
    [
      { existing: { arn: ARN, streamArn: ARN } },
      'existing.streamArn',
      'write an ARN such as arn:aws:dynamodb:eu-west-1:123456789012:table/orders/stream/2026-01-01T00:00:00.000',
    ],
  ])('refuses %j', (table, path, fix) => {
    expect(problems(table)).toEqual([expect.objectContaining({ path, fix })]);
  });

  it('names streamType among the properties for whoever writes streaming', () => {
    const [problem] = problems({ properties: { primaryKey, streaming: true } });
    expect(problem).toMatchObject({ path: 'properties.streaming', accepted: expect.stringContaining('streamType') });
  });
});
