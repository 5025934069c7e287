import type { AttributeValue, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import type { SourceEvent } from '../event-schema';
import { samplePattern } from '../filter-criteria';
import { fitted } from '../patterns/sample';
import { arnOf, type SampleContext, type TableKey } from '../sample-context';
import type { dynamoDbStream as schema } from './schema';

/** A batch of one insertion. @see https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html */
export function dynamoDbStream(
  { properties }: SourceEvent<typeof schema>,
  context: SampleContext,
): DynamoDBStreamEvent {
  const { region, now } = context;
  const given = { arn: properties.streamArn };
  const keys = Object.fromEntries(context.tableKeys(given).map((key) => [key.name, sampleKey(key)]));
  const label = now.toISOString().replace('Z', '');
  const record = {
    eventID: context.uuid().replaceAll('-', ''),
    eventName: 'INSERT',
    eventVersion: '1.1',
    eventSource: 'aws:dynamodb',
    awsRegion: region,
    dynamodb: {
      ApproximateCreationDateTime: Math.floor(now.getTime() / 1000),
      Keys: keys,
      NewImage: { ...keys, status: { S: 'new' } },
      SequenceNumber: '4421584500000000017450439091',
      SizeBytes: 26,
      StreamViewType: 'NEW_AND_OLD_IMAGES',
    },
    eventSourceARN: arnOf(context, 'dynamodb', given, (name) => `table/${name}/stream/${label}`),
  };
  return { Records: [fitted(record, samplePattern(properties.filterCriteria)) as DynamoDBRecord] };
}

function sampleKey({ type }: TableKey): AttributeValue {
  switch (type) {
    case 'number':
      return { N: '1001' };
    case 'binary':
      return { B: 'MTAwMQ==' };
    default:
      return { S: '1001' };
  }
}
