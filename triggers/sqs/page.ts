import { type EventPage, lastPart, mappedBox } from '../event-page';
import { filtersAdvice } from '../filter-criteria';
import type { sqs } from './schema';

export const page: EventPage<typeof sqs> = {
  label: ({ sqsQueueName, sqsQueueArn }) => lastPart(sqsQueueName ?? sqsQueueArn),
  box: ({ sqsQueueName, sqsQueueArn }, context) => mappedBox('Queue', sqsQueueName ?? sqsQueueArn, 'message', context),
  advice: filtersAdvice,
};
