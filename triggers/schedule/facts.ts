import { EVENT_BRIDGE, EVENT_BRIDGE_KEYS, type EventFacts } from '../event-facts';

export const facts: EventFacts = {
  kinds: [{ ...EVENT_BRIDGE, sentBy: ['aws.events', 'aws.scheduler'] }],
  keys: EVENT_BRIDGE_KEYS,
};
