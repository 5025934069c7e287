import { z } from 'zod';
import { numberIn, strict, text } from '../../modules/config/checked';
import type { ByName, Written, WrittenProperties } from '../../modules/config/written';
import { ANY_NAME, arnFix } from '../../modules/rules/arn-fix';
import { TABLE_STREAM_ARN } from '../../modules/rules/arn-forms';
import { filterCriteriaOf } from '../filter-criteria';
import { streamProperties } from '../stream';
import { CHANGES } from './changes';

const STREAM = {
  example: 'arn:aws:dynamodb:eu-west-1:123456789012:table/orders/stream/2026-01-01T00:00:00.000',
  name: ANY_NAME,
  directive: "$ResourceParam('myTable', 'streamArn')",
};

/** Settings that a config and the trigger construct have in common. */
export const dynamoDbSettings = strict({
  /** ARN of the table's stream. For a table of this config: `$ResourceParam('myTable', 'streamArn')`. */
  streamArn: text({
    pattern: TABLE_STREAM_ARN,
    orDirective: true,
    accepted: "the ARN of a table's stream",
    fix: (found) =>
      /^arn:[^:]+:dynamodb:.*:table\/[\w.-]+$/.test(found)
        ? "use the stream's ARN, which goes on with /stream/ and the time at which it was made"
        : arnFix(STREAM, found),
  }),
  /** Maximum number of records in a batch. A batch never exceeds 6 MB. @default 100 */
  batchSize: numberIn({ unit: 'records', min: 1, max: 1000 }).default(100),
  ...streamProperties,
  /** Which changes start runs: those that match one of the filters. Lambda skips the others. @default all */
  filterCriteria: filterCriteriaOf(CHANGES).optional(),
});

/** Starts one run for each batch of changes of a DynamoDB table. */
export const dynamoDbStream = strict({
  /** Starts one run for each batch of changes of a DynamoDB table. */
  type: z.literal('dynamo-db-stream'),
  /** Which stream, and how records are batched. */
  properties: dynamoDbSettings,
});

export interface DynamoDbStreamEventProperties extends WrittenProperties<typeof dynamoDbStream>, ByName {}
/** Such an event as written in a config. */
export interface DynamoDbStreamEvent extends Written<z.input<typeof dynamoDbStream>> {
  readonly properties: DynamoDbStreamEventProperties;
}
