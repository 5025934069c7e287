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
import { foundValue } from '../../modules/problems/found';
import { QUEUE_ARN_TEXT } from '../../modules/rules/arn-forms';
import { type FilteredRecords, filterCriteriaOf } from '../filter-criteria';
import { batchWindow } from '../stream';

/** A message as filters see it. A body that is JSON is read, and any other is a string: `body: ['start']`. */
const MESSAGES: FilteredRecords = {
  top: {
    body: 'any',
    messageAttributes: 'object',
    attributes: 'object',
    messageId: 'list',
    md5OfBody: 'list',
    receiptHandle: 'list',
    eventSource: 'list',
    eventSourceARN: 'list',
    awsRegion: 'list',
  },
  example: "{ body: { kind: ['order'] } }",
  fixUnknown: (key) => (['data', 'detail', 'message', 'Records'].includes(key) ? 'write body' : undefined),
};

const settings = {
  /** Maximum number of messages in a batch. More than 10 requires `maxBatchWindowSeconds`. @default 10 */
  batchSize: numberIn({ unit: 'messages', min: 1, max: 10_000 }).default(10),
  ...batchWindow,
  /** Which messages start runs: those that match one of the filters. Lambda deletes the others from the queue. @default all */
  filterCriteria: filterCriteriaOf(MESSAGES).optional(),
  /** Maximum number of batches that the trigger function starts runs for at once, 2 to 1,000. The other messages wait in the queue, and don't use up their receive count. It doesn't limit the runs: see `limits.concurrentRuns`. @default as many as Lambda's concurrency allows */
  maximumConcurrency: numberIn({ unit: 'batches at once', min: 2, max: 1000 }).optional(),
};

/** ARN of a queue to poll. */
export const sqsQueueArn = text({ ...QUEUE_ARN_TEXT, orDirective: true });

/** Settings that a config and the trigger construct have in common. */
export const sqsSettings = across(strict(settings), checkWindow);

/** Starts one run for each batch of messages in an SQS queue. */
export const sqs = strict({
  /** Starts one run for each batch of messages in an SQS queue. */
  type: z.literal('sqs'),
  /** Which queue, and how messages are batched. */
  properties: across(
    strict({
      /** Name of the `sqs-queue` of this config. Set exactly one of `sqsQueueName` and `sqsQueueArn`. */
      sqsQueueName: nonEmpty("the queue's name").optional(),
      /** ARN of the queue. Set exactly one of `sqsQueueName` and `sqsQueueArn`. */
      sqsQueueArn: sqsQueueArn.optional(),
      ...settings,
    }),
    (value, context) => {
      exactlyOne(value, ['sqsQueueName', 'sqsQueueArn'], context);
      checkWindow(value, context);
    },
  ),
});

/** https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html */
function checkWindow({ batchSize, maxBatchWindowSeconds }: Unchecked<typeof settings>, context: CheckContext): void {
  if (typeof batchSize !== 'number' || batchSize <= 10) return;
  if (maxBatchWindowSeconds !== undefined && maxBatchWindowSeconds !== 0) return;
  const accepted = 'a batchSize of up to 10, or more with a maxBatchWindowSeconds of 1 or more';
  refuse(context, { found: foundValue(batchSize), accepted, fix: 'add maxBatchWindowSeconds: 5' }, ['batchSize']);
}

export interface SqsEventProperties extends WrittenProperties<typeof sqs>, ByName {}
/** Such an event as written in a config. */
export interface SqsEvent extends Written<z.input<typeof sqs>> {
  readonly properties: SqsEventProperties;
}
