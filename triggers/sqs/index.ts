import { IN_REGION, OF_QUEUE } from '../../modules/config/arn-rule';
import { SQS_QUEUE } from '../../modules/resources/sqs-queue';
import { MAPPING } from '../mapping-resources';
import { source } from '../source';
import { BATCH_ALIASES, FILTER_ALIASES } from '../stream';
import { sqs } from './schema';

export type { SqsEvent } from './schema';

/** Messages of an SQS queue. */
export const SQS_SOURCE = source({
  schema: sqs,
  trigger: () => (require('./trigger') as typeof import('./trigger')).SqsTrigger,
  sample: () => (require('./sample') as typeof import('./sample')).sqs,
  facts: () => (require('./facts') as typeof import('./facts')).facts,
  page: () => (require('./page') as typeof import('./page')).page,
  delivery: () => (require('./delivery') as typeof import('./delivery')).delivery,
  mapping: 'sqs',
  selects: ['sqsQueueName', 'sqsQueueArn'],
  duplicate: 'Lambda accepts one event source mapping of a queue to a function',
  // Lambda polls queues in its own region, also in other accounts: https://docs.aws.amazon.com/lambda/latest/dg/with-sqs-cross-account-example.html
  arns: { sqsQueueArn: { ...IN_REGION, name: 'sqsQueueName', refersTo: OF_QUEUE } },
  aliases: {
    sqsQueueName: 'queue queueName sqsQueue',
    sqsQueueArn: 'queueArn',
    filterCriteria: FILTER_ALIASES,
    maximumConcurrency: 'maxConcurrency scalingConfig concurrency',
    ...BATCH_ALIASES,
  },
  creates: MAPPING,
  rules: () => (require('./rules') as typeof import('./rules')).SQS_RULES,
  props: ({ sqsQueueName, sqsQueueArn, ...settings }, resources) => ({
    queue: resources.find(SQS_QUEUE, sqsQueueName, sqsQueueArn),
    ...resources.resolve(settings),
  }),
});
