import type { ConnectTargets } from '../../access/connect-target';
import type { Connection } from '../../access/connection';

/** Publishes, and manages subscriptions. */
export function topicConnection({ arn, params }: ConnectTargets['sns-topic']): Connection {
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
