import { z } from 'zod';
import { type CheckContext, refuse } from '../modules/config/checked';
import { parseResourceParam } from '../modules/config/directive';
import type { Finding } from '../modules/problems/problem';
import { eventSelection } from './event-id';
import { event, type JobEvent } from './events';
import { sourceOf } from './registry';

/** The events of a job or function. Two events can't have the same source and selection. */
export const events = z
  .array(event)
  .superRefine((list, context) => refuseDuplicates(list, context), { when: () => true });

function refuseDuplicates(list: unknown, context: CheckContext): void {
  if (!Array.isArray(list)) return;
  // The list holds what the schema made of each event, unless it refused it.
  const refused = new Set(context.issues.map(({ path = [] }) => path[0]));
  const seen = new Map<string, { readonly index: number; readonly event: JobEvent }>();
  for (const [index, event] of (list as readonly JobEvent[]).entries()) {
    if (refused.has(index)) continue;
    const key = selectionKey(event);
    const earlier = seen.get(key);
    const finding = earlier && duplicateFinding(event, earlier.event, `events[${earlier.index}]`);
    if (earlier === undefined) seen.set(key, { index, event });
    else if (finding !== undefined) refuse(context, { code: 'duplicate-event', ...finding }, [index]);
  }
}

/** The event's source and selection as a key. The same for `orders` and `$ResourceParam('orders', 'arn')`. */
function selectionKey(given: JobEvent): string {
  const arns = Object.entries(sourceOf(given.type).arns ?? {});
  const parts = eventSelection(given).map(([property, value]) => {
    const arn = arns.find(([, accepted]) => accepted?.name === property);
    if (arn !== undefined) return [arn[0], [value, 'arn']];
    const directive = typeof value === 'string' ? parseResourceParam(value) : undefined;
    return [property, directive === undefined ? value : [directive.resource, directive.param]];
  });
  return JSON.stringify([given.type, ...parts]);
}

/** Undefined if the rules of the source report duplicates. */
function duplicateFinding(given: JobEvent, earlier: JobEvent, place: string): Finding | undefined {
  const { duplicate } = sourceOf(given.type);
  const told = typeof duplicate === 'function' ? duplicate(given.properties, earlier.properties, place) : duplicate;
  if (typeof told !== 'string') return told;
  const found = `the same source and selection as ${place}`;
  return { found, accepted: 'a different source or selection', fix: `remove one of them: ${told}` };
}
