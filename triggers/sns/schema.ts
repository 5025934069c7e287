import { z } from 'zod';
import { across, exactlyOne, nonEmpty, strict, text } from '../../modules/config/checked';
import type { ByName, Written, WrittenProperties } from '../../modules/config/written';
import { STANDARD_TOPIC_ARN } from '../../modules/rules/arn-forms';
import { isFifoName } from '../../modules/rules/fifo';
import { deliveryFailure } from '../delivery-failure';
import { filterPolicy } from './filter-policy';

const settings = {
  /**
   * Which messages start the job, by their attributes: each key is an attribute, each list contains its accepted values. Maximum: 5 keys and 150 combinations of values. @default all
   */
  filterPolicy: filterPolicy.optional(),
};

/** Settings that a config and the trigger construct have in common. */
export const snsSettings = strict(settings);

/** ARN of a topic to subscribe to. */
export const snsTopicArn = text({
  pattern: STANDARD_TOPIC_ARN,
  orDirective: true,
  accepted: 'the ARN of a standard SNS topic',
  fix: (found) =>
    isFifoName(found)
      ? 'subscribe an sqs-queue to the topic, and start the job with an sqs event: a FIFO topic cannot invoke functions'
      : 'write an ARN such as arn:aws:sns:eu-west-1:123456789012:orders',
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
