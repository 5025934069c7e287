import { sns, snsSettings } from '../../../triggers/sns/schema';
import { problemsWith, tokens } from '../../stack-config/samples';

const TOPIC = 'arn:aws:sns:eu-west-1:123456789012:orders';
const QUEUE = 'arn:aws:sqs:eu-west-1:123456789012:dead';
const problems = (properties: object) => problemsWith(sns, { type: 'sns', properties });

describe('an sns event', () => {
  it('needs no more than its topic', () => {
    expect(sns.parse({ type: 'sns', properties: { snsTopicName: 'orders' } })).toEqual({
      type: 'sns',
      properties: { snsTopicName: 'orders' },
    });
  });

  it('takes the name that the guide writes, as the one that it means', () => {
    expect(sns.parse({ type: 'sns', properties: { topicName: 'orders', filterPolicy: { a: ['b'] } } })).toEqual({
      type: 'sns',
      properties: { snsTopicName: 'orders', filterPolicy: { a: ['b'] } },
    });
  });

  it.each([
    { snsTopicArn: TOPIC },
    { snsTopicArn: 'arn:aws-us-gov:sns:us-gov-west-1:123456789012:orders' },
    { snsTopicArn: "$ResourceParam('orders', 'arn')" },
    { snsTopicArn: tokens().TEXT },
    { snsTopicName: 'orders', filterPolicy: { kind: ['paid'] } },
    { snsTopicName: 'orders', onDeliveryFailure: { sqsQueueName: 'dead' } },
    { snsTopicName: 'orders', onDeliveryFailure: { sqsQueueArn: QUEUE } },
    { snsTopicName: 'orders', onDeliveryFailure: { sqsQueueArn: "$ResourceParam('dead', 'arn')" } },
  ])('takes %j', (properties) => {
    expect(problems(properties)).toEqual([]);
  });

  it.each([
    [{}, 'properties', 'add snsTopicName or snsTopicArn'],
    [{ snsTopicName: 'orders', snsTopicArn: TOPIC }, 'properties', 'keep snsTopicName and remove snsTopicArn'],
    [
      { snsTopicArn: 'orders' },
      'properties.snsTopicArn',
      'write an ARN such as arn:aws:sns:eu-west-1:123456789012:orders',
    ],
    [
      { snsTopicArn: `${TOPIC}.fifo` },
      'properties.snsTopicArn',
      'subscribe an sqs-queue to the topic, and start the job with an sqs event: a FIFO topic cannot invoke functions',
    ],
    [{ topicName: 'orders', snsTopicName: 'orders' }, 'properties', 'keep snsTopicName and remove topicName'],
    [{ snsTopicName: 'orders', filterPolicy: { kind: 'paid' } }, 'properties.filterPolicy.kind', 'write ["paid"]'],
    [
      { snsTopicName: 'orders', onDeliveryFailure: {} },
      'properties.onDeliveryFailure',
      'add sqsQueueArn or sqsQueueName',
    ],
    [
      { snsTopicName: 'orders', onDeliveryFailure: { sqsQueueArn: QUEUE, sqsQueueName: 'dead' } },
      'properties.onDeliveryFailure',
      'keep sqsQueueArn and remove sqsQueueName',
    ],
    [
      { snsTopicName: 'orders', onDeliveryFailure: { sqsQueueArn: `${QUEUE}.fifo` } },
      'properties.onDeliveryFailure.sqsQueueArn',
      'use a standard queue: neither SNS nor EventBridge sends to a FIFO queue here',
    ],
    [
      { snsTopicName: 'orders', onDeliveryFailure: { sqsQueueArn: 'dead' } },
      'properties.onDeliveryFailure.sqsQueueArn',
      'write an ARN such as arn:aws:sqs:eu-west-1:123456789012:undelivered',
    ],
  ])('refuses %j', (properties, path, fix) => {
    expect(problems(properties)).toEqual([expect.objectContaining({ path, fix })]);
  });

  it('has no names in what the trigger by itself takes', () => {
    expect(problemsWith(snsSettings, { snsTopicName: 'orders' })).toHaveLength(1);
  });
});
