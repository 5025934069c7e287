import { z } from 'zod';
import { across, type CheckContext, nonEmpty, refuse, strict, type Unchecked } from '../../modules/config/checked';
import type { ByName, Written, WrittenProperties } from '../../modules/config/written';
import { eventBusArn } from '../../modules/resources/event-bus/schema';
import { deliveryFailure } from '../delivery-failure';
import { checkReshaping, reshaping } from '../reshaping';
import { eventPattern } from './event-pattern';

const settings = {
  /** Which events start the job: at least one property, at most 4,096 characters of JSON. */
  eventPattern,
  ...reshaping,
};

/** Settings that a config and the trigger construct have in common. */
export const eventBusSettings = across(strict(settings), checkReshaping);

const BUSES = ['eventBusArn', 'eventBusName', 'useDefaultBus'] as const;

/** Starts the job from events on an EventBridge bus. */
export const eventBus = strict({
  /** Starts the job from events on an EventBridge bus. */
  type: z.literal('event-bus'),
  /** Which bus, which of its events, and what the job receives. */
  properties: across(
    strict({
      /** ARN of the bus, in the stack's account and region. Set exactly one of `eventBusArn`, `eventBusName`, `useDefaultBus`. */
      eventBusArn: eventBusArn.optional(),
      /** Name of the `event-bus` of this config. Set exactly one of `eventBusArn`, `eventBusName`, `useDefaultBus`. */
      eventBusName: nonEmpty("the bus's name").optional(),
      /** Uses the account's default bus, to which AWS services send their events. `false` is the same as no value. Set exactly one of `eventBusArn`, `eventBusName`, `useDefaultBus`. */
      useDefaultBus: z.boolean().optional(),
      /** Queue for events that EventBridge could not deliver. @default the stack's undelivered-events queue */
      onDeliveryFailure: deliveryFailure.optional(),
      ...settings,
    }),
    (value, context) => {
      exactlyOneBus(value, context);
      checkReshaping(value, context);
    },
  ),
});

function exactlyOneBus(value: Unchecked<Record<(typeof BUSES)[number], unknown>>, context: CheckContext): void {
  const given = BUSES.filter((key) => value[key] !== undefined && value[key] !== false);
  if (given.length === 1) return;
  const accepted = `exactly one of ${BUSES.join(', ')}`;
  const fix =
    given.length === 0
      ? 'add useDefaultBus: true or the name of a bus'
      : `keep ${given[0]} and remove ${given.slice(1).join(' and ')}`;
  refuse(context, { found: given.length === 0 ? 'none of them' : given.join(' and '), accepted, fix });
}

export interface EventBusEventProperties extends WrittenProperties<typeof eventBus>, ByName {}
/** Such an event as written in a config. */
export interface EventBusEvent extends Written<z.input<typeof eventBus>> {
  readonly properties: EventBusEventProperties;
}
