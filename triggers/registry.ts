import type { Construct } from 'constructs';
import type { JobEvent } from '../modules/config/events';
import { shortHash } from '../modules/naming';
import type { EventTarget } from './event-target';
import { ScheduleTrigger } from './schedule';

/** Makes the trigger for an event of a job's config and gives it back. */
export function trigger(scope: Construct, event: JobEvent, target: EventTarget): Construct {
  const id = eventId(event);
  switch (event.type) {
    case 'schedule':
      return new ScheduleTrigger(scope, id, { target, ...event.properties });
    default:
      throw new Error(`no trigger for events of type ${event.type}`);
  }
}

/**
 * Construct id of an event: by its content and not its place in the list, so that adding or removing another event of the job leaves it alone.
 */
export function eventId({ type, properties }: JobEvent): string {
  return `${type}-${shortHash(JSON.stringify(properties))}`;
}
