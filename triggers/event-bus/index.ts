import { deadLetterQueueOf } from '../dead-letter-queue';
import { source } from '../source';
import { eventBus as schema } from './schema';

/** Events on an EventBridge bus. */
export const eventBus = source({
  schema,
  trigger: () => (require('./trigger') as typeof import('./trigger')).EventBusTrigger,
  sample: () => (require('./sample') as typeof import('./sample')).eventBus,
  selects: ['eventBusArn', 'eventBusName', 'useDefaultBus', 'eventPattern', 'input', 'inputPath', 'inputTransformer'],
  // With `input...` properties, the trigger function can't recognize a duplicate: it doesn't get the event's id.
  duplicate: (properties) =>
    Object.keys(properties).some((key) => key.startsWith('input'))
      ? 'each event would start the job twice'
      : 'an event starts the job once, however many rules it matches',
  names: {
    eventBusName: { type: 'event-bus', arn: 'eventBusArn' },
    'onDeliveryFailure.sqsQueueName': { type: 'sqs-queue' },
  },
  props: ({ eventBusArn, eventBusName, useDefaultBus, onDeliveryFailure, ...settings }, resources) => ({
    bus:
      eventBusName === undefined && eventBusArn === undefined
        ? undefined
        : resources.find('event-bus', eventBusName, eventBusArn),
    onDeliveryFailure: deadLetterQueueOf(onDeliveryFailure, resources),
    ...resources.resolve(settings),
  }),
});
