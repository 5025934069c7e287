import { beside, type StacktapeType } from '../../config/stacktape';

/** What Stacktape's queues have that those here have not. */
export const STACKTAPE: StacktapeType = {
  properties: {
    fifoHighThroughput: (value) =>
      value === true
        ? { SqsQueue: { deduplication_scope: 'messageGroup', fifo_throughput_limit: 'perMessageGroupId' } }
        : 'remove it',
    policyStatements: `${beside('aws_sqs_queue_policy')}, unless an event of this config sends to the queue`,
    events: beside('aws_cloudwatch_event_rule', 'aws_cloudwatch_event_target'),
  },
};
