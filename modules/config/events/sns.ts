import { z } from 'zod';
import { nonEmpty, strict } from '../checked';
import { deliveryFailure } from './delivery-failure';

/** Starts the job by messages on an SNS topic. */
export const sns = strict({
  /** Starts the job by messages on an SNS topic. */
  type: z.literal('sns'),
  /** Which messages. */
  properties: strict({
    /** Name of the `sns-topic` of this config. Exactly one of `snsTopicName` and `snsTopicArn`. */
    snsTopicName: nonEmpty("the topic's name").optional(),
    /** ARN of the topic. Exactly one of `snsTopicName` and `snsTopicArn`. FIFO topics cannot call functions. */
    snsTopicArn: nonEmpty('the ARN of a topic').optional(),
    /** Which messages start the job, by their attributes. @default all */
    filterPolicy: z.record(z.string(), z.json()).optional(),
    /** Queue for messages that SNS could not hand over. @default the stack's undelivered-events queue */
    onDeliveryFailure: deliveryFailure.optional(),
  }),
});
