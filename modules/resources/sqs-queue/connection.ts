import type { ConnectTargets } from '../../access/connect-target';
import type { Connection } from '../../access/connection';

/** Sends, receives, deletes and purges messages. */
export function queueConnection({ arn, params }: ConnectTargets['sqs-queue']): Connection {
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
