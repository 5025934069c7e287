import { z } from 'zod';
import {
  across,
  type CheckContext,
  exactlyOne,
  nonEmpty,
  refuse,
  strict,
  text,
  type Unchecked,
} from '../../modules/config/checked';
import { asObject } from '../../modules/config/value-at';
import type { ByName, Written, WrittenProperties } from '../../modules/config/written';
import { foundValue } from '../../modules/problems/found';
import { STANDARD_TOPIC_ARN, topicArnFix } from '../../modules/rules/arn-forms';
import { isFifoName } from '../../modules/rules/fifo';
import { deliveryFailure } from '../delivery-failure';
import type { FilterPolicyScope } from './filter-policy';

const SCOPES = ['MessageAttributes', 'MessageBody'] as const satisfies readonly FilterPolicyScope[];

const settings = {
  /**
   * Which messages start the job. By their attributes, each key is an attribute; by their body, it is a property, with lists or an object of further ones. Each list contains accepted values. Maximum: 5 lists and 150 combinations of values. @default all
   */
  filterPolicy: z.record(z.string(), z.json()).optional(),
  /** What `filterPolicy` is about: `MessageAttributes`, or `MessageBody`, which must be JSON. Requires `filterPolicy`. @default MessageAttributes */
  filterPolicyScope: z.enum(SCOPES).optional(),
};

/** Settings that a config and the trigger construct have in common. */
export const snsSettings = across(strict(settings), checkFilter);

function checkFilter({ filterPolicy, filterPolicyScope: scope }: Unchecked<typeof settings>, context: CheckContext) {
  if (filterPolicy === undefined && scope !== undefined) {
    const fix = 'add filterPolicy, or remove filterPolicyScope';
    refuse(context, { found: foundValue(scope), accepted: 'missing without filterPolicy', fix }, ['filterPolicyScope']);
  }
  if (typeof filterPolicy !== 'object' || filterPolicy === null || Array.isArray(filterPolicy)) return;
  // Loaded only for a policy.
  const { checkFilterPolicy } = require('./filter-policy') as typeof import('./filter-policy');
  checkFilterPolicy(asObject(filterPolicy), scope === 'MessageBody' ? scope : 'MessageAttributes', (finding, path) =>
    refuse(context, finding, ['filterPolicy', ...path]),
  );
}

/** The fix for a FIFO topic. */
export const FIFO_TOPIC_FIX =
  'subscribe an sqs-queue to the topic, and start the job with an sqs event: a FIFO topic cannot invoke functions';

/** ARN of a topic to subscribe to. */
export const snsTopicArn = text({
  pattern: STANDARD_TOPIC_ARN,
  orDirective: true,
  accepted: 'the ARN of a standard SNS topic',
  fix: (found) => (isFifoName(found) ? FIFO_TOPIC_FIX : topicArnFix(found)),
});

/** Starts one run for each message on an SNS topic. */
export const sns = strict({
  /** Starts one run for each message on an SNS topic. */
  type: z.literal('sns'),
  /** Which topic, and which of its messages. */
  properties: across(
    strict({
      /** Name of the `sns-topic` of this config. Set exactly one of `snsTopicName` and `snsTopicArn`. FIFO topics can't invoke functions. */
      snsTopicName: nonEmpty("the topic's name").optional(),
      /** Same as `snsTopicName`, as in Stacktape. You can't combine it with `snsTopicName` or `snsTopicArn`. */
      topicName: nonEmpty("the topic's name").optional(),
      /** ARN of the topic. Set exactly one of `snsTopicName` and `snsTopicArn`. FIFO topics can't invoke functions. */
      snsTopicArn: snsTopicArn.optional(),
      ...settings,
      /** Queue for messages that SNS could not deliver. @default the stack's undelivered-events queue */
      onDeliveryFailure: deliveryFailure.optional(),
    }),
    (value, context) => {
      const alias = value.topicName === undefined ? [] : ['topicName'];
      exactlyOne(value, ['snsTopicName', 'snsTopicArn', ...alias], context);
      checkFilter(value, context);
    },
  ).transform(({ topicName, ...properties }) =>
    topicName === undefined ? properties : { ...properties, snsTopicName: topicName },
  ),
});

export interface SnsEventProperties extends WrittenProperties<typeof sns>, ByName {}
/** Such an event as written in a config. */
export interface SnsEvent extends Written<z.input<typeof sns>> {
  readonly properties: SnsEventProperties;
}
