import { EVENT_BRIDGE, EVENT_BRIDGE_KEYS, type EventFacts } from '../event-facts';

export const facts: EventFacts = {
  shortName: 'bus',
  kinds: [EVENT_BRIDGE],
  keys: EVENT_BRIDGE_KEYS,
};
