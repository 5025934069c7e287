import type { Wanted } from '../modules/config/construct-props';
import { deadLetterQueueArn } from '../modules/config/events/delivery-failure';
import type { Senders } from '../modules/resources/queue-policy';

/** A queue for events that a service could not hand over: one of this project's, a provider's `SqsQueue`, or just an ARN. */
export interface DeadLetterQueue {
  readonly arn: string;
  /** Lets a service send to the queue. @default nothing is changed: the queue's owner must allow it */
  allowSend?(senders: Senders): void;
}

/** The same, or as a config gives an ARN. */
export type DeadLetterSource = DeadLetterQueue | { readonly sqsQueueArn: string };

/** What a trigger takes for it. */
export const DEAD_LETTER_QUEUE: Wanted = {
  accepted: 'a queue (Queue, SqsQueue or { arn }), or { sqsQueueArn }',
  has: ['arn'],
  inside: { property: 'sqsQueueArn', form: deadLetterQueueArn },
  optional: true,
};

export function deadLetterQueue(source: DeadLetterSource | undefined): DeadLetterQueue | undefined {
  return source !== undefined && 'sqsQueueArn' in source ? { arn: source.sqsQueueArn } : source;
}
