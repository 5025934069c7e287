/**
 * What the code of a job can import: `cdktf-batch-jobs/job`. It has no dependencies, does nothing on import, and works outside of AWS
 * Batch as well.
 *
 * @example
 * import { attempt, event, maximumAttempts, onReclaim, type SqsEvent } from 'cdktf-batch-jobs/job';
 *
 * const { Records } = await event<SqsEvent>();
 * console.log(`attempt ${attempt} of ${maximumAttempts}, ${Records.length} messages`);
 * onReclaim(async () => saveProgress());
 *
 * @module cdktf-batch-jobs/job
 */
export { earlierEvent } from './earlier-event';
export { event } from './event';
export type {
  AlbEvent,
  CloudWatchLogsData,
  CloudWatchLogsEvent,
  DynamoDbStreamEvent,
  DynamoDbValue,
  EventBridgeEvent,
  HttpApiEvent,
  HttpApiEventV2,
  KinesisEvent,
  RunEndEvent,
  S3Event,
  S3EventBridgeEvent,
  ScheduleEvent,
  SnsEvent,
  SqsEvent,
} from './event-types';
export { item, itemIndex } from './item';
export { onReclaim, type Reclaim, type ReclaimOptions } from './reclaim';
export { attempt, containerStart, itemCount, maximumAttempts } from './run';
