import type { SnsTopic } from '@cdktf/provider-aws/lib/sns-topic';
import type { Connection } from '../../access/connection';
import type { ArnTarget } from '../descriptor';
import type { TOPIC_PARAMS } from './schema';

type TopicTarget = ArnTarget<'sns-topic', typeof TOPIC_PARAMS>;

/** Publishes, and manages subscriptions. */
export function topicConnection({ arn, params }: TopicTarget): Connection {
  return {
    environment: params,
    statements: [
      {
        Sid: 'Publish',
        Action: [
          'sns:ConfirmSubscription',
          'sns:GetTopicAttributes',
          'sns:ListSubscriptionsByTopic',
          'sns:Publish',
          'sns:Subscribe',
          'sns:Unsubscribe',
        ],
        Resource: [arn],
      },
    ],
  };
}

export function providedTopic({ arn, name }: SnsTopic): TopicTarget {
  return { type: 'sns-topic', arn, params: { arn, name } };
}
