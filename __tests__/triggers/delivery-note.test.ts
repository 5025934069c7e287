import { deliveryNote } from '../../triggers/delivery-note';
import { event as schema } from '../../triggers/events';
import type { SampleContext } from '../../triggers/sample-context';
import { sampleEvent } from '../../triggers/sample-events';

const events = (...written: object[]) => written.map((event) => schema.parse(event));
const STREAM_ARN = 'arn:aws:dynamodb:eu-west-1:123456789012:table/orders/stream/2026-01-01T00:00:00.000';

const filters = (...patterns: object[]) => ({ filterCriteria: { filters: patterns.map((pattern) => ({ pattern })) } });
const sqs = (...patterns: object[]) => ({
  type: 'sqs',
  properties: { sqsQueueName: 'inbox', ...filters(...patterns) },
});
const kinesis = (pattern: object) => ({
  type: 'kinesis-stream',
  properties: { kinesisStreamName: 'clicks', ...filters(pattern) },
});
const dynamo = (pattern: object) => ({
  type: 'dynamo-db-stream',
  properties: { streamArn: STREAM_ARN, ...filters(pattern) },
});
const bus = (eventPattern: object, more: object = {}) => ({
  type: 'event-bus',
  properties: { useDefaultBus: true, eventPattern, ...more },
});
const sns = (filterPolicy: object, filterPolicyScope?: string) => ({
  type: 'sns',
  properties: { snsTopicName: 'news', filterPolicy, filterPolicyScope },
});
const body = (Message: string) => ({ Records: [{ EventSource: 'aws:sns', Sns: { Message, MessageAttributes: {} } }] });

const messages = (...bodies: string[]) => ({ Records: bodies.map((body) => ({ eventSource: 'aws:sqs', body })) });
const records = (...data: string[]) => ({
  Records: data.map((text) => ({
    eventSource: 'aws:kinesis',
    kinesis: { partitionKey: 'eu-1', data: Buffer.from(text).toString('base64') },
  })),
});
const changes = (...names: string[]) => ({
  Records: names.map((eventName) => ({ eventSource: 'aws:dynamodb', eventName, dynamodb: {} })),
});
const news = (attributes: object) => ({
  Records: [{ EventSource: 'aws:sns', Sns: { Message: '{}', MessageAttributes: attributes } }],
});
const emitted = { source: 'shop', 'detail-type': 'Order placed', detail: { total: 7 } };

describe('an event that the filters of a job let through', () => {
  it.each<[object, unknown]>([
    [sqs({ body: { kind: ['order'] } }), messages('{"kind":"order"}')],
    [sqs({ body: { kind: ['a'] } }, { body: ['start'] }), messages('start', '{"kind":"a"}')],
    [kinesis({ data: { kind: ['a'] }, partitionKey: [{ prefix: 'eu-' }] }), records('{"kind":"a"}')],
    [kinesis({ data: ['text'] }), records('text')],
    [dynamo({ eventName: ['INSERT'] }), changes('INSERT')],
    [bus({ source: ['shop'] }), emitted],
    [
      sns({ kind: ['a'], count: [{ numeric: ['>', 2] }] }),
      news({ kind: { Type: 'String', Value: 'a' }, count: { Type: 'Number', Value: '3' } }),
    ],
    [sns({ order: { kind: ['a'] } }, 'MessageBody'), body('{"order":{"kind":"a"}}')],
    [sns({ kinds: ['b'] }), news({ kinds: { Type: 'String.Array', Value: '["a","b"]' } })],
  ])('is not mentioned: %j, %j', (written, event) => {
    expect(deliveryNote(events(written), event)).toBeUndefined();
  });
});

describe('an event that no filter lets through', () => {
  const nothing = (filter: string, what: string) => `${filter} ${what}. It would start no run of a deployed job`;

  it.each<[object, unknown, string]>([
    [
      sqs({ body: { kind: ['order'] } }),
      messages('{"kind":"gift"}'),
      nothing('filterCriteria of the sqs event', 'does not let this event through'),
    ],
    [
      sqs({ body: { kind: ['order'] } }),
      messages('order', 'null', '{"kind":1}'),
      nothing('filterCriteria of the sqs event', 'lets none of the 3 records through'),
    ],
    [
      kinesis({ data: { kind: ['a'] } }),
      records('{"kind":"b"}'),
      nothing('filterCriteria of the kinesis-stream event', 'does not let this event through'),
    ],
    [
      dynamo({ eventName: ['INSERT'] }),
      changes('REMOVE'),
      nothing('filterCriteria of the dynamo-db-stream event', 'does not let this event through'),
    ],
    [
      bus({ source: ['shop'], detail: { total: [{ numeric: ['>', 7] }] } }),
      emitted,
      nothing('eventPattern of the event-bus event', 'does not let this event through'),
    ],
    [
      sns({ kind: ['a'] }),
      news({ kind: { Type: 'String', Value: 'b' } }),
      nothing('filterPolicy of the sns event', 'does not let this event through'),
    ],
    [
      sns({ kind: ['a'] }, 'MessageBody'),
      body('no JSON'),
      nothing('filterPolicy of the sns event', 'does not let this event through'),
    ],
    [
      sns({ kinds: ['b'] }),
      news({ kinds: { Type: 'String.Array', Value: 'no JSON' } }),
      nothing('filterPolicy of the sns event', 'does not let this event through'),
    ],
  ])('%j, %j', (written, event, note) => {
    expect(deliveryNote(events(written), event)).toBe(note);
  });
});

it('says how many records of a batch a filter lets through', () => {
  expect(deliveryNote(events(sqs({ body: ['a'] })), messages('a', 'b', 'a'))).toBe(
    'filterCriteria of the sqs event lets 2 of the 3 records through. A deployed job would get only these',
  );
});

it('is about the source that lets the most through', () => {
  const both = events(bus({ source: ['other'] }), bus({ source: ['shop'] }));
  expect(deliveryNote(both, emitted)).toBeUndefined();
});

it('knows nothing of an event of another source, without a filter, or that another property makes', () => {
  expect(deliveryNote([], emitted)).toBeUndefined();
  expect(deliveryNote(events(sqs({ body: ['a'] })), emitted)).toBeUndefined();
  expect(deliveryNote(events(sqs({ body: ['a'] })), { Records: [] })).toBeUndefined();
  expect(deliveryNote(events(bus({ source: ['x'] })), messages('a'))).toBeUndefined();
  expect(deliveryNote(events({ type: 'sqs', properties: { sqsQueueName: 'inbox' } }), messages('a'))).toBeUndefined();
  expect(deliveryNote(events(bus({ source: ['x'] }, { inputPath: '$.detail' })), emitted)).toBeUndefined();
});

describe('a sample', () => {
  const context: SampleContext = {
    guesses: [],
    stackName: 'shop',
    region: 'eu-west-1',
    account: '000000000000',
    jobName: 'report',
    now: new Date('2026-03-12T19:03:58.500Z'),
    uuid: () => '00000000-0000-4000-8000-000000000001',
    physicalName: () => 'name',
    payloadFormat: () => '2.0',
    tableKeys: () => [{ name: 'id', type: 'string' }],
  };

  it.each<[object]>([
    [sqs({ body: { kind: [{ prefix: 'order-' }] }, messageAttributes: { tenant: { stringValue: ['a'] } } })],
    [sqs({ body: ['start'] }, { body: ['stop'] })],
    [sqs({ body: { orderId: [{ exists: false }] } })],
    [kinesis({ data: { total: [{ numeric: ['>', 5] }] }, partitionKey: ['eu-1'], awsRegion: ['eu-west-1'] })],
    [kinesis({ data: ['text'] })],
    [dynamo({ eventName: ['REMOVE'], dynamodb: { OldImage: { status: { S: ['paid'] } } } })],
    [bus({ source: [{ 'anything-but': ['x'] }], detail: { $or: [{ a: [1] }, { b: [2] }] } })],
    [sns({ kind: ['gift'], count: [3] })],
    [sns({ order: { kind: [{ suffix: 'ed' }] } }, 'MessageBody')],
  ])('is let through: %j', (written) => {
    const [event] = events(written);
    if (event === undefined) throw new Error('no event');
    const sample = sampleEvent(event, context);
    expect(deliveryNote([event], sample)).toBeUndefined();
    // It is an event that the filter is asked about.
    expect(
      deliveryNote(
        events(
          sqs({ body: ['never'] }),
          kinesis({ data: ['never'] }),
          dynamo({ eventName: ['never'] }),
          bus({ source: ['never'] }),
          sns({ never: ['x'] }),
        ),
        sample,
      ),
    ).toBeDefined();
  });
});
