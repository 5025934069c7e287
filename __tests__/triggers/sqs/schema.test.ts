import { sqs, sqsSettings } from '../../../triggers/sqs/schema';
import { problemsWith, tokens } from '../../stack-config/samples';

const ARN = 'arn:aws:sqs:eu-west-1:123456789012:inbox';
const problems = (properties: object) => problemsWith(sqs, { type: 'sqs', properties });

describe('an sqs event', () => {
  it('reads batches of up to 10 messages, without waiting for more', () => {
    expect(sqs.parse({ type: 'sqs', properties: { sqsQueueName: 'inbox' } })).toEqual({
      type: 'sqs',
      properties: { sqsQueueName: 'inbox', batchSize: 10 },
    });
  });

  it.each([
    { sqsQueueArn: ARN },
    { sqsQueueArn: `${ARN}.fifo` },
    { sqsQueueArn: "$ResourceParam('inbox', 'arn')" },
    { sqsQueueArn: tokens().TEXT },
    { sqsQueueName: 'inbox', batchSize: 1 },
    { sqsQueueName: 'inbox', batchSize: 10_000, maxBatchWindowSeconds: 1 },
    { sqsQueueName: 'inbox', maxBatchWindowSeconds: 300 },
    { sqsQueueName: 'inbox', batchSize: tokens().NUMBER },
    { sqsQueueName: 'inbox', maximumConcurrency: 2 },
    { sqsQueueName: 'inbox', maximumConcurrency: 1000 },
    { sqsQueueName: 'inbox', maximumConcurrency: tokens().NUMBER },
  ])('takes %j', (properties) => {
    expect(problems(properties)).toEqual([]);
  });

  it.each([
    [{}, 'properties', 'add sqsQueueName or sqsQueueArn'],
    [{ sqsQueueName: 'inbox', sqsQueueArn: ARN }, 'properties', 'keep sqsQueueName and remove sqsQueueArn'],
    [
      { sqsQueueArn: 'inbox' },
      'properties.sqsQueueArn',
      'write an ARN such as arn:aws:sqs:eu-west-1:123456789012:inbox',
    ],
    [{ sqsQueueName: 'inbox', batchSize: 0 }, 'properties.batchSize', 'use 1'],
    [{ sqsQueueName: 'inbox', batchSize: 11 }, 'properties.batchSize', 'add maxBatchWindowSeconds: 5'],
    [
      { sqsQueueName: 'inbox', batchSize: 11, maxBatchWindowSeconds: 0 },
      'properties.batchSize',
      'add maxBatchWindowSeconds: 5',
    ],
    [{ sqsQueueName: 'inbox', batchSize: 10_001, maxBatchWindowSeconds: 1 }, 'properties.batchSize', 'use 10000'],
    [{ sqsQueueName: 'inbox', maxBatchWindowSeconds: 301 }, 'properties.maxBatchWindowSeconds', 'use 300'],
    [{ sqsQueueName: 'inbox', maxBatchWindowSeconds: -1 }, 'properties.maxBatchWindowSeconds', 'use 0'],
    [{ sqsQueueName: 'inbox', maximumConcurrency: 1 }, 'properties.maximumConcurrency', 'use 2'],
    [{ sqsQueueName: 'inbox', maximumConcurrency: 1001 }, 'properties.maximumConcurrency', 'use 1000'],
  ])('refuses %j', (properties, path, fix) => {
    expect(problems(properties)).toEqual([expect.objectContaining({ path, fix })]);
  });

  it('checks the window of the trigger by itself too', () => {
    expect(problemsWith(sqsSettings, { batchSize: 11 })).toHaveLength(1);
    expect(problemsWith(sqsSettings, { sqsQueueName: 'inbox' })).toHaveLength(1);
  });
});
