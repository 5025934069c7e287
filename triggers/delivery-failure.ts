import { across, exactlyOne, nonEmpty, strict, text } from '../modules/config/checked';
import { arnFix, QUEUE_NAME } from '../modules/rules/arn-fix';
import { STANDARD_QUEUE_ARN } from '../modules/rules/arn-forms';
import { isFifoName } from '../modules/rules/fifo';

/** ARN of a dead-letter queue. */
export const deadLetterQueueArn = text({
  pattern: STANDARD_QUEUE_ARN,
  orDirective: true,
  accepted: 'the ARN of a standard SQS queue',
  fix: (found) =>
    isFifoName(found)
      ? 'use a standard queue: neither SNS nor EventBridge sends to a FIFO queue here'
      : arnFix({ example: 'arn:aws:sqs:eu-west-1:123456789012:undelivered', name: QUEUE_NAME }, found),
});

/**
 * The dead-letter queue for events that could not be delivered: a standard queue in the stack's region and account.
 *
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-dead-letter-queues.html
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html
 */
export const deliveryFailure = across(
  strict({
    /** ARN of the queue. Its policy must allow the service to send. Set exactly one of `sqsQueueArn` and `sqsQueueName`. */
    sqsQueueArn: deadLetterQueueArn.optional(),
    /** Name of a queue of this config. The stack extends its policy. Set exactly one of `sqsQueueArn` and `sqsQueueName`. */
    sqsQueueName: nonEmpty('the name of a queue').optional(),
  }),
  (value, context) => exactlyOne(value, ['sqsQueueArn', 'sqsQueueName'], context),
);

/** Names that other tools use for the property. */
export const DELIVERY_ALIASES = {
  onDeliveryFailure: 'deadLetterConfig dlq deadLetterQueue redrivePolicy deadLetterTarget',
} as const;
