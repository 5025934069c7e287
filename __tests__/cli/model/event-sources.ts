import type { EventSources } from '../../../cli/model/send';
import type { EventFacts } from '../../../triggers/event-facts';
import { SOURCES } from '../../../triggers/registry';

/** What the server tells the page about the events of each source. */
export const EVENT_SOURCES: EventSources = Object.fromEntries(SOURCES.map(({ type, facts }) => [type, facts()]));

/** Of a type that is in no config: facts without any key. */
export function factsOf(type: string): EventFacts {
  return EVENT_SOURCES[type] ?? { kinds: [{ kind: 'invocation', noun: '', names: { one: '' } }], keys: [] };
}
