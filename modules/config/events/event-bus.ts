import { z } from 'zod';
import { across, nonEmpty, strict } from '../checked';
import { deliveryFailure } from './delivery-failure';
import { onlyOneReshaping, reshaping } from './reshaping';

const json = z.json();

/** Starts the job by events on an EventBridge bus. */
export const eventBus = strict({
  /** Starts the job by events on an EventBridge bus. */
  type: z.literal('event-bus'),
  /** Which events, and what the job receives. */
  properties: across(
    strict({
      /** ARN of the bus. Exactly one of `eventBusArn`, `eventBusName`, `useDefaultBus`. */
      eventBusArn: nonEmpty('the ARN of a bus').optional(),
      /** Name of the `event-bus` of this config. Exactly one of `eventBusArn`, `eventBusName`, `useDefaultBus`. */
      eventBusName: nonEmpty("the bus's name").optional(),
      /** The account's default bus. Exactly one of `eventBusArn`, `eventBusName`, `useDefaultBus`. */
      useDefaultBus: z.boolean().optional(),
      /** Which events start the job. */
      eventPattern: strict({
        /** Version of the event's envelope: the values or conditions that match. @default any */
        version: json.optional(),
        /** Kind of event: the values or conditions that match. @default any */
        'detail-type': json.optional(),
        /** Where the event comes from: the values or conditions that match. @default any */
        source: json.optional(),
        /** Account: the values or conditions that match. @default any */
        account: json.optional(),
        /** Region: the values or conditions that match. @default any */
        region: json.optional(),
        /** Resources: the values or conditions that match. @default any */
        resources: json.optional(),
        /** Content: the values or conditions that match. @default any */
        detail: json.optional(),
        /** Name of the replay: the values or conditions that match. @default any */
        'replay-name': json.optional(),
      }),
      /** Queue for events that EventBridge could not hand over. @default the stack's undelivered-events queue */
      onDeliveryFailure: deliveryFailure.optional(),
      ...reshaping,
    }),
    onlyOneReshaping,
  ),
});
