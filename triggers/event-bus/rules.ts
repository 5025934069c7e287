import { eventsOf } from '../../modules/config/indexed-config';
import { rule } from '../../modules/config/rule';
import { otherThanArnOf } from '../../modules/config/wanted-resource';
import { eventBusResource } from '../../modules/resources/event-bus/schema';
import { standardDeadLetterQueue } from '../delivery-rules';
import { eventBus } from './schema';

const isBus = rule('invalid-value', eventsOf(eventBus), function* (events, index) {
  for (const { path, parsed } of events) {
    const finding = otherThanArnOf(eventBusResource, index.referred(parsed?.eventBusArn));
    if (finding !== undefined) yield { path: [...path, 'eventBusArn'], finding };
  }
});

export const EVENT_BUS_RULES = [isBus, standardDeadLetterQueue(eventBus)];
