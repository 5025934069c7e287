import type { EventVocabulary } from '../../modules/config/event-vocabulary';
import { meantByForeign } from '../../modules/config/foreign-names';

const EVENTS: EventVocabulary = {
  aliases: [
    ['kinesis-stream', 'streamArn', 'eventSourceArn'],
    ['dynamo-db-stream', 'streamArn', 'eventSourceArn tableArn'],
    ['sqs', 'sqsQueueArn', 'queueArn'],
  ],
  creates: () => [],
  override: () => undefined,
};
const STREAM = ['events', '[]', 'properties', 'streamArn'];

it('a name means the property of any source, for a value that is in no event', () => {
  expect(meantByForeign('tableArn', EVENTS)).toEqual([STREAM]);
  expect(meantByForeign('queue_arn', EVENTS)).toEqual([['events', '[]', 'properties', 'sqsQueueArn']]);
});

it('a name in an event means a property that its own source has under this name', () => {
  expect(meantByForeign('tableArn', EVENTS, 'dynamo-db-stream')).toEqual([STREAM]);
  expect(meantByForeign('tableArn', EVENTS, 'kinesis-stream')).toEqual([]);
  expect(meantByForeign('eventSourceArn', EVENTS, 'kinesis-stream')).toEqual([STREAM]);
});

it('a property of another source can be meant, too: the report says to which type it belongs', () => {
  expect(meantByForeign('queueArn', EVENTS, 'kinesis-stream')).toEqual([['events', '[]', 'properties', 'sqsQueueArn']]);
});
