import type { SqsQueue } from '@cdktf/provider-aws/lib/sqs-queue';
import type { Connection } from '../../access/connection';
import type { ArnTarget } from '../descriptor';
import type { QUEUE_PARAMS } from './schema';

type QueueTarget = ArnTarget<'sqs-queue', typeof QUEUE_PARAMS>;

/** Sends, receives, deletes and purges messages. */
export function queueConnection({ arn, params }: QueueTarget): Connection {
  return {
    environment: params,
    statements: [
      {
        Sid: 'UseMessages',
        Action: [
          'sqs:ChangeMessageVisibility',
          'sqs:DeleteMessage',
          'sqs:GetQueueAttributes',
          'sqs:GetQueueUrl',
          'sqs:ListQueueTags',
          'sqs:PurgeQueue',
          'sqs:ReceiveMessage',
          'sqs:SendMessage',
        ],
        Resource: [arn],
      },
    ],
  };
}

export function providedQueue({ arn, name, url }: SqsQueue): QueueTarget {
  return { type: 'sqs-queue', arn, params: { arn, name, url } };
}
