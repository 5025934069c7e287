import { nonEmpty, strict } from '../checked';

/** Where events go that could not be handed over. */
export const deliveryFailure = strict({
  /** ARN of the queue. Exactly one of `sqsQueueArn` and `sqsQueueName`. */
  sqsQueueArn: nonEmpty('the ARN of a queue').optional(),
  /** Name of a queue of this config. Exactly one of `sqsQueueArn` and `sqsQueueName`. */
  sqsQueueName: nonEmpty('the name of a queue').optional(),
});
