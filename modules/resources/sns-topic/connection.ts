import type { SnsTopic } from '@cdktf/provider-aws/lib/sns-topic';
import type { Connection } from '../../access/connection';
import { allowed, type Narrowing } from '../../rules/narrowing';
import type { ArnTarget } from '../descriptor';
import type { TOPIC_PARAMS } from './schema';

type TopicTarget = ArnTarget<'sns-topic', typeof TOPIC_PARAMS>;

/** Publishes, and manages subscriptions. */
export function topicConnection({ arn, params }: TopicTarget, _aws: unknown, narrowing: Narrowing = {}): Connection {
  return {
    environment: params,
    statements: [
      {
        Sid: 'Publish',
        Action: allowed(narrowing, ACTIONS),
        Resource: [arn],
      },
    ],
  };
}

export function providedTopic({ arn, name }: SnsTopic): TopicTarget {
  return { type: 'sns-topic', arn, params: { arn, name } };
}

const ACTIONS = {
  'sns:ConfirmSubscription': 'read',
  'sns:GetTopicAttributes': 'both',
  'sns:ListSubscriptionsByTopic': 'read',
  'sns:Publish': 'write',
  'sns:Subscribe': 'read',
  'sns:Unsubscribe': 'read',
} as const;
