import { shortHash } from '../modules/rules/naming';
import { eventConstructId } from './event-construct-id';
import { type SourceType, sourceOf } from './registry';
import { selection } from './selection';

interface Listening {
  readonly type: SourceType;
  readonly properties: { readonly [property: string]: unknown };
}

/**
 * Construct id of a job's event. It depends on the event's source and not on its position in the list, so that adding or removing
 * another event doesn't replace this one. Ids are unique within a job.
 */
export function eventId(event: Listening): string {
  return eventConstructId(event.type, shortHash(JSON.stringify(eventSelection(event))));
}

/** The properties, with values, that select an event's source. */
export function eventSelection({ type, properties }: Listening): [property: string, value: unknown][] {
  return selection(sourceOf(type).selects, properties);
}
