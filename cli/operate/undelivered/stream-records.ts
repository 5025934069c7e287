import { CommandFailure } from '../../command/reported-error';
import { AwsFault } from '../aws/fault';
import { sendSigned } from '../aws/signed-request';
import type { Deployment } from '../deployment';
import type { StreamBatch } from './entry';

/** The services' JSON protocols. Lambda passes records on as they are there, while an SDK would convert their bytes and dates. */
const SERVICES = {
  kinesis: { service: 'kinesis', target: 'Kinesis_20131202', type: 'application/x-amz-json-1.1' },
  dynamodb: { service: 'dynamodbStreams', target: 'DynamoDBStreams_20120810', type: 'application/x-amz-json-1.0' },
} as const;

/** Most pages that are read for a batch. A shard's pages can be empty between its records. */
const MOST_PAGES = 100;

/**
 * The event that Lambda makes of a batch of records, read again from the stream.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/kinesis-on-failure-destination.html
 * @throws CommandFailure if the stream no longer has all of the records, or not only those
 */
export async function streamEvent(deployment: Deployment, batch: StreamBatch): Promise<string> {
  const records = await recordsOf(deployment, batch);
  const { stream, streamArn, shardId, batchSize } = batch;
  if (records.length === 0 || sequenceOf(records[0]) !== batch.startSequenceNumber || records.length < batchSize) {
    throw new CommandFailure(
      `The stream no longer has the ${batchSize} records (${shardId}, from ${batch.startSequenceNumber}): they have expired.`,
    );
  }
  if (batchSize > 0 && records.length > batchSize) {
    throw new CommandFailure(
      `The stream has ${records.length} records in the place of these ${batchSize}: with parallelizationFactor, the others were in ` +
        'other batches, and have started runs.',
    );
  }
  const awsRegion = deployment.region;
  return JSON.stringify({
    Records: records.map((record) =>
      stream === 'kinesis'
        ? kinesisRecord(record as KinesisRecord, shardId, streamArn, awsRegion)
        : { ...record, eventSourceARN: streamArn },
    ),
  });
}

interface KinesisRecord {
  readonly SequenceNumber: string;
  readonly ApproximateArrivalTimestamp?: number;
  readonly PartitionKey: string;
  readonly Data: string;
}

interface DynamoDbRecord {
  readonly dynamodb?: { readonly SequenceNumber?: string };
}

type StreamRecord = KinesisRecord | DynamoDbRecord;

function sequenceOf(record: StreamRecord | undefined): string | undefined {
  if (record === undefined) return undefined;
  return 'SequenceNumber' in record ? record.SequenceNumber : (record as DynamoDbRecord).dynamodb?.SequenceNumber;
}

/** https://docs.aws.amazon.com/lambda/latest/dg/with-kinesis.html */
function kinesisRecord(record: KinesisRecord, shardId: string, streamArn: string, awsRegion: string) {
  return {
    kinesis: {
      kinesisSchemaVersion: '1.0',
      partitionKey: record.PartitionKey,
      sequenceNumber: record.SequenceNumber,
      data: record.Data,
      approximateArrivalTimestamp: record.ApproximateArrivalTimestamp,
    },
    eventSource: 'aws:kinesis',
    eventVersion: '1.0',
    eventID: `${shardId}:${record.SequenceNumber}`,
    eventName: 'aws:kinesis:record',
    awsRegion,
    eventSourceARN: streamArn,
  };
}

/** The records of the shard from the first to the last of a batch. */
async function recordsOf(deployment: Deployment, batch: StreamBatch): Promise<StreamRecord[]> {
  const { stream, streamArn, shardId, startSequenceNumber, endSequenceNumber } = batch;
  // A consumer's ARN is that of its stream and more.
  const StreamARN = streamArn.replace(/\/consumer\/.*$/, '');
  const position = { ShardId: shardId, ShardIteratorType: 'AT_SEQUENCE_NUMBER' };
  let iterator: string | null | undefined;
  try {
    ({ ShardIterator: iterator } = await ask<{ ShardIterator?: string }>(deployment, stream, 'GetShardIterator', {
      ...(stream === 'kinesis'
        ? { StreamARN, StreamName: StreamARN.split('/')[1], StartingSequenceNumber: startSequenceNumber }
        : { StreamArn: StreamARN, SequenceNumber: startSequenceNumber }),
      ...position,
    }));
  } catch (error) {
    if (error instanceof AwsFault && EXPIRED.has(error.code)) return [];
    throw error;
  }
  const last = BigInt(endSequenceNumber);
  const found: StreamRecord[] = [];
  for (let page = 0; iterator && page < MOST_PAGES; page++) {
    const answer: Page = await ask<Page>(deployment, stream, 'GetRecords', { ShardIterator: iterator });
    for (const record of answer.Records ?? []) {
      const sequence = BigInt(sequenceOf(record) ?? 0);
      if (sequence > last) return found;
      found.push(record);
      if (sequence === last) return found;
    }
    // At the end of an open shard, every further page is empty.
    if (answer.Records?.length === 0 && answer.MillisBehindLatest === 0) return found;
    iterator = answer.NextShardIterator;
  }
  return found;
}

interface Page {
  readonly Records?: readonly StreamRecord[];
  readonly NextShardIterator?: string | null;
  /** Kinesis only. */
  readonly MillisBehindLatest?: number;
}

const EXPIRED: ReadonlySet<string> = new Set([
  'ExpiredIteratorException',
  'InvalidArgumentException',
  'TrimmedDataAccessException',
]);

async function ask<Answer>(
  deployment: Deployment,
  stream: StreamBatch['stream'],
  action: 'GetShardIterator' | 'GetRecords',
  content: object,
): Promise<Answer> {
  const { service, target, type } = SERVICES[stream];
  const { region, clients } = deployment;
  const answer = await sendSigned({
    service,
    region,
    headers: { 'Content-Type': type, 'X-Amz-Target': `${target}.${action}` },
    body: JSON.stringify(content),
    credentials: () => clients.sqs.config.credentials(),
    action: `${stream}:${action}`,
  });
  return JSON.parse(answer) as Answer;
}
