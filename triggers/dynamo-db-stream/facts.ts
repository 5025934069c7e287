import { type EventFacts, keys, RECORDS, STREAM_NAMES } from '../event-facts';

export const facts: EventFacts = {
  shortName: 'dynamodb',
  kinds: [{ kind: 'dynamodb', noun: 'changes of a DynamoDB table', names: STREAM_NAMES }],
  keys: keys(
    ...RECORDS,
    ['Records[].eventID', 'string', 'ID of the change. With the ARN of the stream it names the run'],
    ['Records[].eventName', 'string', 'INSERT, MODIFY or REMOVE'],
    ['Records[].eventSource', 'string', 'Says what the event is: "aws:dynamodb"'],
    ['Records[].eventSourceARN', 'string', 'ARN of the stream'],
    ['Records[].awsRegion', 'string', 'AWS Region of the table'],
    ['Records[].dynamodb', 'object', 'The change'],
    ['Records[].dynamodb.Keys', 'object', 'Key of the item, such as {"id": {"S": "1001"}}'],
    ['Records[].dynamodb.NewImage?', 'object', 'The item after the change'],
    ['Records[].dynamodb.OldImage?', 'object', 'The item before the change'],
    ['Records[].dynamodb.SequenceNumber', 'string', 'Position of the change in the stream'],
    ['Records[].dynamodb.SizeBytes?', 'number', 'Size of the change in bytes'],
    ['Records[].dynamodb.StreamViewType?', 'string', 'What the stream has of each change'],
    ['Records[].dynamodb.ApproximateCreationDateTime?', 'number', 'When it was made, in seconds since 1970'],
  ),
};
