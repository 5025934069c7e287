import { snsTopic } from '../../../modules/resources/sns-topic/schema';
import { problemsWith } from '../../stack-config/samples';

const ARN = 'arn:aws:sns:eu-west-1:123456789012:theirs';
const problems = (topic: object) => problemsWith(snsTopic, { type: 'sns-topic', ...topic });

describe('an sns-topic', () => {
  it('is a standard one, without a customer managed key, that no further service publishes to', () => {
    expect(snsTopic.parse({ type: 'sns-topic', properties: {} }).properties).toEqual({
      fifoEnabled: false,
      publishers: [],
    });
  });

  it.each([
    {},
    { existing: { arn: ARN } },
    { existing: { arn: `${ARN}.fifo` } },
    { properties: { fifoEnabled: true, contentBasedDeduplication: false } },
    { properties: { kmsKeyId: 'alias/orders' } },
    { properties: { publishers: ['s3.amazonaws.com', 'costalerts.amazonaws.com'] } },
  ])('takes %j', (topic) => {
    expect(problems(topic)).toEqual([]);
  });

  it.each([
    [{ properties: {}, existing: { arn: ARN } }, '', 'remove one of them'],
    [{ existing: { arn: 'theirs' } }, 'existing.arn', 'write an ARN such as arn:aws:sns:eu-west-1:123456789012:orders'],
    [
      { properties: { contentBasedDeduplication: true } },
      'properties.contentBasedDeduplication',
      'add fifoEnabled: true or remove it',
    ],
    [
      { properties: { kmsKeyId: 'alias/aws/sns' } },
      'properties.kmsKeyId',
      'remove it, or use a customer managed key: with the AWS managed key, alarms, S3 and EventBridge cannot publish',
    ],
    [{ properties: { publishers: ['s3'] } }, 'properties.publishers[0]', 'write s3.amazonaws.com'],
    [{ properties: { publishers: ['*'] } }, 'properties.publishers[0]', 'write s3.amazonaws.com'],
  ])('refuses %j', (topic, path, fix) => {
    expect(problems(topic)).toEqual([expect.objectContaining({ path, fix })]);
  });
});
