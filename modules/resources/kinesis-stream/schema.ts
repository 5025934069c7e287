import type { z } from 'zod';
import { nonEmpty, numberIn, strict, text } from '../../config/checked';
import type { ByName, Written, WrittenProperties } from '../../config/written';
import { DATA_STREAM_ARN } from '../../rules/arn-forms';
import { companionSchema } from '../companion-schema';

/** Properties of a stream that the stack creates. */
export const dataStreamProperties = strict({
  /** Number of shards. Each accepts 1 MB and 1,000 records per second, and has an hourly price. @default on demand: AWS adds shards as needed */
  shardCount: numberIn({ unit: 'shards', min: 1, max: 10_000 }).optional(),
  /** Hours for which records are kept. More than 24 cost extra. @default 24 */
  retentionPeriodHours: numberIn({ unit: 'hours', min: 24, max: 8760 }).default(24),
  /** Id, ARN or alias of the KMS key that encrypts records. With a customer managed key, readers and writers need permission to use it. @default the stack's key, else alias/aws/kinesis, which needs no permission */
  kmsKeyId: nonEmpty('the id, ARN or alias of a KMS key').optional(),
});

/** A Kinesis data stream. */
export const kinesisStreamResource = companionSchema(
  'kinesis-stream',
  dataStreamProperties,
  strict({
    /** ARN of the stream. */
    arn: text({
      pattern: DATA_STREAM_ARN,
      accepted: 'the ARN of a Kinesis stream',
      fix: 'write an ARN such as arn:aws:kinesis:eu-west-1:123456789012:stream/clicks',
    }),
  }),
);

/** What others can ask of a stream. */
export const STREAM_PARAMS = ['name', 'arn'] as const;

export interface KinesisStreamProperties extends WrittenProperties<typeof kinesisStreamResource>, ByName {}
/** Such a resource as written in a config. */
export interface KinesisStream extends Written<z.input<typeof kinesisStreamResource>> {
  readonly properties?: KinesisStreamProperties;
}
