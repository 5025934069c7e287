import { type EventFacts, keys, RECORDS } from '../event-facts';

export const facts: EventFacts = {
  kinds: [{ kind: 'sns', noun: 'a message of an SNS topic', names: { one: 'Its Sns.MessageId names the run.' } }],
  keys: keys(
    ...RECORDS,
    ['Records[].EventSource', 'string', 'Says what the event is: "aws:sns"'],
    ['Records[].EventVersion', 'string', 'Version of the format'],
    ['Records[].EventSubscriptionArn', 'string', 'ARN of the subscription'],
    ['Records[].Sns', 'object', 'The message'],
    ['Records[].Sns.Type', 'string', '"Notification"'],
    ['Records[].Sns.MessageId', 'string', 'ID of the message. It names the run'],
    ['Records[].Sns.TopicArn', 'string', 'ARN of the topic'],
    ['Records[].Sns.Subject', ['string', 'null'], 'Subject that the sender gave the message'],
    ['Records[].Sns.Message', 'string', 'The message, as a string. JSON in it has escaped quotes'],
    ['Records[].Sns.Timestamp', 'string', 'When it was sent'],
    ['Records[].Sns.MessageAttributes', 'object', 'Attributes that the sender gave the message'],
  ),
};
