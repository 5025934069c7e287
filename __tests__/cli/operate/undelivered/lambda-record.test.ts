import type { Undelivered } from '../../../../cli/operate/undelivered/entry';
import type { Found } from '../../../../cli/operate/undelivered/found';
import { lambdaRecord } from '../../../../cli/operate/undelivered/lambda-record';
import type { Receiver } from '../../../../cli/operate/undelivered/receivers';

const FUNCTION = 'arn:aws:lambda:eu-west-1:123456789012:function:shop-import';
const LAST = new Date('2026-01-02T00:00:00Z');

/** What a message with a body says, if its function is the receiver. */
function read(body: object | undefined, receiver: Receiver = { job: 'import' }): Undelivered | undefined {
  return lambdaRecord({
    body,
    text: JSON.stringify(body),
    message: { MessageId: 'm' },
    shared: { last: LAST, bytes: 999 },
    receivers: { ofFunction: (arn: string) => (arn === FUNCTION ? receiver : {}) },
  } as unknown as Found);
}

const invocation = (more: object = {}) => ({
  requestContext: { functionArn: FUNCTION, requestId: 'r', condition: 'RetriesExhausted', approximateInvokeCount: 3 },
  requestPayload: {
    version: '0',
    id: 'e',
    source: 'my.app',
    'detail-type': 'd',
    detail: {},
    time: '2026-01-01T00:00:00Z',
  },
  timestamp: '2026-01-01T01:00:00Z',
  ...more,
});

const BATCH = {
  streamArn: 'arn:aws:kinesis:eu-west-1:123456789012:stream/s',
  shardId: 'shard-0',
  startSequenceNumber: '1',
  endSequenceNumber: '9',
  batchSize: 5,
  approximateArrivalOfFirstRecord: '2026-01-01T00:30:00Z',
};
const stream = (kind: 'KinesisBatchInfo' | 'DDBStreamBatchInfo', more: object = {}, context: object = {}) => ({
  requestContext: { functionArn: FUNCTION, condition: 'RetryAttemptsExhausted', ...context },
  [kind]: { ...BATCH, ...more },
});

it('an invocation has the event, when it happened and how often it was tried', () => {
  expect(read(invocation())).toMatchObject({
    jobs: ['import'],
    source: 'event-bus',
    reason: 'The function failed each time.',
    first: new Date('2026-01-01T00:00:00Z'),
    last: new Date('2026-01-01T01:00:00Z'),
    tries: 3,
    start: { kind: 'event', invocation: 'r', json: JSON.stringify(invocation().requestPayload) },
    bytes: JSON.stringify(invocation().requestPayload).length,
  });
});

it('the time of an event is that of its first record', () => {
  const at = '2026-01-01T00:10:00Z';
  expect(read(invocation({ requestPayload: { Records: [{ eventTime: at }] } }))?.first).toEqual(new Date(at));
  expect(read(invocation({ requestPayload: { Records: [{ Sns: { Timestamp: at } }] } }))?.first).toEqual(new Date(at));
  expect(read(invocation({ requestPayload: { a: 1 } }))).toMatchObject({ first: undefined, source: 'unknown' });
});

it('without its own time and ID, it has those of the message', () => {
  const { functionArn } = invocation().requestContext;
  expect(read(invocation({ requestContext: { functionArn }, timestamp: 'then' }))).toMatchObject({
    last: LAST,
    tries: undefined,
    reason: 'Lambda does not say why.',
    start: { invocation: 'm' },
  });
});

it.each([
  ['KinesisBatchInfo', 'kinesis', 'kinesis-stream'],
  ['DDBStreamBatchInfo', 'dynamodb', 'dynamo-db-stream'],
] as const)('a batch in %s has its place in the stream', (kind, name, source) => {
  const { approximateArrivalOfFirstRecord, ...place } = BATCH;
  expect(read(stream(kind))).toMatchObject({
    source,
    reason: 'The function failed each time; Lambda gave up 5 records, which only the stream has.',
    first: new Date(approximateArrivalOfFirstRecord),
    bytes: 999,
    start: { kind: 'records', batch: { stream: name, ...place } },
  });
});

it.each<[string, object | undefined]>([
  ['no body', undefined],
  ['nothing of it', {}],
  ['no context', { requestPayload: {} }],
  ['no function', { requestContext: {}, requestPayload: {} }],
  ['neither event nor batch', { requestContext: { functionArn: FUNCTION } }],
  ...['streamArn', 'shardId', 'startSequenceNumber', 'endSequenceNumber'].map((key): [string, object] => [
    `a batch without ${key}`,
    stream('KinesisBatchInfo', { [key]: '' }),
  ]),
])('what has %s is no record of Lambda', (_, body) => {
  expect(read(body)).toBeUndefined();
});

it.each<[Receiver, string]>([
  [{ other: 'the image builder' }, 'It is for the image builder (shop-import), and starts no job.'],
  [{}, 'Its function shop-import belongs to no job and no function of this config.'],
])('the event of %j starts nothing', (receiver, why) => {
  const entry = read(invocation(), receiver);
  expect(entry?.jobs).toStrictEqual([]);
  expect(entry).toMatchObject({ start: { kind: 'none', why: expect.stringContaining(why) } });
});

it.each([
  [{ errorType: 'Error', errorMessage: 'no\n  queue' }, 'no queue'],
  [{ errorType: 'StartError', errorMessage: 'no queue' }, 'no queue'],
  [{ errorMessage: 'no queue' }, 'no queue'],
  [{ errorType: 'TypeError', errorMessage: 'x is no function' }, 'TypeError: x is no function'],
  [{ errorType: 'TypeError' }, 'The function failed each time.'],
])('of %j the reason is %s', (responsePayload, reason) => {
  expect(read(invocation({ responsePayload }))).toMatchObject({ reason, error: responsePayload });
});

it.each([
  [
    'EventAgeExceeded',
    'Lambda could not invoke the function for 6 hours; Lambda gave up 1 record, which only the stream has.',
  ],
  ['RecordAgeExceeded', 'The records were too old; Lambda gave up 1 record, which only the stream has.'],
  ['MaxRecordAgeExceeded', 'The records were too old; Lambda gave up 1 record, which only the stream has.'],
  ['Another', 'Another; Lambda gave up 1 record, which only the stream has.'],
])('the condition %s in words', (condition, reason) => {
  expect(read(stream('KinesisBatchInfo', { batchSize: 1 }, { condition }))?.reason).toBe(reason);
});
