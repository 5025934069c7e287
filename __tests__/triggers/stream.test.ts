import { dynamoDbStream } from '../../triggers/dynamo-db-stream/schema';
import { kinesisStream } from '../../triggers/kinesis-stream/schema';
import { problemsWith, tokens } from '../stack-config/samples';

const TABLE = 'arn:aws:dynamodb:eu-west-1:123456789012:table/orders';
const TABLE_STREAM = `${TABLE}/stream/2026-01-01T00:00:00.000`;
const STREAM = 'arn:aws:kinesis:eu-west-1:123456789012:stream/clicks';
const CONSUMER = `${STREAM}/consumer/reports:1700000000`;
const QUEUE = 'arn:aws:sqs:eu-west-1:123456789012:dead';

const kinesis = (properties: object) => problemsWith(kinesisStream, { type: 'kinesis-stream', properties });
const dynamo = (properties: object) => problemsWith(dynamoDbStream, { type: 'dynamo-db-stream', properties });

describe('a kinesis-stream event', () => {
  it('reads batches of up to 10 records from the oldest on', () => {
    const properties = { kinesisStreamName: 'clicks' };
    expect(kinesisStream.parse({ type: 'kinesis-stream', properties }).properties).toEqual({
      kinesisStreamName: 'clicks',
      batchSize: 10,
      startingPosition: 'TRIM_HORIZON',
    });
  });

  it.each([
    { streamArn: STREAM },
    { streamArn: "$ResourceParam('clicks', 'arn')" },
    { streamArn: tokens().TEXT },
    { kinesisStreamName: 'clicks', consumerArn: CONSUMER },
    { kinesisStreamName: 'clicks', consumerArn: CONSUMER, autoCreateConsumer: false },
    { kinesisStreamName: 'clicks', autoCreateConsumer: true },
    { kinesisStreamName: 'clicks', batchSize: 10_000 },
    {
      kinesisStreamName: 'clicks',
      startingPosition: 'AT_TIMESTAMP',
      startingPositionTimestamp: '2026-03-01T00:00:00Z',
    },
    { kinesisStreamName: 'clicks', startingPosition: 'AT_TIMESTAMP', startingPositionTimestamp: tokens().TEXT },
  ])('takes %j', (properties) => {
    expect(kinesis(properties)).toEqual([]);
  });

  it.each([
    [{}, 'properties', 'add kinesisStreamName or streamArn'],
    [{ kinesisStreamName: 'a', streamArn: STREAM }, 'properties', 'keep kinesisStreamName and remove streamArn'],
    [{ streamArn: 'clicks' }, 'properties.streamArn', `write an ARN such as ${STREAM}`],
    [
      { kinesisStreamName: 'clicks', consumerArn: STREAM },
      'properties.consumerArn',
      `write an ARN such as ${CONSUMER}`,
    ],
    [
      { kinesisStreamName: 'clicks', consumerArn: CONSUMER, autoCreateConsumer: true },
      'properties.autoCreateConsumer',
      'remove autoCreateConsumer',
    ],
    [{ kinesisStreamName: 'clicks', batchSize: 10_001 }, 'properties.batchSize', 'use 10000'],
    [
      { kinesisStreamName: 'clicks', startingPosition: 'AT_TIMESTAMP' },
      'properties.startingPositionTimestamp',
      'add it, such as startingPositionTimestamp: 2026-03-01T00:00:00Z',
    ],
    [
      { kinesisStreamName: 'clicks', startingPositionTimestamp: '2026-03-01T00:00:00Z' },
      'properties.startingPosition',
      'write startingPosition: AT_TIMESTAMP, or remove startingPositionTimestamp',
    ],
    [
      { kinesisStreamName: 'clicks', startingPosition: 'LATEST', startingPositionTimestamp: '2026-03-01T00:00:00Z' },
      'properties.startingPosition',
      'write startingPosition: AT_TIMESTAMP, or remove startingPositionTimestamp',
    ],
    [
      { kinesisStreamName: 'clicks', startingPosition: 'AT_TIMESTAMP', startingPositionTimestamp: '2026-03-01' },
      'properties.startingPositionTimestamp',
      'write 2026-03-01T00:00:00Z, which is in UTC',
    ],
  ])('refuses %j', (properties, path, fix) => {
    expect(kinesis(properties)).toEqual([expect.objectContaining({ path, fix })]);
  });
});

describe('a dynamo-db-stream event', () => {
  it('reads batches of up to 100 records from the oldest on', () => {
    const properties = { streamArn: TABLE_STREAM };
    expect(dynamoDbStream.parse({ type: 'dynamo-db-stream', properties }).properties).toEqual({
      streamArn: TABLE_STREAM,
      batchSize: 100,
      startingPosition: 'TRIM_HORIZON',
    });
  });

  it.each([{ streamArn: "$ResourceParam('orders', 'streamArn')" }, { streamArn: tokens().TEXT, batchSize: 1000 }])(
    'takes %j',
    (properties) => {
      expect(dynamo(properties)).toEqual([]);
    },
  );

  it.each([
    [{}, 'properties.streamArn', 'add it: it is required'],
    [
      { streamArn: TABLE },
      'properties.streamArn',
      "use the stream's ARN, which goes on with /stream/ and the time at which it was made",
    ],
    [
      { streamArn: 'orders' },
      'properties.streamArn',
      `write $ResourceParam('myTable', 'streamArn') or an ARN such as ${TABLE_STREAM}`,
    ],
    [{ streamArn: TABLE_STREAM, batchSize: 1001 }, 'properties.batchSize', 'use 1000'],
    [{ streamArn: TABLE_STREAM, startingPosition: 'AT_TIMESTAMP' }, 'properties.startingPosition', 'use one of these'],
    [{ streamArn: TABLE_STREAM, tableName: 'orders' }, 'properties.tableName', 'remove it'],
  ])('refuses %j', (properties, path, fix) => {
    expect(dynamo(properties)).toEqual([expect.objectContaining({ path, fix })]);
  });
});

describe.each([
  ['kinesis-stream', (more: object) => kinesis({ kinesisStreamName: 'clicks', ...more })],
  ['dynamo-db-stream', (more: object) => dynamo({ streamArn: TABLE_STREAM, ...more })],
])('what both streams have, of a %s event', (_, problems) => {
  it.each([
    { maxBatchWindowSeconds: 0 },
    { maxBatchWindowSeconds: 300 },
    { startingPosition: 'LATEST' },
    { maximumRetryAttempts: 0 },
    { maximumRetryAttempts: 10_000 },
    { parallelizationFactor: 10 },
    { bisectBatchOnFunctionError: true },
    { onFailure: { arn: QUEUE, type: 'sqs' } },
    { onFailure: { arn: 'arn:aws:sns:eu-west-1:123456789012:dead', type: 'sns' } },
    { onFailure: { arn: "$ResourceParam('dead', 'arn')", type: 'sns' } },
    { onFailure: { arn: tokens().TEXT, type: 'sns' } },
  ])('takes %j', (properties) => {
    expect(problems(properties)).toEqual([]);
  });

  it.each([
    [{ maxBatchWindowSeconds: 301 }, 'properties.maxBatchWindowSeconds', 'use 300'],
    [{ startingPosition: 'LATEST ' }, 'properties.startingPosition', 'did you mean "LATEST"?'],
    [{ maximumRetryAttempts: -1 }, 'properties.maximumRetryAttempts', 'use 0'],
    [{ maximumRetryAttempts: 10_001 }, 'properties.maximumRetryAttempts', 'use 10000'],
    [{ parallelizationFactor: 0 }, 'properties.parallelizationFactor', 'use 1'],
    [{ parallelizationFactor: 11 }, 'properties.parallelizationFactor', 'use 10'],
    [{ bisectBatchOnFunctionError: 'true' }, 'properties.bisectBatchOnFunctionError', 'write true without quotes'],
    [{ onFailure: { arn: QUEUE, type: 'sns' } }, 'properties.onFailure.type', "write type: 'sqs'"],
    [{ onFailure: { arn: QUEUE } }, 'properties.onFailure.type', 'add it: it is required'],
    [
      { onFailure: { arn: `${QUEUE}.fifo`, type: 'sqs' } },
      'properties.onFailure.arn',
      'use a standard queue or topic: Lambda sends to no FIFO one here',
    ],
    [
      { onFailure: { arn: 'dead', type: 'sqs' } },
      'properties.onFailure.arn',
      'write an ARN such as arn:aws:sqs:eu-west-1:123456789012:given-up',
    ],
  ])('refuses %j', (properties, path, fix) => {
    expect(problems(properties)).toEqual([expect.objectContaining({ path, fix })]);
  });
});
