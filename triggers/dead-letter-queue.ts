import type { SendPermission } from '../modules/access/queue-policy';
import type { Wanted } from '../modules/config/construct-props';
import { SQS_QUEUE } from '../modules/resources/sqs-queue';
import { deadLetterQueueArn } from './delivery-failure';
import type { ResourcesByName } from './resources-by-name';

/** A queue for undelivered events: one of this project's, a provider's `SqsQueue`, or an object with an ARN. */
export interface DeadLetterQueue {
  readonly arn: string;
  /** Lets a service send to the queue. @default no change: the queue's owner must allow it */
  allowSend?(senders: SendPermission): void;
}

/** A dead-letter queue, or its ARN as in a config. */
export type DeadLetterSource = DeadLetterQueue | { readonly sqsQueueArn: string };

/** The dead-letter queue of a trigger. */
export const DEAD_LETTER_QUEUE: Wanted = {
  accepted: 'a queue (Queue, SqsQueue or { arn }), or { sqsQueueArn }',
  has: ['arn'],
  inside: { property: 'sqsQueueArn', form: deadLetterQueueArn },
  optional: true,
};

export function deadLetterQueue(source: DeadLetterSource | undefined): DeadLetterQueue | undefined {
  return source !== undefined && 'sqsQueueArn' in source ? { arn: source.sqsQueueArn } : source;
}

/** The queue that `onDeliveryFailure` of an event names. A queue that the stack creates manages its own policy. */
export function deadLetterQueueOf(
  given: { readonly sqsQueueArn?: string; readonly sqsQueueName?: string } | undefined,
  resources: ResourcesByName,
): DeadLetterQueue | undefined {
  return given && resources.find(SQS_QUEUE, given.sqsQueueName, given.sqsQueueArn);
}
