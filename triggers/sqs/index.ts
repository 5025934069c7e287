import { source } from '../source';
import { sqs as schema } from './schema';

/** Messages of an SQS queue. */
export const sqs = source({
  schema,
  trigger: () => (require('./trigger') as typeof import('./trigger')).SqsTrigger,
  sample: () => (require('./sample') as typeof import('./sample')).sqs,
  selects: ['sqsQueueName', 'sqsQueueArn'],
  duplicate: 'Lambda accepts one event source mapping of a queue to a function',
  names: { sqsQueueName: { type: 'sqs-queue', arn: 'sqsQueueArn' } },
  props: ({ sqsQueueName, sqsQueueArn, ...settings }, resources) => ({
    queue: resources.find('sqs-queue', sqsQueueName, sqsQueueArn),
    ...settings,
  }),
});
