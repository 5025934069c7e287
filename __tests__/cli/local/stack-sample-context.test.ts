import { stackSampleContext } from '../../../cli/local/stack-sample-context';
import type { Reference } from '../../../triggers/sample-context';

const RESOURCES = {
  api: { type: 'http-api-gateway', properties: { payloadFormat: '2.0' } },
  plain: { type: 'http-api-gateway', properties: {} },
  bare: { type: 'http-api-gateway' },
  one: { type: 'dynamo-db-table', properties: { primaryKey: { partitionKey: { name: 'a', type: 'number' } } } },
  two: {
    type: 'dynamo-db-table',
    properties: {
      primaryKey: { partitionKey: { name: 'a', type: 'number' }, sortKey: { name: 'b', type: 'binary' } },
    },
  },
  existing: { type: 'dynamo-db-table' },
  Topic: { type: 'sns-topic', properties: { payloadFormat: '2.0' } },
};
const NAMES: { readonly [construct: string]: object } = {
  api: { params: { name: '${known}' } },
  one: { params: { name: '${unknown}' } },
  two: { params: {} },
};

const context = () =>
  stackSampleContext(
    { node: { tryFindChild: (name: string) => NAMES[name] } } as unknown as Parameters<typeof stackSampleContext>[0],
    { stackName: 'reports', resources: RESOURCES } as unknown as Parameters<typeof stackSampleContext>[1],
    'etl',
    { region: 'eu-west-1', account: '1' } as Parameters<typeof stackSampleContext>[3],
    { now: () => new Date(0), uuid: () => 'id' },
    ((text: string) => text.replace('${known}', 'physical').replace('${unknown}', 'a-<id>')) as never,
  );

it('has the stack, job, time and place', () => {
  const { stackName, jobName, region, account, now, uuid, guesses } = context();
  expect({ stackName, jobName, region, account, now, id: uuid(), guesses }).toEqual({
    stackName: 'reports',
    jobName: 'etl',
    region: 'eu-west-1',
    account: '1',
    now: new Date(0),
    id: 'id',
    guesses: [],
  });
});

it.each<[Reference, string, string[]]>([
  [{ name: 'api' }, 'physical', []],
  [{ arn: "$ResourceParam('api', 'arn')" }, 'physical', []],
  [{ name: 'one' }, 'reports-one', ['one']],
  [{ name: 'two' }, 'reports-two', ['two']],
  [{ name: 'Topic' }, 'reports-topic', ['Topic']],
  [{ arn: 'arn:aws:dynamodb:eu-west-1:1:table/orders/stream/2026-01-01T00:00:00.000' }, 'orders', []],
  [{ arn: 'arn:aws:sqs:eu-west-1:1:queue' }, 'queue', []],
  [{ arn: 'arn:aws:kinesis:eu-west-1:1:stream/clicks' }, 'clicks', []],
  [{ arn: '${aws_sqs_queue.a.arn}' }, 'reports-sample', []],
])('the physical name of %j is %s', (given, expected, guesses) => {
  const made = context();
  expect([made.physicalName(given), made.guesses]).toEqual([expected, guesses]);
});

it.each([
  ['api', '2.0'],
  ['plain', '1.0'],
  ['bare', '1.0'],
  ['Topic', '1.0'],
  ['none', '1.0'],
])('requests of %s have the format %s', (gateway, expected) => {
  expect(context().payloadFormat(gateway)).toBe(expected);
});

it.each<[Reference, object[]]>([
  [{ name: 'one' }, [{ name: 'a', type: 'number' }]],
  [
    { arn: "$ResourceParam('two', 'streamArn')" },
    [
      { name: 'a', type: 'number' },
      { name: 'b', type: 'binary' },
    ],
  ],
  [{ name: 'existing' }, [{ name: 'id', type: 'string' }]],
  [{ name: 'api' }, [{ name: 'id', type: 'string' }]],
  [{ arn: 'arn:aws:dynamodb:eu-west-1:1:table/orders' }, [{ name: 'id', type: 'string' }]],
])('the keys of %j', (given, expected) => {
  expect(context().tableKeys(given)).toEqual(expected);
});
