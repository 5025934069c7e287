import type { Senders } from '../modules/resources/queue-policy';

/** A queue for events that a service could not hand over: one of this project's, a provider's `SqsQueue`, or just an ARN. */
export interface DeadLetterQueue {
  readonly arn: string;
  /** Lets a service send to the queue. @default nothing is changed: the queue's owner must allow it */
  allowSend?(senders: Senders): void;
}
