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
} from '../../modules/config/checked';
import type { ByName, Written, WrittenProperties } from '../../modules/config/written';
import { foundText, foundValue } from '../../modules/problems/found';
import { ANY_NAME, arnFix } from '../../modules/rules/arn-fix';
import { DATA_STREAM_ARN_TEXT } from '../../modules/rules/arn-forms';
import { type FilteredRecords, filterCriteriaOf } from '../filter-criteria';
import { utcTime } from '../schedule/utc-time';
import { streamProperties } from '../stream';

/** A record as filters see it: without the level `kinesis`, and with the data decoded. Data that is not JSON is a string. */
const DATA_RECORDS: FilteredRecords = {
  top: {
    data: 'any',
    partitionKey: 'list',
    sequenceNumber: 'list',
    kinesisSchemaVersion: 'list',
    approximateArrivalTimestamp: 'list',
    eventSource: 'list',
    eventVersion: 'list',
    eventID: 'list',
    eventName: 'list',
    invokeIdentityArn: 'list',
    awsRegion: 'list',
    eventSourceARN: 'list',
  },
  example: "{ data: { kind: ['click'] } }",
  fixUnknown: (key) => {
    if (key === 'kinesis') return 'put its properties in its place: filters see a record without that level';
    return ['body', 'detail', 'Records'].includes(key) ? 'write data' : undefined;
  },
};

const settings = {
  /** ARN of a consumer of the stream, with a dedicated throughput of 2 MB per second and shard (enhanced fan-out). You can't combine it with `autoCreateConsumer`. @default shared throughput */
  consumerArn: text({
    pattern: /^arn:[^:]+:kinesis:[^:]+:\d{12}:stream\/[\w.-]+\/consumer\/[\w.-]+:\d+$/,
    orDirective: true,
    accepted: 'the ARN of a consumer of a Kinesis stream',
    fix: (found) =>
      arnFix(
        { example: 'arn:aws:kinesis:eu-west-1:123456789012:stream/clicks/consumer/reports:1700000000', name: ANY_NAME },
        found,
      ),
  }).optional(),
  /** Creates a consumer for this job (enhanced fan-out, billed per shard and hour). You can't combine it with `consumerArn`. @default false */
  autoCreateConsumer: z.boolean().optional(),
  /** Maximum number of records in a batch. A batch never exceeds 6 MB. @default 10 */
  batchSize: numberIn({ unit: 'records', min: 1, max: 10_000 }).default(10),
  ...streamProperties,
  /** Where reading starts when the mapping is created: at the newest record, at the oldest one in the stream, or at `startingPositionTimestamp`. Changing it replaces the mapping. @default TRIM_HORIZON */
  startingPosition: z.enum(['LATEST', 'TRIM_HORIZON', 'AT_TIMESTAMP']).default('TRIM_HORIZON'),
  /** Time in UTC from which records are read, such as `2026-03-01T00:00:00Z`, not in the future. Requires `startingPosition: AT_TIMESTAMP`. Changing it replaces the mapping. @default none */
  startingPositionTimestamp: utcTime.optional(),
  /** Which records start runs: those that match one of the filters. Lambda skips the others. @default all */
  filterCriteria: filterCriteriaOf(DATA_RECORDS).optional(),
};

/** Settings that a config and the trigger construct have in common. */
export const kinesisSettings = across(strict(settings), checkSettings);

/** ARN of a stream to read. */
export const streamArn = text({ ...DATA_STREAM_ARN_TEXT, orDirective: true });

/** Starts one run for each batch of records of a Kinesis stream. */
export const kinesisStream = strict({
  /** Starts one run for each batch of records of a Kinesis stream. */
  type: z.literal('kinesis-stream'),
  /** Which stream, and how records are batched. */
  properties: across(
    strict({
      /** Name of the `kinesis-stream` of this config. Set exactly one of `kinesisStreamName` and `streamArn`. */
      kinesisStreamName: nonEmpty("the stream's name").optional(),
      /** ARN of the stream. Set exactly one of `kinesisStreamName` and `streamArn`. */
      streamArn: streamArn.optional(),
      ...settings,
    }),
    (value, context) => {
      exactlyOne(value, ['kinesisStreamName', 'streamArn'], context);
      checkSettings(value, context);
    },
  ),
});

function checkSettings(value: Unchecked<typeof settings>, context: CheckContext): void {
  checkConsumer(value, context);
  checkStart(value, context);
}

function checkStart(value: Unchecked<typeof settings>, context: CheckContext): void {
  const { startingPosition, startingPositionTimestamp: time } = value;
  if (startingPosition === 'AT_TIMESTAMP' && time === undefined) {
    const accepted = 'a time with startingPosition: AT_TIMESTAMP';
    const fix = 'add it, such as startingPositionTimestamp: 2026-03-01T00:00:00Z';
    refuse(context, { found: foundText('missing'), accepted, fix }, ['startingPositionTimestamp']);
  }
  if (time === undefined || startingPosition === 'AT_TIMESTAMP') return;
  const fix = 'write startingPosition: AT_TIMESTAMP, or remove startingPositionTimestamp';
  const found = foundValue(startingPosition ?? 'TRIM_HORIZON');
  refuse(context, { found, accepted: 'AT_TIMESTAMP with startingPositionTimestamp', fix }, ['startingPosition']);
}

function checkConsumer({ consumerArn, autoCreateConsumer }: Unchecked<typeof settings>, context: CheckContext): void {
  if (consumerArn === undefined || autoCreateConsumer !== true) return;
  const found = 'consumerArn and autoCreateConsumer';
  refuse(context, { found, accepted: 'at most one of the two', fix: 'remove autoCreateConsumer' }, [
    'autoCreateConsumer',
  ]);
}

export interface KinesisStreamEventProperties extends WrittenProperties<typeof kinesisStream>, ByName {}
/** Such an event as written in a config. */
export interface KinesisStreamEvent extends Written<z.input<typeof kinesisStream>> {
  readonly properties: KinesisStreamEventProperties;
}
