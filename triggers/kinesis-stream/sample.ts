import type { KinesisStreamEvent } from 'aws-lambda';
import { partitionOf } from '../../modules/rules/partitions';
import type { SourceEvent } from '../event-schema';
import { arnOf, reference, type SampleContext } from '../sample-context';
import type { kinesisStream as schema } from './schema';

/** Prefix of a sequence number. */
const SEQUENCE = '4959033827149025660855969253836157109592157';

/** A batch of one record. @see https://docs.aws.amazon.com/lambda/latest/dg/with-kinesis.html */
export function kinesisStream({ properties }: SourceEvent<typeof schema>, context: SampleContext): KinesisStreamEvent {
  const { region, account, jobName, now } = context;
  const sequenceNumber = `${SEQUENCE}${now.getTime()}`;
  const given = reference(properties.kinesisStreamName, properties.streamArn);
  return {
    Records: [
      {
        kinesis: {
          kinesisSchemaVersion: '1.0',
          partitionKey: 'order-1001',
          sequenceNumber,
          data: Buffer.from('{"orderId":"1001"}').toString('base64'),
          approximateArrivalTimestamp: now.getTime() / 1000,
        },
        eventSource: 'aws:kinesis',
        eventVersion: '1.0',
        eventID: `shardId-000000000000:${sequenceNumber}`,
        eventName: 'aws:kinesis:record',
        invokeIdentityArn: `arn:${partitionOf(region)}:iam::${account}:role/${jobName}-trigger`,
        awsRegion: region,
        eventSourceARN: arnOf(context, 'kinesis', given, (name) => `stream/${name}`),
      },
    ],
  };
}
