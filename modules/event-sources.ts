import type { EventSource } from '../triggers/registry';
import { eventId } from './config/event-id';
import type { JobEvent } from './config/events';
import type { ResourceCatalog } from './resources/catalog';
import { Queue } from './resources/queue';

/** An event of a config with every name in it made the resource of that name. For the stack only: nothing deeper knows names. */
export function eventSource(event: JobEvent, catalog: ResourceCatalog): EventSource {
  const id = eventId(event);
  switch (event.type) {
    case 'schedule':
      return { id, type: event.type, properties: catalog.resolve(event.properties) };
    case 'sqs': {
      const { sqsQueueName, sqsQueueArn = '', ...settings } = event.properties;
      const queue =
        sqsQueueName === undefined
          ? (catalog.named(sqsQueueArn, Queue) ?? { arn: sqsQueueArn })
          : catalog.get(sqsQueueName, Queue);
      return { id, type: event.type, properties: { queue, ...settings } };
    }
    default:
      throw new Error(`no trigger for events of type ${event.type}`);
  }
}
