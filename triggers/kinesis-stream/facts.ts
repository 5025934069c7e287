import { type EventFacts, keys, RECORDS, STREAM_NAMES } from '../event-facts';

export const facts: EventFacts = {
  shortName: 'kinesis',
  kinds: [{ kind: 'kinesis', noun: 'records of a Kinesis stream', names: STREAM_NAMES }],
  keys: keys(
    ...RECORDS,
    ['Records[].kinesis', 'object', 'The record'],
    ['Records[].kinesis.partitionKey', 'string', 'Key that selects the shard'],
    ['Records[].kinesis.sequenceNumber', 'string', 'Position of the record in its shard'],
    ['Records[].kinesis.data', 'string', 'The record in Base64'],
    ['Records[].kinesis.approximateArrivalTimestamp', 'number', 'When it arrived, in seconds since 1970'],
    ['Records[].kinesis.kinesisSchemaVersion?', 'string', 'Version of the format'],
    ['Records[].eventID', 'string', 'Shard and position. With the ARN of the stream it names the run'],
    ['Records[].eventSource', 'string', 'Says what the event is: "aws:kinesis"'],
    ['Records[].eventName', 'string', '"aws:kinesis:record"'],
    ['Records[].eventSourceARN', 'string', 'ARN of the stream'],
    ['Records[].awsRegion', 'string', 'AWS Region of the stream'],
  ),
};
