import { type EventPage, lastPart, listensTo, plain } from '../event-page';
import type { sns } from './schema';

export const page: EventPage<typeof sns> = {
  label: ({ snsTopicName, snsTopicArn }) => lastPart(snsTopicName ?? snsTopicArn),
  box: ({ snsTopicName, snsTopicArn, filterPolicy }, context) => ({
    ...listensTo(
      'Topic',
      snsTopicName ?? snsTopicArn,
      context,
      context.argument('aws_sns_topic_subscription', 'topic_arn'),
    ),
    detail: [plain(filterPolicy === undefined ? 'every message' : 'messages that match its filter')],
  }),
};
