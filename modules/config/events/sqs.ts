import { z } from 'zod';
import { nonEmpty, numberIn, strict } from '../checked';
import { batchWindow } from './stream';

/** Starts the job by messages in an SQS queue; one batch, one run. */
export const sqs = strict({
  /** Starts the job by messages in an SQS queue; one batch, one run. */
  type: z.literal('sqs'),
  properties: strict({
    /** Name of the `sqs-queue` of this config. Exactly one of `sqsQueueName` and `sqsQueueArn`. */
    sqsQueueName: nonEmpty("the queue's name").optional(),
    /** ARN of the queue. Exactly one of `sqsQueueName` and `sqsQueueArn`. */
    sqsQueueArn: nonEmpty('the ARN of a queue').optional(),
    /** Most messages of a batch, 1 to 10,000; more than 10 need a window. @default 10 */
    batchSize: numberIn({ unit: 'messages', min: 1, max: 10_000 }).default(10),
    ...batchWindow,
  }),
});
