import { deadLetterQueueOf } from '../dead-letter-queue';
import { source } from '../source';
import { secondSubscription } from './rules';
import { sns as schema } from './schema';

/** Messages on an SNS topic. */
export const sns = source({
  schema,
  trigger: () => (require('./trigger') as typeof import('./trigger')).SnsTrigger,
  sample: () => (require('./sample') as typeof import('./sample')).sns,
  selects: ['snsTopicName', 'snsTopicArn'],
  duplicate: secondSubscription,
  names: {
    snsTopicName: { type: 'sns-topic', arn: 'snsTopicArn' },
    topicName: { type: 'sns-topic', arn: 'snsTopicArn' },
    'onDeliveryFailure.sqsQueueName': { type: 'sqs-queue' },
  },
  props: ({ snsTopicName, snsTopicArn, onDeliveryFailure, ...settings }, resources) => ({
    topic: resources.find('sns-topic', snsTopicName, snsTopicArn),
    onDeliveryFailure: deadLetterQueueOf(onDeliveryFailure, resources),
    ...settings,
  }),
});
