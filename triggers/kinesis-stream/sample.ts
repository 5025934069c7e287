import type { KinesisStreamEvent, KinesisStreamRecord } from 'aws-lambda';
import { partitionOf } from '../../modules/rules/partitions';
import type { SourceEvent } from '../event-schema';
import { contentText, samplePattern } from '../filter-criteria';
import { fitted } from '../patterns/sample';
import { arnOf, reference, type SampleContext } from '../sample-context';
import type { kinesisStream as schema } from './schema';

/** Prefix of a sequence number. */
const SEQUENCE = '4959033827149025660855969253836157109592157';

/** A batch of one record. @see https://docs.aws.amazon.com/lambda/latest/dg/with-kinesis.html */
export function kinesisStream({ properties }: SourceEvent<typeof schema>, context: SampleContext): KinesisStreamEvent {
  const { region, account, jobName, now } = context;
  const sequenceNumber = `${SEQUENCE}${now.getTime()}`;
  const given = reference(properties.kinesisStreamName, properties.streamArn);
  const kinesis = {
    kinesisSchemaVersion: '1.0',
    partitionKey: 'order-1001',
    sequenceNumber,
    data: { orderId: '1001' } as unknown,
    approximateArrivalTimestamp: now.getTime() / 1000,
  };
  const record = {
    eventSource: 'aws:kinesis',
    eventVersion: '1.0',
    eventID: `shardId-000000000000:${sequenceNumber}`,
    eventName: 'aws:kinesis:record',
    invokeIdentityArn: `arn:${partitionOf(region)}:iam::${account}:role/${jobName}-trigger`,
    awsRegion: region,
    eventSourceARN: arnOf(context, 'kinesis', given, (name) => `stream/${name}`),
  };
  // Filters see both as one object.
  const all = fitted({ ...kinesis, ...record }, samplePattern(properties.filterCriteria));
  const partOf = (part: object) => Object.fromEntries(Object.keys(part).map((key) => [key, all[key]]));
  const data = Buffer.from(contentText(all.data)).toString('base64');
  return { Records: [{ kinesis: { ...partOf(kinesis), data }, ...partOf(record) } as unknown as KinesisStreamRecord] };
}
