import { z } from 'zod';
import { arnFix, TOPIC_NAME } from '../rules/arn-fix';
import { STANDARD_TOPIC_ARN } from '../rules/arn-forms';
import { FOR_PEOPLE, isFifoName } from '../rules/fifo';
import { WAITING } from '../rules/waiting-runs';
import { across, type CheckContext, exactlyOne, nonEmpty, numberIn, refuse, strict, text } from './checked';

/** ARN of a topic to notify. */
export const notifiedTopicArn = text({
  pattern: STANDARD_TOPIC_ARN,
  orDirective: true,
  accepted: 'the ARN of a standard SNS topic',
  fix: (found) =>
    isFifoName(found)
      ? FOR_PEOPLE
      : arnFix({ example: 'arn:aws:sns:eu-west-1:123456789012:alerts', name: TOPIC_NAME }, found),
});

const PLACES = ['snsTopicName', 'snsTopicArn', 'eventBusName'];

const place = {
  /** Name of the `sns-topic` of this config that gets the message. Set exactly one of `snsTopicName`, `snsTopicArn` and `eventBusName`. */
  snsTopicName: nonEmpty("the topic's name").optional(),
  /** ARN of the topic that gets the message, in the stack's region. Set exactly one of `snsTopicName`, `snsTopicArn` and `eventBusName`. If it is in another account, its policy must allow the stack's account to publish. */
  snsTopicArn: notifiedTopicArn.optional(),
  /** Name of the `event-bus` of this config that gets the message as an event. Set exactly one of `snsTopicName`, `snsTopicArn` and `eventBusName`. */
  eventBusName: nonEmpty("the bus's name").optional(),
};

const checkPlace = (value: { readonly [key: string]: unknown }, context: CheckContext) =>
  exactlyOne(value, PLACES, context);

/** Where a notification is sent. */
export const notificationTarget = across(strict(place), checkPlace);

/** EventBridge accepts five targets of a rule: one is for an alarm, and each time is one of the others: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html */
const STUCK_TIMES = 4;

/** How long a run waits before somebody is notified. A token would make the rule's targets unknown. */
export const stuckAfter = numberIn({
  unit: 'seconds',
  min: WAITING.min,
  max: WAITING.max,
  shapes: 'the rule',
  why: 'a run often waits for a minute, until an instance has started',
});

/** Where a notification about a run that waits is sent, and after how long. */
const stuckTarget = across(
  strict({
    /** How long a run waits in the queue before the target is notified, in seconds. @default 3600 */
    afterSeconds: stuckAfter.default(WAITING.default),
    ...place,
  }),
  checkPlace,
);

/** One target or several. Their times differ in at most {@link STUCK_TIMES} values. */
export const stuckTargets = z.union([stuckTarget, z.array(stuckTarget)]).superRefine((value, context) => {
  if (!Array.isArray(value)) return;
  const times = new Set(value.map(({ afterSeconds }) => afterSeconds));
  if (times.size <= STUCK_TIMES) return;
  const accepted = `at most ${STUCK_TIMES} different values of afterSeconds`;
  refuse(context as unknown as CheckContext, {
    found: `${times.size} of them`,
    accepted,
    fix: 'give some targets the same time',
  });
});

/** One target or several. An empty list turns off the stack's default. */
export const notificationTargets = z.union([notificationTarget, z.array(notificationTarget)]);
