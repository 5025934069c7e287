import { isToken } from '../../modules/config/checked';
import { parseResourceParam } from '../../modules/config/directive';
import {
  eventsOf,
  type IndexedConfig,
  type LocatedEvent,
  type LocatedResource,
} from '../../modules/config/indexed-config';
import { rule } from '../../modules/config/rule';
import { foundValue } from '../../modules/problems/found';
import { formatPath } from '../../modules/problems/problem';
import { isFifo } from '../../modules/resources/fifo';
import { sqsQueue } from '../../modules/resources/sqs-queue/schema';
import { FIFO_BATCH, FIFO_BATCHES, isFifoName } from '../../modules/rules/fifo';
import { TRIGGER_TIMEOUT_SECONDS, visibilityFix } from '../../modules/rules/trigger-timeout';
import { sqs } from './schema';

/** An event with the queue that it reads. */
interface Reader extends LocatedEvent {
  /** The queue as the event refers to it. */
  readonly given: string;
  readonly property: 'sqsQueueName' | 'sqsQueueArn';
  /** Undefined for a queue outside of the config. */
  readonly queue: LocatedResource | undefined;
}

function readers(index: IndexedConfig): Reader[] {
  return eventsOf(sqs)(index).flatMap((event) => {
    const { sqsQueueName, sqsQueueArn } = event.properties;
    const property = sqsQueueName === undefined ? 'sqsQueueArn' : 'sqsQueueName';
    const given = sqsQueueName ?? sqsQueueArn;
    if (typeof given !== 'string' || isToken(given)) return [];
    const queue = property === 'sqsQueueName' ? index.named(given, sqsQueue) : index.withArn(given, sqsQueue);
    return [{ ...event, given, property, queue }];
  });
}

/** A message goes to only one of the consumers of a queue. */
const oneReader = rule('conflict', readers, function* (all) {
  const first = new Map<unknown, Reader & { readonly spelling: string }>();
  for (const reader of all) {
    const { owner, given, queue, path, property } = reader;
    const spelling = parseResourceParam(given)?.resource ?? given;
    const key = queue?.existing?.arn ?? queue?.name ?? spelling;
    const other = first.get(key);
    if (other === undefined) {
      first.set(key, { ...reader, spelling });
      continue;
    }
    // The check of the owner's events refuses two that refer to the queue in the same way.
    if (other.owner === owner && other.spelling === spelling) continue;
    const found = foundValue(given, `, which ${formatPath(other.path)} also reads`);
    const fix =
      other.owner === owner
        ? 'remove one of them: Lambda accepts one event source mapping of a queue to a function'
        : 'give each its own queue, and send to both through an sns-topic: only one consumer gets a message';
    yield { path: [...path, property], finding: { found, accepted: 'a queue with one consumer', fix } };
  }
});

const fifoBatches = rule('conflict', readers, function* (all) {
  for (const { properties, path, given, queue } of all) {
    if (queue === undefined ? !isFifoName(given) : !isFifo(queue)) continue;
    const { batchSize, maxBatchWindowSeconds } = properties;
    if (typeof batchSize === 'number' && !isToken(batchSize) && batchSize > FIFO_BATCH) {
      const finding = { found: foundValue(batchSize), accepted: FIFO_BATCHES, fix: `lower it to ${FIFO_BATCH}` };
      yield { path: [...path, 'batchSize'], finding };
    }
    if (maxBatchWindowSeconds !== undefined && maxBatchWindowSeconds !== 0) {
      const finding = { found: foundValue(maxBatchWindowSeconds), accepted: FIFO_BATCHES, fix: 'remove it' };
      yield { path: [...path, 'maxBatchWindowSeconds'], finding };
    }
  }
});

/** Messages must not reappear while the function still handles them. */
const visibleLater = rule('conflict', readers, function* (all, index) {
  for (const { queue, owner } of all) {
    const hidden = queue?.properties.visibilityTimeoutSeconds;
    if (queue === undefined || queue.existing !== undefined || typeof hidden !== 'number' || isToken(hidden)) continue;
    const { timeout, reason } = timeoutOf(index.resources.get(owner));
    if (timeout === undefined || hidden >= timeout || hidden < 0) continue;
    const accepted = `${timeout} or more seconds, ${reason}`;
    const finding = { found: foundValue(hidden), accepted, fix: visibilityFix(timeout) };
    yield { path: [...queue.path, 'visibilityTimeoutSeconds'], finding };
  }
});

/** How long the function of a queue can run, in seconds. Undefined for a timeout that is unknown or that another check refuses. */
function timeoutOf(owner: LocatedResource | undefined): {
  readonly timeout: number | undefined;
  readonly reason: string;
} {
  if (owner?.type !== 'function') {
    return {
      timeout: TRIGGER_TIMEOUT_SECONDS,
      reason: "the trigger function's timeout, for a queue that starts a job",
    };
  }
  const { timeout } = owner.properties;
  const reason = `the timeout of "${owner.name}", for a queue that invokes it`;
  return { timeout: typeof timeout === 'number' && !isToken(timeout) ? timeout : undefined, reason };
}

/** Queues that AWS would refuse as a source, or that would lose messages. */
export const SQS_RULES = [oneReader, fifoBatches, visibleLater];
