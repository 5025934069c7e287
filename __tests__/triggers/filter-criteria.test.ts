import { dynamoDbStream } from '../../triggers/dynamo-db-stream/schema';
import { filtersAdvice } from '../../triggers/filter-criteria';
import { kinesisStream } from '../../triggers/kinesis-stream/schema';
import { sqs } from '../../triggers/sqs/schema';
import { problemsWith, tokens } from '../stack-config/samples';

const STREAM_ARN = 'arn:aws:dynamodb:eu-west-1:123456789012:table/orders/stream/2026-01-01T00:00:00.000';
const FILTERS = 'properties.filterCriteria.filters';

const queue = (filterCriteria: unknown) =>
  problemsWith(sqs, { type: 'sqs', properties: { sqsQueueName: 'inbox', filterCriteria } });
const stream = (filterCriteria: unknown) =>
  problemsWith(kinesisStream, { type: 'kinesis-stream', properties: { kinesisStreamName: 'clicks', filterCriteria } });
const table = (filterCriteria: unknown) =>
  problemsWith(dynamoDbStream, { type: 'dynamo-db-stream', properties: { streamArn: STREAM_ARN, filterCriteria } });

const filters = (...patterns: unknown[]) => ({ filters: patterns.map((pattern) => ({ pattern })) });

describe('filters of messages', () => {
  it.each<[unknown]>([
    [{ body: { kind: ['order', { prefix: 'order-' }], total: [{ numeric: ['>', 10, '<=', 100] }] } }],
    [{ body: ['start', { suffix: '!' }, { 'equals-ignore-case': 'GO' }] }],
    [{ body: { kind: [{ 'anything-but': ['test', ''] }, { exists: false }, null, true, 7] } }],
    [{ messageAttributes: { tenant: { stringValue: ['a'] } }, eventSourceARN: [{ suffix: 'inbox' }] }],
    [{ attributes: { SenderId: ['123456789012'] }, messageId: [{ exists: true }] }],
    [{ $or: [{ body: { a: [1] } }, { body: { $or: [{ b: [1] }, { c: [1] }] } }] }],
    [{ body: { prefix: [{ prefix: { 'equals-ignore-case': 'A' } }] } }],
    [{ body: { kind: [tokens().TEXT] } }],
  ])('take %j', (pattern) => {
    expect(queue(filters(pattern))).toEqual([]);
  });

  it.each<[unknown, string, string]>([
    ['{"body":{"a":[1]}}', '', 'write an object: {"body":{"a":[1]}}'],
    ['order', '', "write an object: a pattern such as { body: { kind: ['order'] } }"],
    ['7', '', "write an object: a pattern such as { body: { kind: ['order'] } }"],
    [[], '', "write an object: a pattern such as { body: { kind: ['order'] } }"],
    [undefined, '', 'add it: it is required'],
    [{}, '', "write a pattern such as { body: { kind: ['order'] } }, or remove the filter"],
    [{ data: ['a'] }, '.data', 'write body'],
    [{ boddy: ['a'] }, '.boddy', 'did you mean "body"?'],
    [{ kind: ['a'] }, '.kind', 'remove it'],
    [{ $or: [{ body: [1] }, { kind: ['a'] }] }, '.$or[1].kind', 'remove it'],
    [{ $or: [{ body: [1] }, {}] }, '.$or[1]', "write an object such as { body: { kind: ['order'] } }"],
    [{ body: 'order' }, '.body', 'write ["order"]'],
    [{ body: {} }, '.body', 'add a property, or remove it to match any'],
    [{ body: { kind: [] } }, '.body.kind', 'add a value, or remove the property to match any'],
    [{ body: { kind: { prefix: 'a' } } }, '.body.kind', 'write [{"prefix":"a"}]'],
    [{ body: { kind: [{ wildcard: 'a*' }] } }, '.body.kind[0]', 'use one of these'],
    [{ body: { ip: [{ cidr: '10.0.0.0/8' }] } }, '.body.ip[0]', 'use one of these'],
    [
      { body: { kind: [{ 'anything-but': { prefix: 'a' } }] } },
      '.body.kind[0]',
      'write a value such as { "anything-but": ["test", "trial"] }',
    ],
    [
      { body: { kind: [{ 'anything-but': ['a', 1] }] } },
      '.body.kind[0]',
      'write either strings or numbers: Lambda rejects a list of both',
    ],
    [
      { body: { a: [1], $or: [{ a: [2] }, { b: [1] }] } },
      '.body.$or[0].a',
      'select by it in one place: Lambda ignores one of them',
    ],
    [
      { messageAttributes: ['a'] },
      '.messageAttributes',
      'use a property of messageAttributes, such as messageAttributes: { state: [...] }',
    ],
    [{ messageId: { a: ['b'] } }, '.messageId', 'write [{"a":["b"]}]'],
  ])('refuse %j', (pattern, path, fix) => {
    expect(queue(filters({ body: ['a'] }, pattern))).toEqual([
      expect.objectContaining({ path: `${FILTERS}[1].pattern${path}`, fix }),
    ]);
  });

  it('have patterns of up to 4,096 characters', () => {
    const long = (length: number) => ({ body: ['x'.repeat(length - '{"body":[""]}'.length)] });
    expect(queue(filters(long(4096)))).toEqual([]);
    expect(queue(filters(long(4097)))).toEqual([
      expect.objectContaining({ found: '4097 characters', fix: 'split it into several filters' }),
    ]);
  });

  it('are 1 to 10', () => {
    const some = (count: number) => filters(...Array.from({ length: count }, (_, index) => ({ body: [index] })));
    expect(queue(some(10))).toEqual([]);
    expect(queue(some(0))).toEqual([expect.objectContaining({ path: FILTERS, fix: 'add an entry' })]);
    expect(queue(some(11))).toEqual([
      expect.objectContaining({
        path: FILTERS,
        found: '11 filters',
        accepted: 'at most 10 filters',
        fix: 'combine some: a list in a pattern has several values, and $or several patterns',
      }),
    ]);
  });

  it('need a list, as in the API of Lambda', () => {
    expect(queue({ Filters: [{ Pattern: '{}' }] }).map(({ path, fix }) => [path, fix])).toContainEqual([
      'properties.filterCriteria.Filters',
      'did you mean "filters"?',
    ]);
    expect(queue({ filters: [{ body: ['a'] }] }).map(({ path }) => path)).toEqual([
      `${FILTERS}[0].body`,
      `${FILTERS}[0].pattern`,
    ]);
  });
});

describe('filters of records of a stream', () => {
  it.each<[unknown]>([
    [{ data: { kind: ['click'] }, partitionKey: [{ prefix: 'eu-' }] }],
    [{ data: ['text'], approximateArrivalTimestamp: [{ numeric: ['>', 0] }] }],
  ])('take %j', (pattern) => {
    expect(stream(filters(pattern))).toEqual([]);
  });

  it.each<[unknown, string, string]>([
    [
      { kinesis: { data: { kind: ['a'] } } },
      '.kinesis',
      'put its properties in its place: filters see a record without that level',
    ],
    [{ body: { kind: ['a'] } }, '.body', 'write data'],
    [{ partitionKy: ['a'] }, '.partitionKy', 'did you mean "partitionKey"?'],
  ])('refuse %j', (pattern, path, fix) => {
    expect(stream(filters(pattern))).toEqual([expect.objectContaining({ path: `${FILTERS}[0].pattern${path}`, fix })]);
  });
});

describe('filters of changes of a table', () => {
  it.each<[unknown]>([
    [{ eventName: ['INSERT', 'MODIFY'] }],
    [{ dynamodb: { NewImage: { status: { S: ['paid'] }, total: { N: ['7', { prefix: '1' }] } } } }],
    [{ dynamodb: { NewImage: { done: { BOOL: [true] }, at: { M: { city: { S: [{ exists: true }] } } } } } }],
    [{ dynamodb: { Keys: { id: { S: ['a'] } }, SizeBytes: [{ numeric: ['<', 100] }] } }],
    [{ $or: [{ eventName: ['REMOVE'] }, { dynamodb: { OldImage: { a: { $or: [{ S: ['x'] }, { N: ['1'] }] } } } }] }],
    [{ dynamodb: { NewImage: { tags: { L: [{ exists: true }] } } } }],
  ])('take %j', (pattern) => {
    expect(table(filters(pattern))).toEqual([]);
  });

  it.each<[unknown, string, string]>([
    [{ NewImage: { a: { S: ['x'] } } }, '.NewImage', 'put it into dynamodb'],
    [{ dynamodb: { NewImage: { status: ['paid'] } } }, '.dynamodb.NewImage.status', 'write {"S":["paid"]}'],
    [{ dynamodb: { Keys: { id: [7] } } }, '.dynamodb.Keys.id', 'write {"N":["7"]}'],
    [{ dynamodb: { OldImage: { done: [true] } } }, '.dynamodb.OldImage.done', 'write {"BOOL":[true]}'],
    [
      { dynamodb: { NewImage: { at: { city: ['Bonn'] } } } },
      '.dynamodb.NewImage.at.city',
      'put it under its type, such as M of a map: { M: { city: { S: [...] } } }',
    ],
    [
      { dynamodb: { NewImage: { at: { M: { city: ['Bonn'] } } } } },
      '.dynamodb.NewImage.at.M.city',
      'write {"S":["Bonn"]}',
    ],
    [{ dynamodb: { NewImage: { total: { N: [7] } } } }, '.dynamodb.NewImage.total.N[0]', 'write "7"'],
    [
      { dynamodb: { NewImage: { total: { N: [{ numeric: ['>', 7] }] } } } },
      '.dynamodb.NewImage.total.N[0]',
      'list the numbers as strings, or let the job compare them',
    ],
    [
      { $or: [{ eventName: ['REMOVE'] }, { dynamodb: { $or: [{ Keys: { id: [7] } }, { SizeBytes: [1] }] } }] },
      '.$or[1].dynamodb.$or[0].Keys.id',
      'write {"N":["7"]}',
    ],
    [
      { dynamodb: { NewImage: { $or: [{ a: ['x'] }, { b: { S: ['x'] } }] } } },
      '.dynamodb.NewImage.$or[0].a',
      'write {"S":["x"]}',
    ],
    [
      { dynamodb: { NewImage: { a: { $or: [{ S: ['x'] }, { X: ['y'] }] } } } },
      '.dynamodb.NewImage.a.$or[1].X',
      'put it under its type, such as M of a map: { M: { city: { S: [...] } } }',
    ],
  ])('refuse %j', (pattern, path, fix) => {
    expect(table(filters(pattern))).toEqual([expect.objectContaining({ path: `${FILTERS}[0].pattern${path}`, fix })]);
  });
});

it('says when filters need a higher quota', () => {
  const some = (count: number) => ({ filters: Array.from({ length: count }, () => ({ pattern: { body: ['a'] } })) });
  expect(filtersAdvice({})).toBeUndefined();
  expect(filtersAdvice({ filterCriteria: some(5) })).toBeUndefined();
  expect(filtersAdvice({ filterCriteria: some(6) })).toEqual({
    property: 'filterCriteria',
    message: '6 filters; an account takes 5 until AWS Support raises its Lambda quota for them',
  });
});

it('shows the form of filters that are none', () => {
  expect(queue([{ body: ['order'] }])).toMatchObject([
    { accepted: "an object such as { filters: [{ pattern: { body: { kind: ['order'] } } }] }" },
  ]);
});
