import { type EventPage, lastPart, mappedBox } from '../event-page';
import type { sqs } from './schema';

export const page: EventPage<typeof sqs> = {
  label: ({ sqsQueueName, sqsQueueArn }) => lastPart(sqsQueueName ?? sqsQueueArn),
  box: ({ sqsQueueName, sqsQueueArn }, context) => mappedBox('Queue', sqsQueueName ?? sqsQueueArn, 'message', context),
};
