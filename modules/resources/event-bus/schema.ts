import type { z } from 'zod';
import { strict, text } from '../../config/checked';
import type { ByName, Written, WrittenProperties } from '../../config/written';
import { arnFix, BUS_NAME } from '../../rules/arn-fix';
import { companionSchema } from '../companion-schema';
import { policyStatements } from './policy-statements';

/** Properties of a bus that the stack creates. */
export const eventBusProperties = strict({
  /** Who else can put events on the bus: other accounts, an organization, AWS services. EventBridge accepts at most 10,240 characters of them. @default only the bus's own account @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-bus-perms.html */
  policyStatements: policyStatements.default([]),
});

/** `arn:aws:events:eu-west-1:123456789012:event-bus/name`, in any partition. */
export const eventBusArn = text({
  pattern: /^arn:[\w-]+:events:[a-z0-9-]+:\d{12}:event-bus\/[/.\w-]{1,256}$/,
  orDirective: true,
  accepted: 'the ARN of a bus, such as arn:aws:events:eu-west-1:123456789012:event-bus/orders',
  fix: (found) => arnFix({ example: 'arn:aws:events:eu-west-1:123456789012:event-bus/orders', name: BUS_NAME }, found),
});

/** An EventBridge bus. */
export const eventBusResource = companionSchema(
  'event-bus',
  eventBusProperties,
  strict({
    /** ARN of the bus. It must be in the stack's account and region, because a rule can't invoke a function elsewhere. Its policy is not changed. */
    arn: eventBusArn,
  }),
);

/** What others can ask of a bus. */
export const EVENT_BUS_PARAMS = ['name', 'arn'] as const;

export interface EventBusProperties extends WrittenProperties<typeof eventBusResource>, ByName {}
/** Such a resource as written in a config. */
export interface EventBus extends Written<z.input<typeof eventBusResource>> {
  readonly properties?: EventBusProperties;
}
