import { z } from 'zod';
import { across, isToken, numberIn, refuse, strict, text } from '../modules/config/checked';
import { foundValue } from '../modules/problems/found';
import { arnFix, QUEUE_NAME, TOPIC_NAME } from '../modules/rules/arn-fix';
import { isFifoName } from '../modules/rules/fifo';

/** How long a batch can take to fill. */
export const batchWindow = {
  /** Longest wait, in seconds, for a batch to fill before the job starts. Range 0 to 300. @default 0 */
  maxBatchWindowSeconds: numberIn({ unit: 'seconds', min: 0, max: 300 }).optional(),
};

function destinationFix(found: string): string {
  if (found.split(':')[2] === 'sns')
    return arnFix({ example: 'arn:aws:sns:eu-west-1:123456789012:given-up', name: TOPIC_NAME }, found);
  return arnFix({ example: 'arn:aws:sqs:eu-west-1:123456789012:given-up', name: QUEUE_NAME }, found);
}

/** https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-errors.html */
const onFailure = across(
  strict({
    /** ARN of a standard queue or topic. The trigger function gets permission to send to it. A customer managed KMS key must also allow it. */
    arn: text({
      pattern: /^arn:[^:]+:(sns|sqs):[^:]+:\d{12}:(?!.*\.fifo$)[\w-]+$/,
      orDirective: true,
      accepted: 'the ARN of a standard SQS queue or SNS topic',
      fix: (found) =>
        isFifoName(found) ? 'use a standard queue or topic: Lambda sends to no FIFO one here' : destinationFix(found),
    }),
    /** Type of the destination. */
    type: z.enum(['sns', 'sqs']),
  }),
  ({ arn, type }, context) => {
    if (typeof arn !== 'string' || isToken(arn)) return;
    const service = arn.split(':')[2];
    if ((service !== 'sns' && service !== 'sqs') || service === type || (type !== 'sns' && type !== 'sqs')) return;
    const found = foundValue(type);
    refuse(context, { found, accepted: `"${service}", as the ARN says`, fix: `write type: '${service}'` }, ['type']);
  },
);

/**
 * Settings that Kinesis and DynamoDB streams have in common.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html
 */
export const streamProperties = {
  ...batchWindow,
  /** Where reading starts when the mapping is created: at the newest record, or at the oldest one in the stream. Changing it replaces the mapping. @default TRIM_HORIZON */
  startingPosition: z.enum(['LATEST', 'TRIM_HORIZON']).default('TRIM_HORIZON'),
  /** Number of retries of a batch that could not start a job, 0 to 10,000. The shard waits meanwhile. @default until its records expire */
  maximumRetryAttempts: numberIn({ unit: 'retries', min: 0, max: 10_000 }).optional(),
  /** Destination for the position of a batch that was given up, without its records. @default the stack's queue of undelivered events */
  onFailure: onFailure.optional(),
  /** Batches of one shard that are processed at once. The order within a partition key is kept. @default 1 */
  parallelizationFactor: numberIn({ unit: 'batches at once', min: 1, max: 10 }).optional(),
  /** Splits a batch in two before it is retried, if it could not start a run. @default false */
  bisectBatchOnFunctionError: z.boolean().optional(),
};

const settings = z.object(streamProperties);

/** The settings of {@link streamProperties}, with their defaults filled in. */
export interface StreamSettings extends Omit<z.output<typeof settings>, 'startingPosition'> {
  readonly startingPosition: string;
  /** Only of Kinesis streams. @default none */
  readonly startingPositionTimestamp?: string;
}

/** Names that other tools use for the property of {@link batchWindow}. */
export const BATCH_ALIASES = {
  maxBatchWindowSeconds:
    'maximumBatchingWindowInSeconds batchWindow maximumBatchingWindow maxBatchingWindow batchingWindow',
} as const;

/** Names that other tools use for filters. */
export const FILTER_ALIASES = 'filters filter filterPatterns filterPattern patterns';

/** Names that other tools use for {@link streamProperties}. */
export const STREAM_ALIASES = {
  ...BATCH_ALIASES,
  maximumRetryAttempts: 'maxRetryAttempts retryCount',
  bisectBatchOnFunctionError: 'bisectBatchOnError bisectOnError',
  onFailure: 'destinationConfig failureDestination',
} as const;
