import { z } from 'zod';
import { nonEmpty, numberIn, strict } from '../checked';

/** How long a batch may take to fill. */
export const batchWindow = {
  /** Longest wait, in seconds, for a batch to fill before the job starts. Range 0 to 300. @default 0 */
  maxBatchWindowSeconds: numberIn({ unit: 'seconds', min: 0, max: 300 }).optional(),
};

/** What Kinesis and DynamoDB streams have in common. */
export const streamProperties = {
  ...batchWindow,
  /** Where reading starts when the mapping is made: the newest record or the oldest one kept. @default TRIM_HORIZON */
  startingPosition: z.enum(['LATEST', 'TRIM_HORIZON']).default('TRIM_HORIZON'),
  /** How often a batch that could not start a job is tried again, 0 to 10,000. @default until its records expire */
  maximumRetryAttempts: numberIn({ unit: 'retries', min: 0, max: 10_000 }).optional(),
  /** Where a notice of a batch goes that was given up. @default nowhere */
  onFailure: strict({
    /** ARN of the queue or topic. */
    arn: nonEmpty('an ARN'),
    /** Kind of the destination. */
    type: z.enum(['sns', 'sqs']),
  }).optional(),
  /** Batches of one shard that are handled at once, 1 to 10. @default 1 */
  parallelizationFactor: numberIn({ unit: 'batches at once', min: 1, max: 10 }).optional(),
  /** Splits a batch that could not start a job in two before it is tried again. @default false */
  bisectBatchOnFunctionError: z.boolean().optional(),
};
