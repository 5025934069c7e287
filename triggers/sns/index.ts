import { IN_REGION, OF_QUEUE, OF_TOPIC } from '../../modules/config/arn-rule';
import { SNS_TOPIC } from '../../modules/resources/sns-topic';
import { deadLetterQueueOf } from '../dead-letter-queue';
import { DELIVERY_ALIASES } from '../delivery-failure';
import { source } from '../source';
import { sns } from './schema';

export type { SnsEvent } from './schema';

/** Messages on an SNS topic. */
export const SNS_SOURCE = source({
  schema: sns,
  trigger: () => (require('./trigger') as typeof import('./trigger')).SnsTrigger,
  sample: () => (require('./sample') as typeof import('./sample')).sns,
  facts: () => (require('./facts') as typeof import('./facts')).facts,
  page: () => (require('./page') as typeof import('./page')).page,
  delivery: () => (require('./delivery') as typeof import('./delivery')).delivery,
  selects: ['snsTopicName', 'snsTopicArn'],
  duplicate: (...events) => (require('./rules') as typeof import('./rules')).secondSubscription(...events),
  // SNS delivers across regions, but the subscription is created in the topic's region, and Terraform uses the stack's region.
  // Dead-letter queues: https://docs.aws.amazon.com/sns/latest/dg/sns-dead-letter-queues.html
  arns: {
    snsTopicArn: { ...IN_REGION, name: 'snsTopicName', refersTo: OF_TOPIC },
    'onDeliveryFailure.sqsQueueArn': { ...IN_REGION, refersTo: OF_QUEUE },
  },
  aliases: { snsTopicName: 'topic snsTopic', ...DELIVERY_ALIASES },
  creates: [['Subscription', 'sns-topic-subscription']],
  rules: () => (require('./rules') as typeof import('./rules')).SNS_RULES,
  props: ({ snsTopicName, snsTopicArn, onDeliveryFailure, ...settings }, resources) => ({
    topic: resources.find(SNS_TOPIC, snsTopicName, snsTopicArn),
    onDeliveryFailure: deadLetterQueueOf(onDeliveryFailure, resources),
    ...settings,
  }),
});
