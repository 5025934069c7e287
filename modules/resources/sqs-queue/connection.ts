import type { SqsQueue } from '@cdktf/provider-aws/lib/sqs-queue';
import type { Connection } from '../../access/connection';
import { allowed, type Narrowing } from '../../rules/narrowing';
import type { ArnTarget } from '../descriptor';
import type { QUEUE_PARAMS } from './schema';

type QueueTarget = ArnTarget<'sqs-queue', typeof QUEUE_PARAMS>;

/** Sends, receives, deletes and purges messages. */
export function queueConnection({ arn, params }: QueueTarget, _aws: unknown, narrowing: Narrowing = {}): Connection {
  return {
    environment: params,
    statements: [
      {
        Sid: 'UseMessages',
        Action: allowed(narrowing, ACTIONS),
        Resource: [arn],
      },
    ],
  };
}

export function providedQueue({ arn, name, url }: SqsQueue): QueueTarget {
  return { type: 'sqs-queue', arn, params: { arn, name, url } };
}

const ACTIONS = {
  'sqs:ChangeMessageVisibility': 'read',
  'sqs:DeleteMessage': 'read',
  'sqs:GetQueueAttributes': 'both',
  'sqs:GetQueueUrl': 'both',
  'sqs:ListQueueTags': 'both',
  'sqs:PurgeQueue': 'all',
  'sqs:ReceiveMessage': 'read',
  'sqs:SendMessage': 'write',
} as const;
