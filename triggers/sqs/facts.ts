import { type EventFacts, keys, RECORDS } from '../event-facts';

export const facts: EventFacts = {
  kinds: [
    {
      kind: 'sqs',
      noun: 'messages of an SQS queue',
      names: { one: 'Its messageId names the run.', several: 'The messageIds of its {count} messages name the run.' },
    },
  ],
  keys: keys(
    ...RECORDS,
    ['Records[].messageId', 'string', 'ID of the message. The IDs of the batch name the run'],
    ['Records[].receiptHandle', 'string', 'With it the message is deleted'],
    ['Records[].body', 'string', 'The message, as a string. JSON in it has escaped quotes'],
    ['Records[].attributes', 'object', 'What Amazon SQS knows of the message'],
    ['Records[].attributes.ApproximateReceiveCount?', 'string', 'How often the message was delivered'],
    ['Records[].attributes.SentTimestamp?', 'string', 'When it was sent, in milliseconds since 1970'],
    ['Records[].attributes.SenderId?', 'string', 'Who sent it'],
    ['Records[].attributes.MessageGroupId?', 'string', 'Group of the message in a FIFO queue'],
    ['Records[].attributes.MessageDeduplicationId?', 'string', 'Deduplication ID of the message in a FIFO queue'],
    ['Records[].attributes.SequenceNumber?', 'string', 'Position of the message in a FIFO queue'],
    ['Records[].messageAttributes', 'object', 'Attributes that the sender gave the message'],
    ['Records[].md5OfBody', 'string', 'MD5 of the body. Nothing checks it here'],
    ['Records[].eventSource', 'string', 'Says what the event is: "aws:sqs"'],
    ['Records[].eventSourceARN', 'string', 'ARN of the queue'],
    ['Records[].awsRegion', 'string', 'AWS Region of the queue'],
  ),
};
