import { z } from 'zod';
import { across, nonEmpty, numberIn, refuse, strict, text } from '../../config/checked';
import { encryption as stackEncryption } from '../../config/encryption';
import type { ByName, Written, WrittenProperties } from '../../config/written';
import { foundValue } from '../../problems/found';
import { DATA_STREAM_ARN_TEXT } from '../../rules/arn-forms';
import { companionSchema } from '../companion-schema';

/** Properties of a stream that the stack creates. */
export const dataStreamProperties = across(
  strict({
    /** `ON_DEMAND`, where AWS adds shards as needed, or `PROVISIONED`, with `shardCount` shards. @default PROVISIONED with shardCount, else ON_DEMAND */
    capacityMode: z.enum(['ON_DEMAND', 'PROVISIONED']).optional(),
    /** Number of shards. Each accepts 1 MB and 1,000 records per second, and has an hourly price. You can't combine it with `capacityMode` `ON_DEMAND`. @default 1 with capacityMode PROVISIONED, else on demand: AWS adds shards as needed */
    shardCount: numberIn({ unit: 'shards', min: 1, max: 10_000 }).optional(),
    /** Hours for which records are kept. More than 24 cost extra. @default 24 */
    retentionPeriodHours: numberIn({ unit: 'hours', min: 24, max: 8760 }).default(24),
    /** Id, ARN or alias of the KMS key that encrypts records. With a customer managed key, readers and writers need permission to use it. @default the stack's key, else alias/aws/kinesis, which needs no permission */
    kmsKeyId: nonEmpty('the id, ARN or alias of a KMS key').optional(),
    /** Encryption, as in Stacktape. You can't combine it with `kmsKeyId`. @default as `kmsKeyId`: a stream is always encrypted */
    encryption: strict({
      /** Only `true`: a stream is always encrypted. */
      enabled: z.literal(true),
      /** ARN of the KMS key that encrypts records. @default the stack's key, else alias/aws/kinesis */
      kmsKeyArn: stackEncryption.shape.kmsKeyArn,
    }).optional(),
  }),
  ({ capacityMode, shardCount, kmsKeyId, encryption }, context) => {
    if (capacityMode === 'ON_DEMAND' && shardCount !== undefined) {
      const fix = 'remove shardCount, or write capacityMode: PROVISIONED';
      const accepted = 'shardCount only with capacityMode PROVISIONED';
      refuse(context, { code: 'conflict', found: foundValue(shardCount), accepted, fix }, ['shardCount']);
    }
    if (kmsKeyId !== undefined && encryption !== undefined) {
      const fix = 'remove encryption, or move the key to encryption.kmsKeyArn';
      refuse(context, { code: 'conflict', found: 'kmsKeyId and encryption', accepted: 'at most one of the two', fix });
    }
  },
);

/** A Kinesis data stream. */
export const kinesisStreamResource = companionSchema(
  'kinesis-stream',
  dataStreamProperties,
  strict({
    /** ARN of the stream. */
    arn: text(DATA_STREAM_ARN_TEXT),
  }),
);

/** What others can ask of a stream. */
export const STREAM_PARAMS = ['name', 'arn'] as const;

export interface KinesisStreamProperties extends WrittenProperties<typeof kinesisStreamResource>, ByName {}
/** Such a resource as written in a config. */
export interface KinesisStream extends Written<z.input<typeof kinesisStreamResource>> {
  readonly properties?: KinesisStreamProperties;
}
