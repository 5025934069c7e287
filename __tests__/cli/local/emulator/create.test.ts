import { createBucket, createOnce, createResource, isCreatable } from '../../../../cli/local/emulator/create';
import type { EmulatorCall } from '../../../../cli/local/emulator/emulator';
import { StartError } from '../../../../modules/orchestration/trigger/start-error';

const mock = { call: jest.fn() };
jest.mock('../../../../cli/local/emulator/emulator', () => ({
  ...jest.requireActual('../../../../cli/local/emulator/emulator'),
  callEmulator: (...words: unknown[]) => mock.call(...words),
}));

const EMULATOR = {
  endpoint: 'http://127.0.0.1:5000',
  region: 'eu-west-1',
  account: '1',
  credentials: { accessKeyId: 'a', secretAccessKey: 'b', sessionToken: undefined },
};

beforeEach(() => mock.call.mockReset().mockResolvedValue(''));

const create = (terraformType: string | undefined, given?: object, existingName?: string) =>
  createResource(EMULATOR, {
    ...(terraformType !== undefined && { terraformType }),
    ...(given !== undefined && { arguments: given as { [argument: string]: unknown } }),
    ...(existingName !== undefined && { existingName }),
  });

/** The call that creates a resource, with its parsed body. */
async function called(terraformType: string, given: object) {
  await create(terraformType, given);
  const [[, call]] = mock.call.mock.calls as [[unknown, EmulatorCall]];
  const { service, headers = {}, body, ...rest } = call;
  const isForm = headers['content-type'] === 'application/x-www-form-urlencoded';
  return {
    service,
    target: headers['x-amz-target'],
    body: isForm ? Object.fromEntries(new URLSearchParams(body)) : body.startsWith('{') ? JSON.parse(body) : body,
    ...rest,
  };
}

it.each([
  ['aws_s3_bucket', true],
  ['aws_sqs_queue', true],
  ['aws_sns_topic', true],
  ['aws_dynamodb_table', true],
  ['aws_kinesis_stream', true],
  ['aws_cloudwatch_event_bus', true],
  ['aws_lambda_function', false],
  ['toString', false],
])('%s can be created: %s', (type, expected) => {
  expect(isCreatable(type)).toBe(expected);
});

describe('a name', () => {
  it.each([
    [{ name: 'a', bucket: 'b' }, undefined, 'a'],
    [{ bucket: 'b', bucket_prefix: 'c-' }, undefined, 'b'],
    [{ bucket_prefix: 'c--' }, undefined, 'c'],
    [{ name: 1 }, 'd', 'd'],
    [{ bucket_prefix: 1 }, 'd', 'd'],
    [undefined, 'd', 'd'],
  ])('of %j and the existing one %s', async (given, existingName, expected) => {
    expect(await create('aws_s3_bucket', given, existingName)).toEqual({ name: expected });
  });

  it.each([undefined, {}, { name: 1 }])('is needed, and not in %j', async (given) => {
    expect(await create('aws_s3_bucket', given)).toEqual({ problem: 'the config does not tell its name' });
    expect(mock.call).not.toHaveBeenCalled();
  });
});

it.each([undefined, 'aws_lambda_function'])('of the type %s, nothing is created', async (type) => {
  expect(await create(type, { name: 'a' })).toEqual({ problem: 'no emulator is asked for resources of this type' });
});

it('of an existing table the keys are not known', async () => {
  expect(await create('aws_dynamodb_table', undefined, 'a')).toEqual({
    problem: 'the config does not tell the keys of an existing table',
  });
  expect(await create('aws_sqs_queue', undefined, 'a')).toEqual({ name: 'a' });
});

it.each([
  ['us-east-1', ''],
  [
    'eu-west-1',
    '<CreateBucketConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><LocationConstraint>eu-west-1</LocationConstraint></CreateBucketConfiguration>',
  ],
])('a bucket in %s', async (region, body) => {
  await createBucket({ ...EMULATOR, region }, 'a');
  expect(mock.call.mock.calls).toEqual([
    [
      { ...EMULATOR, region },
      { service: 's3', method: 'PUT', path: '/a', headers: { 'content-type': 'application/xml' }, body },
    ],
  ]);
});

it('a bucket of the stack is made in the same way', async () => {
  expect(await called('aws_s3_bucket', { bucket: 'a' })).toMatchObject({ service: 's3', method: 'PUT', path: '/a' });
});

it('a queue', async () => {
  const given = {
    visibility_timeout_seconds: 30,
    message_retention_seconds: 60,
    redrive_policy: '{}',
    content_based_deduplication: true,
  };
  expect(await called('aws_sqs_queue', { name: 'a', ...given })).toEqual({
    service: 'sqs',
    target: 'AmazonSQS.CreateQueue',
    body: {
      QueueName: 'a',
      Attributes: { VisibilityTimeout: '30', MessageRetentionPeriod: '60', RedrivePolicy: '{}' },
    },
  });
  expect(mock.call.mock.calls[0]?.[1].headers['content-type']).toBe('application/x-amz-json-1.0');
});

it.each([
  [{ content_based_deduplication: false }, { FifoQueue: 'true', ContentBasedDeduplication: 'false' }],
  [{}, { FifoQueue: 'true' }],
])('a FIFO queue with %j', async (given, Attributes) => {
  expect((await called('aws_sqs_queue', { name: 'a.fifo', ...given })).body).toEqual({
    QueueName: 'a.fifo',
    Attributes,
  });
});

it('a topic', async () => {
  expect(await called('aws_sns_topic', { name: 'a', content_based_deduplication: true })).toEqual({
    service: 'sns',
    target: undefined,
    body: { Action: 'CreateTopic', Version: '2010-03-31', Name: 'a' },
  });
});

it('a FIFO topic', async () => {
  expect((await called('aws_sns_topic', { name: 'a.fifo', content_based_deduplication: true })).body).toEqual({
    Action: 'CreateTopic',
    Version: '2010-03-31',
    Name: 'a.fifo',
    'Attributes.entry.1.key': 'FifoTopic',
    'Attributes.entry.1.value': 'true',
    'Attributes.entry.2.key': 'ContentBasedDeduplication',
    'Attributes.entry.2.value': 'true',
  });
});

it('an event bus', async () => {
  expect(await called('aws_cloudwatch_event_bus', { name: 'a' })).toEqual({
    service: 'events',
    target: 'AWSEvents.CreateEventBus',
    body: { Name: 'a' },
  });
});

it('a table with one key', async () => {
  const given = { hash_key: 'id', attribute: [{ name: 'id', type: 'S' }] };
  expect(await called('aws_dynamodb_table', { name: 'a', ...given })).toEqual({
    service: 'dynamodb',
    target: 'DynamoDB_20120810.CreateTable',
    body: {
      TableName: 'a',
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    },
  });
  expect(mock.call.mock.calls[0]?.[1].headers['content-type']).toBe('application/x-amz-json-1.0');
});

it('a table with everything', async () => {
  const { body } = await called('aws_dynamodb_table', {
    name: 'a',
    hash_key: 'id',
    range_key: 'at',
    stream_enabled: true,
    stream_view_type: 'NEW_IMAGE',
    global_secondary_index: [{ name: 'g', hash_key: 'x', range_key: 'y', projection_type: 'ALL' }],
    local_secondary_index: [{ name: 'l', range_key: 'z', projection_type: 'INCLUDE', non_key_attributes: ['p'] }],
  });
  expect(body).toEqual({
    TableName: 'a',
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [],
    KeySchema: [
      { AttributeName: 'id', KeyType: 'HASH' },
      { AttributeName: 'at', KeyType: 'RANGE' },
    ],
    GlobalSecondaryIndexes: [
      {
        IndexName: 'g',
        KeySchema: [
          { AttributeName: 'x', KeyType: 'HASH' },
          { AttributeName: 'y', KeyType: 'RANGE' },
        ],
        Projection: { ProjectionType: 'ALL' },
      },
    ],
    LocalSecondaryIndexes: [
      {
        IndexName: 'l',
        KeySchema: [
          { AttributeName: 'id', KeyType: 'HASH' },
          { AttributeName: 'z', KeyType: 'RANGE' },
        ],
        Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: ['p'] },
      },
    ],
    StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_IMAGE' },
  });
});

describe('a stream', () => {
  afterEach(() => jest.useRealTimers());

  const states = (...given: string[]) => {
    mock.call.mockResolvedValueOnce('');
    for (const state of given) mock.call.mockResolvedValueOnce(`{"StreamStatus": "${state}"}`);
  };

  it.each([
    [{}, { StreamModeDetails: { StreamMode: 'ON_DEMAND' } }],
    [{ shard_count: '2' }, { ShardCount: 2 }],
  ])('with %j', async (given, expected) => {
    states('ACTIVE');
    expect(await called('aws_kinesis_stream', { name: 'a', ...given })).toEqual({
      service: 'kinesis',
      target: 'Kinesis_20131202.CreateStream',
      body: { StreamName: 'a', ...expected },
    });
  });

  it('is waited for', async () => {
    jest.useFakeTimers();
    states('CREATING', 'CREATING');
    mock.call.mockResolvedValueOnce('{"StreamStatus":"ACTIVE"}');
    const created = create('aws_kinesis_stream', { name: 'a' });
    await jest.advanceTimersByTimeAsync(399);
    expect(mock.call).toHaveBeenCalledTimes(3);
    await jest.advanceTimersByTimeAsync(1);
    expect(await created).toEqual({ name: 'a' });
    expect(mock.call).toHaveBeenCalledTimes(4);
    const [, { headers, body }] = mock.call.mock.calls[3];
    expect([headers['x-amz-target'], body]).toEqual(['Kinesis_20131202.DescribeStreamSummary', '{"StreamName":"a"}']);
  });

  it('is waited for 30 seconds', async () => {
    jest.useFakeTimers();
    mock.call.mockResolvedValue('{"StreamStatus":"CREATING"}');
    const created = create('aws_kinesis_stream', { name: 'a' });
    const done = jest.fn();
    void created.then(done);
    await jest.advanceTimersByTimeAsync(29_900);
    expect(done).not.toHaveBeenCalled();
    await jest.advanceTimersByTimeAsync(300);
    expect(await created).toEqual({ name: 'a' });
  });
});

const refusal = (code: string) => new StartError(code, `${code} is said`, false);

it.each([
  'BucketAlreadyOwnedByYou',
  'BucketAlreadyExists',
  'QueueAlreadyExists',
  'QueueNameExists',
  'ResourceInUseException',
  'ResourceAlreadyExistsException',
  'ResourceExistsException',
  'ParameterAlreadyExists',
])('%s: it exists', async (code) => {
  mock.call.mockRejectedValueOnce(refusal(code));
  expect(await create('aws_sqs_queue', { name: 'a' })).toEqual({ name: 'a' });
});

it.each(['AccessDenied', 'XBucketAlreadyExists', 'BucketAlreadyExistsX'])('%s is a problem', async (code) => {
  mock.call.mockRejectedValueOnce(refusal(code));
  expect(await create('aws_sqs_queue', { name: 'a' })).toEqual({ problem: `${code} is said` });
});

it('an emulator that is gone ends it', async () => {
  const gone = Object.assign(refusal('Unreachable'), { cause: new Error('ECONNREFUSED') });
  mock.call.mockRejectedValue(gone);
  await expect(create('aws_sqs_queue', { name: 'a' })).rejects.toBe(gone);
});

it('another error is no sign that something exists', async () => {
  const error = Object.assign(new Error('BucketAlreadyExists'), { code: 'BucketAlreadyExists' });
  mock.call.mockRejectedValue(error);
  await expect(createOnce(EMULATOR, { service: 's3', body: '' })).rejects.toBe(error);
});
