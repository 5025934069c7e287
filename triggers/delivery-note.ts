import { formatCount } from '../modules/problems/phrases';
import type { JobEvent } from './events';
import { sourceOf } from './registry';

/**
 * What to say of an event that the filters of a job's sources would not let through as it is. Undefined if there is nothing to say.
 *
 * @param events of the job
 */
export function deliveryNote(events: readonly JobEvent[], event: unknown): string | undefined {
  const all = events.flatMap(({ type, properties }) => {
    const delivery = sourceOf(type).delivery?.()(properties, event);
    return delivery === undefined ? [] : [{ type, ...delivery }];
  });
  const [best] = all.sort((one, other) => other.delivered - one.delivered);
  if (best === undefined || best.delivered === best.sent) return undefined;
  const { type, property, sent, delivered } = best;
  const filter = `${property} of the ${type} event`;
  if (delivered > 0)
    return `${filter} lets ${formatCount(delivered)} of the ${formatCount(sent)} records through. A deployed job would get only these`;
  const what = sent === 1 ? 'does not let this event through' : `lets none of the ${formatCount(sent)} records through`;
  return `${filter} ${what}. It would start no run of a deployed job`;
}
