import { IN_ACCOUNT, IN_REGION, OF_QUEUE } from '../../modules/config/arn-rule';
import { EVENT_BUS } from '../../modules/resources/event-bus';
import { deadLetterQueueOf } from '../dead-letter-queue';
import { DELIVERY_ALIASES } from '../delivery-failure';
import { RESHAPING_ALIASES } from '../reshaping';
import { RULE } from '../rule-resources';
import { source } from '../source';
import { eventBus } from './schema';

export type { EventBusEvent } from './schema';

/** Events on an EventBridge bus. */
export const EVENT_BUS_SOURCE = source({
  schema: eventBus,
  trigger: () => (require('./trigger') as typeof import('./trigger')).EventBusTrigger,
  sample: () => (require('./sample') as typeof import('./sample')).eventBus,
  facts: () => (require('./facts') as typeof import('./facts')).facts,
  page: () => (require('./page') as typeof import('./page')).page,
  delivery: () => (require('./delivery') as typeof import('./delivery')).delivery,
  selects: ['eventBusArn', 'eventBusName', 'useDefaultBus', 'eventPattern', 'input', 'inputPath', 'inputTransformer'],
  // With `input...` properties, the trigger function can't recognize a duplicate: it doesn't get the event's id.
  duplicate: (properties) =>
    Object.keys(properties).some((key) => key.startsWith('input'))
      ? 'each event would start the job twice'
      : 'an event starts the job once, however many rules it matches',
  // A rule invokes functions in its own account and region: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-targets.html
  // Dead-letter queues: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html
  arns: {
    eventBusArn: { ...IN_ACCOUNT, name: 'eventBusName', refersTo: { 'event-bus': 'arn' } },
    'onDeliveryFailure.sqsQueueArn': { ...IN_REGION, refersTo: OF_QUEUE },
  },
  aliases: {
    eventPattern: 'pattern eventFilter',
    eventBusName: 'bus busName eventBus',
    ...RESHAPING_ALIASES,
    ...DELIVERY_ALIASES,
  },
  creates: RULE,
  rules: () => (require('./rules') as typeof import('./rules')).EVENT_BUS_RULES,
  props: ({ eventBusArn, eventBusName, useDefaultBus, onDeliveryFailure, ...settings }, resources) => ({
    bus:
      eventBusName === undefined && eventBusArn === undefined
        ? undefined
        : resources.find(EVENT_BUS, eventBusName, eventBusArn),
    onDeliveryFailure: deadLetterQueueOf(onDeliveryFailure, resources),
    ...resources.resolve(settings),
  }),
});
