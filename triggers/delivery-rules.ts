import { eventsOf, objectOf, type TypedSchema } from '../modules/config/indexed-config';
import { type Rule, rule } from '../modules/config/rule';
import { withArticle } from '../modules/config/type-name';
import { foundValue } from '../modules/problems/found';
import { isFifo } from '../modules/resources/fifo';
import { isFifoTopic } from '../modules/resources/sns-topic/rules';
import { snsTopic } from '../modules/resources/sns-topic/schema';
import { sqsQueue } from '../modules/resources/sqs-queue/schema';

const STANDARD_QUEUE = {
  accepted: 'a standard queue',
  fix: 'use a queue without fifoEnabled: AWS cannot send undelivered events to a FIFO queue',
};

/** The dead-letter queue of a topic or rule is no FIFO queue. */
export function standardDeadLetterQueue(source: TypedSchema): Rule {
  return rule('conflict', eventsOf(source), function* (events, index) {
    for (const { properties, path } of events) {
      const { sqsQueueName, sqsQueueArn } = objectOf(properties.onDeliveryFailure);
      const queues = {
        sqsQueueName: index.named(sqsQueueName, sqsQueue),
        sqsQueueArn: index.withArn(sqsQueueArn, sqsQueue),
      };
      for (const [property, queue] of Object.entries(queues)) {
        if (queue === undefined || !isFifo(queue)) continue;
        const found = foundValue(objectOf(properties.onDeliveryFailure)[property], ', a FIFO queue');
        yield { path: [...path, 'onDeliveryFailure', property], finding: { found, ...STANDARD_QUEUE } };
      }
    }
  });
}

/** The destination for batches of a stream that were given up is no FIFO queue or topic. */
export function standardDestination(source: TypedSchema): Rule {
  return rule('conflict', eventsOf(source), function* (events, index) {
    for (const { properties, path } of events) {
      const { arn } = objectOf(properties.onFailure);
      const at = [...path, 'onFailure', 'arn'];
      const queue = index.withArn(arn, sqsQueue);
      if (queue !== undefined && isFifo(queue))
        yield { path: at, finding: { found: foundValue(arn, ', a FIFO queue'), ...STANDARD_QUEUE } };
      if (!isFifoTopic(arn, index)) continue;
      const fix = 'use a topic without fifoEnabled: Lambda cannot send to a FIFO topic';
      yield { path: at, finding: { found: foundValue(arn, ', a FIFO topic'), accepted: 'a standard topic', fix } };
    }
  });
}

/** Types of destinations, by type of the resource that is one. */
const DESTINATIONS: ReadonlyMap<unknown, string> = new Map([
  [sqsQueue.shape.type.value, 'sqs'],
  [snsTopic.shape.type.value, 'sns'],
]);

/** The destination for batches of a stream that were given up has the type of the resource. The schema compares the type with an ARN. */
export function typedDestination(source: TypedSchema): Rule {
  return rule('conflict', eventsOf(source), function* (events, index) {
    for (const { properties, path } of events) {
      const { arn, type } = objectOf(properties.onFailure);
      const referred = index.referred(arn);
      const right = DESTINATIONS.get(referred?.type);
      if (referred === undefined || right === undefined || type === right || (type !== 'sqs' && type !== 'sns'))
        continue;
      const accepted = `"${right}", since "${referred.name}" is ${withArticle(String(referred.type))}`;
      const finding = { found: foundValue(type), accepted, fix: `write type: '${right}'` };
      yield { path: [...path, 'onFailure', 'type'], finding };
    }
  });
}
