import type { CheckContext } from './checked';
import { eventBus } from './events/event-bus';
import { jobEvents } from './job-events';
import { referredResource, refuseOtherThan } from './referred-resource';

/** Refuses event-bus events whose `eventBusArn` refers to a resource of another type. */
export function checkBusReferences(resources: unknown, context: CheckContext): void {
  for (const { path, properties } of jobEvents(resources, eventBus)) {
    const referred = referredResource(properties.eventBusArn ?? '', resources);
    if (referred !== undefined) refuseOtherThan('event-bus', referred, context, [...path, 'eventBusArn']);
  }
}
