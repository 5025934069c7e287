import { DEFAULT_VISIBILITY_SECONDS, sqsQueue } from '../../../modules/resources/sqs-queue/schema';
import { TRIGGER_TIMEOUT_SECONDS } from '../../../modules/rules/trigger-timeout';
import { problemsWith } from '../../stack-config/samples';

const ARN = 'arn:aws:sqs:eu-west-1:123456789012:theirs';
const problems = (queue: object) => problemsWith(sqsQueue, { type: 'sqs-queue', ...queue });

describe('an sqs-queue', () => {
  it('hides messages for six times the trigger function’s timeout, as AWS recommends', () => {
    expect(DEFAULT_VISIBILITY_SECONDS).toBe(6 * TRIGGER_TIMEOUT_SECONDS);
    expect(sqsQueue.parse({ type: 'sqs-queue', properties: {} }).properties).toEqual({
      visibilityTimeoutSeconds: DEFAULT_VISIBILITY_SECONDS,
      messageRetentionPeriodSeconds: 345_600,
      fifoEnabled: false,
    });
  });

  it.each([
    {},
    { existing: { arn: ARN } },
    { existing: { arn: `${ARN}.fifo` } },
    { properties: { visibilityTimeoutSeconds: 0, messageRetentionPeriodSeconds: 60 } },
    { properties: { visibilityTimeoutSeconds: 43_200, messageRetentionPeriodSeconds: 1_209_600 } },
    { properties: { delayMessagesSecond: 0, maxMessageSizeBytes: 1024, longPollingSeconds: 0 } },
    { properties: { delayMessagesSecond: 900, maxMessageSizeBytes: 1_048_576, longPollingSeconds: 20 } },
    { properties: { fifoEnabled: true, contentBasedDeduplication: true } },
    { properties: { redrivePolicy: { targetSqsQueueName: 'dead', maxReceiveCount: 1 } } },
    { properties: { redrivePolicy: { targetSqsQueueArn: "$ResourceParam('dead', 'arn')", maxReceiveCount: 1000 } } },
  ])('takes %j', (queue) => {
    expect(problems(queue)).toEqual([]);
  });

  it.each([
    [{ properties: {}, existing: { arn: ARN } }, '', 'remove one of them'],
    [{ existing: {} }, 'existing.arn', 'add it: it is required'],
    [{ existing: { arn: 'theirs' } }, 'existing.arn', 'write an ARN such as arn:aws:sqs:eu-west-1:123456789012:inbox'],
    [{ properties: { visibilityTimeoutSeconds: 43_201 } }, 'properties.visibilityTimeoutSeconds', 'use 43200'],
    [{ properties: { messageRetentionPeriodSeconds: 59 } }, 'properties.messageRetentionPeriodSeconds', 'use 60'],
    [{ properties: { delayMessagesSecond: 901 } }, 'properties.delayMessagesSecond', 'use 900'],
    [{ properties: { maxMessageSizeBytes: 1023 } }, 'properties.maxMessageSizeBytes', 'use 1024'],
    [{ properties: { maxMessageSizeBytes: 1_048_577 } }, 'properties.maxMessageSizeBytes', 'use 1048576'],
    [{ properties: { longPollingSeconds: 21 } }, 'properties.longPollingSeconds', 'use 20'],
    [
      { properties: { contentBasedDeduplication: true } },
      'properties.contentBasedDeduplication',
      'add fifoEnabled: true or remove it',
    ],
    [
      { properties: { redrivePolicy: { targetSqsQueueArn: ARN, maxReceiveCount: 0 } } },
      'properties.redrivePolicy.maxReceiveCount',
      'use 1',
    ],
    [
      { properties: { redrivePolicy: { maxReceiveCount: 1 } } },
      'properties.redrivePolicy',
      'add targetSqsQueueName or targetSqsQueueArn',
    ],
    [
      { properties: { redrivePolicy: { targetSqsQueueName: 'dead', targetSqsQueueArn: ARN, maxReceiveCount: 1 } } },
      'properties.redrivePolicy',
      'keep targetSqsQueueName and remove targetSqsQueueArn',
    ],
    [
      { properties: { redrivePolicy: { targetSqsQueueArn: 'dead', maxReceiveCount: 1 } } },
      'properties.redrivePolicy.targetSqsQueueArn',
      "write $ResourceParam('<queue>', 'arn') or an ARN such as arn:aws:sqs:eu-west-1:123456789012:dead",
    ],
  ])('refuses %j', (queue, path, fix) => {
    expect(problems(queue)).toEqual([expect.objectContaining({ path, fix })]);
  });
});
