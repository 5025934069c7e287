import type { SQSRecord } from 'aws-lambda';
import fc from 'fast-check';
import { type Identity, identity } from '../../../modules/orchestration/trigger/identity';
import { asObject } from '../../../modules/orchestration/trigger/json';
import * as events from './events';

const invocation = { awsRequestId: 'invocation-1' };
const of = (event: unknown): Identity => identity(event, invocation);
const again = (event: unknown): Identity => identity(event, { awsRequestId: 'invocation-2' });

describe('kind', () => {
  test.each<[string, unknown]>([
    ['http-api', events.httpApiV1()],
    ['http-api', events.httpApiV2()],
    ['alb', events.alb()],
    ['alb', events.albMultiValue()],
    ['sqs', events.sqs(['m1'])],
    ['sns', events.sns('m1')],
    ['kinesis', events.kinesis(['shardId-000000000006:4959'])],
    ['dynamodb', events.dynamoDb(['c4ca4238a0b923820dcc509a6f75849b'])],
    ['s3', events.s3()],
    ['eventbridge', events.eventBridge('53dc4d37-cffa-4f76-80c9-8b7d4a4d2eaa')],
    [
      'logs',
      events.cloudWatchLogs(
        'H4sIAAAAAAAAAHWPwQqCQBCGX0Xm7EFtK+smZBEUgXoLCdMhFtKV3akI8d0bLYmibvPPN3wz00CJxmQnTO41whwWQRIctmEcB6sQbFC3CjW3XW8kxpOpP',
      ),
    ],
  ])('%s: the same for another invocation', (kind, event) => {
    expect(of(event).kind).toBe(kind);
    expect(again(event)).toEqual(of(event));
  });

  test.each<[string, unknown]>([
    ['custom input', { any: 'input' }],
    ['null', null],
    ['a string', 'text'],
    ['an array', [events.sqs(['m1'])]],
    ['no records', { Records: [] }],
    ['records of an unknown source', { Records: [{ eventSource: 'aws:ses', messageId: 'm1' }] }],
    ['records that are not objects', { Records: ['m1'] }],
    ['a record without its id', { Records: [...events.sqs(['m1']).Records, { eventSource: 'aws:sqs' }] }],
    ['an S3 record without a key', { Records: [{ eventSource: 'aws:s3', s3: { bucket: { name: 'b' } } }] }],
    ['an event without a source', { id: 'x', 'detail-type': 'y' }],
    ['a load balancer request without a trace', events.albHealthCheck()],
    ['a request context of neither gateway', { httpMethod: 'GET', requestContext: { stage: 'x' } }],
  ])("invocation: %s has Lambda's request id", (_name, event) => {
    expect(of(event)).toEqual({ kind: 'invocation', parts: ['invocation-1'] });
    expect(again(event)).not.toEqual(of(event));
  });
});

describe('web requests', () => {
  test('are distinguished by the id that the gateway assigns', () => {
    expect(of(events.httpApiV2({ requestId: 'a' }))).not.toEqual(of(events.httpApiV2({ requestId: 'b' })));
    expect(of(events.alb({ 'x-amzn-trace-id': 'Root=1-a' }))).not.toEqual(
      of(events.alb({ 'x-amzn-trace-id': 'Root=1-b' })),
    );
    // The client's own trace goes through the balancer, which then adds a field that is new each time.
    const traced = (self: string) => of(events.alb({ 'x-amzn-trace-id': `Self=1-${self};Root=1-client` }));
    expect(traced('a')).not.toEqual(traced('b'));
  });

  test.each<[string, (key: string, id: string) => unknown]>([
    ['HTTP API 1.0', (key, requestId) => events.httpApiV1({ key, requestId })],
    ['HTTP API 2.0', (key, requestId) => events.httpApiV2({ key, requestId })],
    ['ALB', (key, id) => events.alb({ 'idempotency-key': key, 'x-amzn-trace-id': id })],
    ['ALB, multi-value', (key, id) => events.albMultiValue({ 'Idempotency-KEY': key, 'x-amzn-trace-id': id })],
  ])('%s: an Idempotency-Key, in any case, makes two requests one', (_name, request) => {
    expect(of(request('k1', 'a'))).toEqual(of(request('k1', 'b')));
    expect(of(request('k1', 'a'))).not.toEqual(of(request('k2', 'a')));
    expect(of(request('', 'a'))).not.toEqual(of(request('', 'b')));
  });

  test('both payload formats mean the same request', () => {
    expect(of(events.httpApiV1({ key: 'k' }))).toEqual(of(events.httpApiV2({ key: 'k' })));
    expect(of(events.httpApiV1({ requestId: 'r' }))).toEqual(of(events.httpApiV2({ requestId: 'r' })));
  });

  test('a key counts within its path, method, gateway and caller', () => {
    const request = (change: object, authorizer?: object) => {
      const event = events.httpApiV2({ key: 'k', ...change });
      return of({ ...event, requestContext: { ...event.requestContext, ...(authorizer ? { authorizer } : {}) } });
    };
    const jwt = (sub: string, iss = 'https://issuer') => ({ jwt: { claims: { sub, iss }, scopes: null } });
    const otherApi = events.httpApiV2({ key: 'k' });
    const identities = [
      request({}),
      request({ path: '/other' }),
      request({ method: 'PUT' }),
      request({}, jwt('ann')),
      request({}, jwt('bob')),
      request({}, jwt('ann', 'https://other-issuer')),
      request({}, { principalId: 'ann' }),
      request({}, { iam: { userArn: 'arn:aws:iam::123456789012:user/ann' } }),
      of({ ...otherApi, requestContext: { ...otherApi.requestContext, apiId: 'api2' } }),
      of(events.alb({ 'idempotency-key': 'k' })),
    ];
    expect(new Set(identities.map((one) => JSON.stringify(one))).size).toBe(identities.length);
    expect(request({}, jwt('ann'))).toEqual(request({}, jwt('ann')));
    const v1 = events.httpApiV1({ key: 'k' });
    const claims = { sub: 'ann', iss: 'https://issuer' };
    expect(of({ ...v1, requestContext: { ...v1.requestContext, authorizer: { claims } } })).toEqual(
      request({}, jwt('ann')),
    );
  });

  test('a key is never taken for a request id', () => {
    expect(of(events.httpApiV2({ key: 'same', requestId: 'x' }))).not.toEqual(
      of(events.httpApiV2({ requestId: 'same' })),
    );
  });
});

describe('events of EventBridge', () => {
  const replayed = (name: string) => ({ ...events.eventBridge('e1'), 'replay-name': name });

  test('are another event in each replay of an archive, and the same however often a replay delivers them', () => {
    const identities = [events.eventBridge('e1'), replayed('first'), replayed('second')].map(of);
    expect(new Set(identities.map(({ parts }) => JSON.stringify(parts))).size).toBe(3);
    expect(again(replayed('first'))).toEqual(of(replayed('first')));
  });

  test('are distinguished by their ids within one replay', () => {
    expect(of({ ...replayed('first'), id: 'e2' })).not.toEqual(of(replayed('first')));
  });
});

describe('records', () => {
  const ids = fc.uniqueArray(fc.string({ minLength: 1 }), { minLength: 1, maxLength: 10 });

  test('a batch is its messages, in any order and however often received', () => {
    fc.assert(
      fc.property(ids, fc.nat(1000), (messages, receiveCount) => {
        expect(of(events.sqs([...messages].reverse(), receiveCount))).toEqual(of(events.sqs(messages)));
      }),
    );
  });

  test.each([
    ['SQS', (batch: string[]) => events.sqs(batch)],
    ['Kinesis', (batch: string[]) => events.kinesis(batch)],
    ['DynamoDB', (batch: string[]) => events.dynamoDb(batch)],
  ])('%s: another set of records is another batch', (_name, event) => {
    fc.assert(
      fc.property(ids, ids, (one, other) => {
        fc.pre(JSON.stringify([...one].sort()) !== JSON.stringify([...other].sort()));
        expect(of(event(one))).not.toEqual(of(event(other)));
      }),
    );
  });

  test('equal sequence numbers of two streams are two records', () => {
    const batch = ['shardId-000000000000:1'];
    expect(of(events.kinesis(batch, 'orders'))).not.toEqual(of(events.kinesis(batch, 'payments')));
  });

  test('sources never share an identity, even with the same ids', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), (id) => {
        const all = [
          events.sqs([id]),
          events.sns(id),
          events.eventBridge(id),
          events.cloudWatchLogs(id),
          events.httpApiV2({ requestId: id }),
          events.alb({ 'x-amzn-trace-id': id }),
          events.kinesis([id]),
          events.dynamoDb([id]),
        ].map((event) => JSON.stringify(of(event)));
        expect(new Set([...all, JSON.stringify(identity({}, { awsRequestId: id }))]).size).toBe(all.length + 1);
      }),
    );
  });
});

describe('S3', () => {
  const created = (change: events.S3Change) => of(events.s3(change));

  test('two uploads of one key are two events', () => {
    expect(created({ sequencer: '1' })).not.toEqual(created({ sequencer: '2' }));
    expect(created({ versionId: 'v1' })).not.toEqual(created({ versionId: 'v2' }));
    expect(created({ versionId: 'null', sequencer: '1' })).not.toEqual(created({ versionId: 'null', sequencer: '2' }));
  });

  test('a version is one event, regardless of its other properties', () => {
    expect(created({ versionId: 'v1', sequencer: '1' })).toEqual(created({ versionId: 'v1', sequencer: '2' }));
  });

  test('bucket, key and event name distinguish events', () => {
    const identities = [
      created({}),
      created({ bucket: 'other' }),
      created({ key: 'other' }),
      created({ eventName: 'ObjectCreated:Copy' }),
      created({ eventName: 'ObjectRemoved:Delete' }),
    ];
    expect(new Set(identities.map((one) => JSON.stringify(one))).size).toBe(identities.length);
  });

  test('one version can be tagged twice', () => {
    const tagged = (eventTime: string) =>
      created({ eventName: 'ObjectTagging:Put', versionId: 'v1', sequencer: undefined, eventTime });
    expect(tagged('2024-09-03T19:37:27.192Z')).not.toEqual(tagged('2024-09-03T19:37:28.000Z'));
    expect(tagged('2024-09-03T19:37:27.192Z')).toEqual(tagged('2024-09-03T19:37:27.192Z'));
  });

  test('without version and sequencer, the time distinguishes events', () => {
    const at = (eventTime: string) => created({ sequencer: undefined, eventTime });
    expect(at('2024-09-03T19:37:27.192Z')).not.toEqual(at('2024-09-03T19:37:28.000Z'));
  });
});

it('reads only what a source sends, as the compiler checks', () => {
  const record = asObject<SQSRecord>({ messageId: '1' });
  expect(record?.messageId).toBe('1');
  // @ts-expect-error Amazon SQS sends a messageId.
  expect(record?.messageID).toBeUndefined();
});
