import { z } from 'zod';
import {
  across,
  type CheckContext,
  exactlyOne,
  nonEmpty,
  numberIn,
  refuse,
  strict,
  text,
  type Unchecked,
} from '../checked';
import { streamProperties } from './stream';

const settings = {
  /** ARN of a consumer of the stream, which gives the job 2 MB a second and shard of its own (enhanced fan-out). Excludes `autoCreateConsumer`. @default shared throughput */
  consumerArn: text({
    pattern: /^arn:[^:]+:kinesis:[^:]+:\d{12}:stream\/[\w.-]+\/consumer\/[\w.-]+:\d+$/,
    orDirective: true,
    accepted: 'the ARN of a consumer of a Kinesis stream',
    fix: 'write an ARN such as arn:aws:kinesis:eu-west-1:123456789012:stream/clicks/consumer/reports:1700000000',
  }).optional(),
  /** Makes a consumer for the job alone (enhanced fan-out, billed by shard and hour). Excludes `consumerArn`. @default false */
  autoCreateConsumer: z.boolean().optional(),
  /** Most records of a batch, 1 to 10,000; a batch never passes 6 MB. @default 10 */
  batchSize: numberIn({ unit: 'records', min: 1, max: 10_000 }).default(10),
  ...streamProperties,
};

/** What a config and the trigger by itself have in common. */
export const kinesisSettings = across(strict(settings), checkConsumer);

/** ARN of a stream to read. */
export const streamArn = text({
  pattern: /^arn:[^:]+:kinesis:[^:]+:\d{12}:stream\/[\w.-]+$/,
  orDirective: true,
  accepted: 'the ARN of a Kinesis stream',
  fix: 'write an ARN such as arn:aws:kinesis:eu-west-1:123456789012:stream/clicks',
});

/** Starts the job by records of a Kinesis stream; one batch, one run. */
export const kinesisStream = strict({
  /** Starts the job by records of a Kinesis stream; one batch, one run. */
  type: z.literal('kinesis-stream'),
  /** Which stream, and how records are gathered. */
  properties: across(
    strict({
      /** Name of the `kinesis-stream` of this config. Exactly one of `kinesisStreamName` and `streamArn`. */
      kinesisStreamName: nonEmpty("the stream's name").optional(),
      /** ARN of the stream. Exactly one of `kinesisStreamName` and `streamArn`. */
      streamArn: streamArn.optional(),
      ...settings,
    }),
    (value, context) => {
      exactlyOne(value, ['kinesisStreamName', 'streamArn'], context);
      checkConsumer(value, context);
    },
  ),
});

function checkConsumer({ consumerArn, autoCreateConsumer }: Unchecked<typeof settings>, context: CheckContext): void {
  if (consumerArn === undefined || autoCreateConsumer !== true) return;
  const found = 'consumerArn and autoCreateConsumer';
  refuse(context, { found, accepted: 'at most one of the two', fix: 'remove autoCreateConsumer' }, [
    'autoCreateConsumer',
  ]);
}
