import { z } from 'zod';
import { across, exactlyOne, nonEmpty, numberIn, refuse, strict, text } from '../../config/checked';
import type { ByName, Written, WrittenProperties } from '../../config/written';
import { foundValue } from '../../problems/found';
import { arnFix, QUEUE_NAME } from '../../rules/arn-fix';
import { QUEUE_ARN, QUEUE_ARN_TEXT } from '../../rules/arn-forms';
import { MOST_MESSAGE_RETENTION_SECONDS } from '../../rules/message-retention';
import { recommendedVisibility, TRIGGER_TIMEOUT_SECONDS } from '../../rules/trigger-timeout';
import { companionSchema } from '../companion-schema';

/** Default visibility timeout in seconds, for a queue that starts jobs. */
export const DEFAULT_VISIBILITY_SECONDS = recommendedVisibility(TRIGGER_TIMEOUT_SECONDS);

const DEAD_LETTER_QUEUE = {
  example: 'arn:aws:sqs:eu-west-1:123456789012:dead',
  name: QUEUE_NAME,
  directive: "$ResourceParam('<queue>', 'arn')",
};

/** Properties of a queue that the stack creates. */
export const queueProperties = across(
  strict({
    /** Visibility timeout: seconds for which a message is hidden after it is received. AWS refuses an event source mapping if it is less than the trigger function's timeout of 25 seconds. @default 150 */
    visibilityTimeoutSeconds: numberIn({ unit: 'seconds', min: 0, max: 43_200 }).default(DEFAULT_VISIBILITY_SECONDS),
    /** Seconds for which the queue keeps a message. @default 345600 (4 days) */
    messageRetentionPeriodSeconds: numberIn({ unit: 'seconds', min: 60, max: MOST_MESSAGE_RETENTION_SECONDS }).default(
      345_600,
    ),
    /** Seconds for which a new message is hidden. @default 0 */
    delayMessagesSecond: numberIn({ unit: 'seconds', min: 0, max: 900 }).optional(),
    /** Maximum size of a message. SQS refuses larger ones. @default 262144 (256 KiB) */
    maxMessageSizeBytes: numberIn({ unit: 'bytes', min: 1024, max: 1_048_576 }).optional(),
    /** Seconds for which a request for messages waits until there is one. Each request has a price. Events of jobs always wait. @default 0 */
    longPollingSeconds: numberIn({ unit: 'seconds', min: 0, max: 20 }).optional(),
    /** Keeps the order of messages in a group, and drops duplicates within 5 minutes. Batches can have at most 10 messages, and no window. @default false */
    fifoEnabled: z.boolean().default(false),
    /** FIFO only: recognizes duplicates by their content. @default false */
    contentBasedDeduplication: z.boolean().optional(),
    /** Dead-letter queue for messages that were received too often. @default none: messages stay until they expire */
    redrivePolicy: across(
      strict({
        /** Name of the `sqs-queue` of this config that is the dead-letter queue. Set exactly one of `targetSqsQueueName` and `targetSqsQueueArn`. */
        targetSqsQueueName: nonEmpty("the queue's name").optional(),
        /** ARN of the dead-letter queue. Set exactly one of `targetSqsQueueName` and `targetSqsQueueArn`. */
        targetSqsQueueArn: text({
          pattern: QUEUE_ARN,
          orDirective: true,
          accepted: 'the ARN of an SQS queue',
          fix: (found) => arnFix(DEAD_LETTER_QUEUE, found),
        }).optional(),
        /** Number of receipts after which a message is moved to the dead-letter queue. */
        maxReceiveCount: numberIn({ unit: 'receipts', min: 1, max: 1000 }),
      }),
      (value, context) => exactlyOne(value, ['targetSqsQueueName', 'targetSqsQueueArn'], context),
    ).optional(),
  }),
  ({ fifoEnabled, contentBasedDeduplication }, context) => {
    if (contentBasedDeduplication === undefined || fifoEnabled === true) return;
    const accepted = 'contentBasedDeduplication only for FIFO queues';
    refuse(
      context,
      { found: foundValue(contentBasedDeduplication), accepted, fix: 'add fifoEnabled: true or remove it' },
      ['contentBasedDeduplication'],
    );
  },
);

/** An SQS queue. */
export const sqsQueue = companionSchema(
  'sqs-queue',
  queueProperties,
  strict({
    /** ARN of the queue. It must be in the stack's region and account. Its policy is not changed. */
    arn: text(QUEUE_ARN_TEXT),
  }),
);

/** What others can ask of a queue. */
export const QUEUE_PARAMS = ['name', 'arn', 'url'] as const;

export interface SqsQueueProperties extends WrittenProperties<typeof sqsQueue>, ByName {}
/** Such a resource as written in a config. */
export interface SqsQueue extends Written<z.input<typeof sqsQueue>> {
  readonly properties?: SqsQueueProperties;
}
