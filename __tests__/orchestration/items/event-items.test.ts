import { eventItems, manifestAddress } from '../../../modules/orchestration/items/event-items';

const json = JSON.stringify;

it('has the items of a list, and the records of a batch', () => {
  expect(eventItems(json({ detail: { keys: ['a', { b: 1 }, 3] } }), '$.detail.keys')).toEqual(['"a"', '{"b":1}', '3']);
  expect(eventItems(json({ Records: [{ body: 'x' }, { body: 'y' }] }), 'records')).toEqual([
    '{"body":"x"}',
    '{"body":"y"}',
  ]);
  expect(eventItems('{"Records":[]}', 'records')).toEqual([]);
});

it('has the records of all partitions of Kafka', () => {
  const event = { records: { 'orders-0': [{ offset: 1 }, { offset: 2 }], 'orders-1': [{ offset: 7 }] } };
  expect(eventItems(json(event), 'records')).toEqual(['{"offset":1}', '{"offset":2}', '{"offset":7}']);
});

it.each([
  ['{"a":1}', '$.b', 'The event has no $.b: {"a":1}'],
  ['{"a":{"b":1}}', '$.a', '$.a of the event is no list: {"b":1}'],
  ['{"a":1}', 'records', 'The event has no Records, and no records of Kafka: {"a":1}'],
  ['{"records":{"a":1}}', 'records', 'The event has no Records, and no records of Kafka: {"records":{"a":1}}'],
  ['5', '$.a', 'The event has no $.a: 5'],
])('of %s at %s says what is missing', (event, items, message) => {
  expect(() => eventItems(event, items)).toThrow(expect.objectContaining({ name: 'ItemsNotFound', message }));
});

it('shows the beginning of a long event only', () => {
  expect(() => eventItems(json({ a: 'x'.repeat(9_999) }), '$.b')).toThrow(/^The event has no \$\.b: .{200}\.\.\.$/);
});

const onEventBridge = json({ detail: { bucket: { name: 'in' }, object: { key: 'a+b/ü.txt' } } });
const notification = json({ Records: [{ s3: { bucket: { name: 'in' }, object: { key: 'a+b/%C3%BC%2B.txt' } } }] });

it('finds a manifest by its key, as S3 writes it in either of its events', () => {
  expect(manifestAddress(onEventBridge, '$.detail.object.key', undefined)).toEqual({ bucket: 'in', key: 'a+b/ü.txt' });
  expect(manifestAddress(notification, '$.Records[0].s3.object.key', undefined)).toEqual({
    bucket: 'in',
    key: 'a b/ü+.txt',
  });
});

it('finds a manifest by the notification in a message, and says what is no key of one', () => {
  const message = json({ Records: [{ body: notification }] });
  const path = '$.Records[0].body.Records[0].s3.object.key';
  expect(manifestAddress(message, path, 'in')).toEqual({ bucket: 'in', key: 'a b/ü+.txt' });
  const broken = json({ Records: [{ s3: { bucket: { name: 'in' }, object: { key: 'a%zz' } } }] });
  expect(() => manifestAddress(broken, '$.Records[0].s3.object.key', undefined)).toThrow(
    expect.objectContaining({
      name: 'ItemsNotFound',
      message: '$.Records[0].s3.object.key of the event is no key as S3 encodes it: "a%zz"',
    }),
  );
});

it('takes the bucket from the value itself, from the config, or from the event', () => {
  const event = json({ list: 's3://lists/2026/a.txt', key: 'b.txt', where: 'other' });
  expect(manifestAddress(event, '$.list', 'reports')).toEqual({ bucket: 'lists', key: '2026/a.txt' });
  expect(manifestAddress(event, '$.key', 'reports')).toEqual({ bucket: 'reports', key: 'b.txt' });
  expect(manifestAddress(event, '$.key', '$.where')).toEqual({ bucket: 'other', key: 'b.txt' });
});

it.each([
  ['$.key', undefined, /^\$\.key of the event is a key without its bucket, .*Set bucket of forEach: /],
  ['$.none', undefined, /^The event has no \$\.none: /],
  ['$.number', undefined, /^\$\.number of the event is no text: 5$/],
  ['$.key', '$.none', /^The event has no \$\.none: /],
])('refuses %s with the bucket %s', (path, bucket, message) => {
  expect(() => manifestAddress('{"key":"a","number":5}', path, bucket)).toThrow(message);
});
