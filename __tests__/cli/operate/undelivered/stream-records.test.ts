import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AwsFault } from '../../../../cli/operate/aws/fault';
import type { Deployment } from '../../../../cli/operate/deployment';
import type { StreamBatch } from '../../../../cli/operate/undelivered/entry';
import { streamEvent } from '../../../../cli/operate/undelivered/stream-records';
import { identity } from '../../../../modules/orchestration/trigger/identity';
import { arn, deployment } from './made-messages';

/* A server of this test answers in the form of the services' JSON protocols. Nothing here was recorded from AWS. */

let server: Server;
let answers: { readonly status?: number; readonly body: unknown }[] = [];
let asked: { readonly target: string; readonly body: { readonly [name: string]: unknown } }[] = [];

beforeAll(async () => {
  server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    asked.push({ target: String(request.headers['x-amz-target']), body: JSON.parse(Buffer.concat(chunks).toString()) });
    const { status = 200, body } = answers.shift() ?? { status: 500, body: {} };
    response.writeHead(status).end(JSON.stringify(body));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  process.env.AWS_ENDPOINT_URL_KINESIS = endpoint;
  process.env.AWS_ENDPOINT_URL_DYNAMODB_STREAMS = endpoint;
});

afterAll(async () => {
  delete process.env.AWS_ENDPOINT_URL_KINESIS;
  delete process.env.AWS_ENDPOINT_URL_DYNAMODB_STREAMS;
  server.closeAllConnections();
  await new Promise((closed) => server.close(closed));
});

beforeEach(() => {
  asked = [];
});

const credentials = async () => ({ accessKeyId: 'a', secretAccessKey: 'b' });
const stack = Object.assign(deployment(), { clients: { sqs: { config: { credentials } } } }) as unknown as Deployment;
const batch = (given: Partial<StreamBatch> = {}): StreamBatch => ({
  stream: 'kinesis',
  streamArn: arn('kinesis', 'stream/clicks'),
  shardId: 'shardId-0',
  startSequenceNumber: '100000000000000000001',
  endSequenceNumber: '100000000000000000003',
  batchSize: 2,
  ...given,
});
const iterator = { body: { ShardIterator: 'i0' } };
const record = (number: string) => ({
  SequenceNumber: number,
  ApproximateArrivalTimestamp: 1764165600.04,
  PartitionKey: 'k',
  Data: 'aGVsbG8=',
});

it('reads the records of a Kinesis batch as Lambda delivers them, over several pages', async () => {
  answers = [
    iterator,
    { body: { Records: [record('100000000000000000001')], NextShardIterator: 'i1', MillisBehindLatest: 5 } },
    { body: { Records: [], NextShardIterator: 'i2', MillisBehindLatest: 5 } },
    { body: { Records: [record('100000000000000000003'), record('100000000000000000004')], NextShardIterator: 'i3' } },
  ];
  const event = JSON.parse(await streamEvent(stack, batch()));
  expect(event.Records).toHaveLength(2);
  // The form of https://docs.aws.amazon.com/lambda/latest/dg/with-kinesis.html, except the function's role.
  expect(event.Records[0]).toEqual({
    kinesis: {
      kinesisSchemaVersion: '1.0',
      partitionKey: 'k',
      sequenceNumber: '100000000000000000001',
      data: 'aGVsbG8=',
      approximateArrivalTimestamp: 1764165600.04,
    },
    eventSource: 'aws:kinesis',
    eventVersion: '1.0',
    eventID: 'shardId-0:100000000000000000001',
    eventName: 'aws:kinesis:record',
    awsRegion: 'eu-west-1',
    eventSourceARN: arn('kinesis', 'stream/clicks'),
  });
  expect(identity(event, { awsRequestId: '' }).kind).toBe('kinesis');
  expect(asked.map(({ target }) => target.split('.')[1])).toEqual(['GetShardIterator', ...Array(3).fill('GetRecords')]);
  expect(asked[0]?.body).toEqual({
    StreamARN: arn('kinesis', 'stream/clicks'),
    StreamName: 'clicks',
    ShardId: 'shardId-0',
    ShardIteratorType: 'AT_SEQUENCE_NUMBER',
    StartingSequenceNumber: '100000000000000000001',
  });
});

it("reads the stream of a consumer, and keeps the consumer's ARN in the event", async () => {
  answers = [iterator, { body: { Records: [record('100000000000000000001'), record('100000000000000000003')] } }];
  const streamArn = arn('kinesis', 'stream/clicks/consumer/reports:1700000000');
  const event = JSON.parse(await streamEvent(stack, batch({ streamArn })));
  expect(asked[0]?.body.StreamARN).toBe(arn('kinesis', 'stream/clicks'));
  expect(event.Records[0].eventSourceARN).toBe(streamArn);
});

it('reads the records of a DynamoDB batch, byte for byte', async () => {
  const streamArn = arn('dynamodb', 'table/t/stream/2026-01-01T00:00:00.000');
  const change = {
    eventID: 'e1',
    eventName: 'INSERT',
    eventVersion: '1.1',
    eventSource: 'aws:dynamodb',
    awsRegion: 'eu-west-1',
    dynamodb: {
      ApproximateCreationDateTime: 1764165600,
      Keys: { id: { B: 'AQI=' } },
      SequenceNumber: '5',
      SizeBytes: 9,
    },
  };
  answers = [iterator, { body: { Records: [change] } }];
  const given = {
    stream: 'dynamodb',
    streamArn,
    startSequenceNumber: '5',
    endSequenceNumber: '5',
    batchSize: 1,
  } as const;
  expect(JSON.parse(await streamEvent(stack, batch(given)))).toEqual({
    Records: [{ ...change, eventSourceARN: streamArn }],
  });
  expect(asked[0]?.target).toBe('DynamoDBStreams_20120810.GetShardIterator');
  expect(asked[0]?.body).toEqual({
    StreamArn: streamArn,
    ShardId: 'shardId-0',
    ShardIteratorType: 'AT_SEQUENCE_NUMBER',
    SequenceNumber: '5',
  });
});

it.each([
  ['the first is gone', [iterator, { body: { Records: [record('100000000000000000003')] } }]],
  ['all are gone', [iterator, { body: { Records: [], MillisBehindLatest: 0, NextShardIterator: 'i' } }]],
  ['the shard is closed and empty', [iterator, { body: { Records: [], NextShardIterator: null } }]],
  ['only later ones are left', [iterator, { body: { Records: [record('100000000000000000009')] } }]],
  ['the position is trimmed', [{ status: 400, body: { __type: 'x#TrimmedDataAccessException', message: 'trimmed' } }]],
])('says that records have expired: %s', async (_, given) => {
  answers = [...given];
  await expect(streamEvent(stack, batch())).rejects.toThrow(
    /The stream no longer has the 2 records .* they have expired/,
  );
});

it('does not start a run with records of other batches', async () => {
  answers = [
    iterator,
    { body: { Records: ['1', '2', '3'].map((end) => record(`10000000000000000000${end}`)), MillisBehindLatest: 0 } },
  ];
  await expect(streamEvent(stack, batch())).rejects.toThrow(
    /has 3 records in the place of these 2: with parallelizationFactor/,
  );
});

it('names a missing permission', async () => {
  answers = [{ status: 400, body: { __type: 'AccessDeniedException', message: 'no' } }];
  const result = streamEvent(stack, batch());
  await expect(result).rejects.toBeInstanceOf(AwsFault);
  await expect(result).rejects.toThrow(/do not allow kinesis:GetShardIterator in eu-west-1/);
});

it('waits if it is throttled', async () => {
  const throttled = { status: 400, body: { __type: 'ProvisionedThroughputExceededException', message: 'slow' } };
  answers = [
    iterator,
    throttled,
    { body: { Records: [record('100000000000000000001'), record('100000000000000000003')] } },
  ];
  await expect(streamEvent(stack, batch())).resolves.toContain('"aws:kinesis"');
});
