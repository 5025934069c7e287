import { z } from 'zod';
import { nonEmpty, numberIn, strict } from '../checked';
import { streamProperties } from './stream';

/** Starts the job by records of a Kinesis stream; one batch, one run. */
export const kinesisStream = strict({
  /** Starts the job by records of a Kinesis stream; one batch, one run. */
  type: z.literal('kinesis-stream'),
  /** Which stream, and how records are gathered. */
  properties: strict({
    /** Name of the `kinesis-stream` of this config. Exactly one of `kinesisStreamName` and `streamArn`. */
    kinesisStreamName: nonEmpty("the stream's name").optional(),
    /** ARN of the stream. Exactly one of `kinesisStreamName` and `streamArn`. */
    streamArn: nonEmpty('the ARN of a stream').optional(),
    /** ARN of a consumer of the stream (enhanced fan-out). Excludes `autoCreateConsumer`. @default shared throughput */
    consumerArn: nonEmpty('the ARN of a consumer').optional(),
    /** Makes a consumer of its own (enhanced fan-out). Excludes `consumerArn`. @default false */
    autoCreateConsumer: z.boolean().optional(),
    /** Most records of a batch, 1 to 10,000. @default 10 */
    batchSize: numberIn({ unit: 'records', min: 1, max: 10_000 }).default(10),
    ...streamProperties,
  }),
});
