import type { CheckContext } from '../../modules/config/checked';
import { jobEvents } from '../../modules/config/job-events';
import { referredResource, refuseOtherThan } from '../../modules/config/referred-resource';
import { eventBus } from './schema';

/** Refuses event-bus events whose `eventBusArn` refers to a resource of another type. */
export function checkBusReferences(resources: unknown, context: CheckContext): void {
  for (const { path, properties } of jobEvents(resources, eventBus)) {
    const referred = referredResource(properties.eventBusArn ?? '', resources);
    if (referred !== undefined) refuseOtherThan('event-bus', referred, context, [...path, 'eventBusArn']);
  }
}
