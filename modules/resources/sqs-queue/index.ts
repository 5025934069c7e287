import { IN_ACCOUNT, OF_QUEUE } from '../../config/arn-rule';
import { ACCESS_KINDS } from '../../rules/narrowing';
import { companion } from '../descriptor';
import { QUEUE_PARAMS, sqsQueue } from './schema';

export type { SqsQueue } from './schema';

/** The type `sqs-queue`. */
export const SQS_QUEUE = companion({
  type: 'sqs-queue',
  noun: 'queue',
  schema: sqsQueue,
  creates: [['SqsQueue', 'sqs-queue']],
  construct: () => (require('./construct') as typeof import('./construct')).Queue,
  params: QUEUE_PARAMS,
  existingArns: { arn: IN_ACCOUNT },
  // https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html
  propertyArns: { 'redrivePolicy.targetSqsQueueArn': { ...IN_ACCOUNT, refersTo: OF_QUEUE } },
  withoutNames: () => (require('./dead-letter-queue') as typeof import('./dead-letter-queue')).withDeadLetterArn,
  rules: () => (require('./rules') as typeof import('./rules')).SQS_QUEUE_RULES,
  absent: {
    url: (_, existing) =>
      existing === undefined ? undefined : 'use arn or name: the URL of an existing queue is not known',
  },
  unreachableService: 'Amazon SQS',
  namedBy: ['sqsQueueName', 'targetSqsQueueName'],
  isStore: true,
  connection: () => (require('./connection') as typeof import('./connection')).queueConnection,
  narrowable: { access: ACCESS_KINDS },
  provided: { aws_sqs_queue: () => (require('./connection') as typeof import('./connection')).providedQueue },
  stacktape: () => (require('./stacktape') as typeof import('./stacktape')).STACKTAPE,
});
