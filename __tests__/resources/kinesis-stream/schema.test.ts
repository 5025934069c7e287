import { kinesisStreamResource } from '../../../modules/resources/kinesis-stream/schema';
import { problemsWith } from '../../stack-config/samples';

const ARN = 'arn:aws:kinesis:eu-west-1:123456789012:stream/theirs';
const KEY = 'arn:aws:kms:eu-west-1:123456789012:key/clicks';
const problems = (stream: object) => problemsWith(kinesisStreamResource, { type: 'kinesis-stream', ...stream });

describe('a kinesis-stream', () => {
  it('is on demand, encrypted, and keeps records for a day', () => {
    expect(kinesisStreamResource.parse({ type: 'kinesis-stream', properties: {} }).properties).toEqual({
      retentionPeriodHours: 24,
    });
  });

  it.each([
    {},
    { existing: { arn: ARN } },
    { properties: { capacityMode: 'ON_DEMAND', encryption: { enabled: true } } },
    { properties: { capacityMode: 'PROVISIONED', shardCount: 2, encryption: { enabled: true, kmsKeyArn: KEY } } },
    { properties: { shardCount: 1, retentionPeriodHours: 8760, kmsKeyId: 'alias/clicks' } },
  ])('takes %j', (stream) => {
    expect(problems(stream)).toEqual([]);
  });

  it.each([
    [{ properties: {}, existing: { arn: ARN } }, '', 'remove one of them'],
    [
      { existing: { arn: 'theirs' } },
      'existing.arn',
      'write an ARN such as arn:aws:kinesis:eu-west-1:123456789012:stream/clicks',
    ],
    [
      { properties: { capacityMode: 'ON_DEMAND', shardCount: 2 } },
      'properties.shardCount',
      'remove shardCount, or write capacityMode: PROVISIONED',
    ],
    [{ properties: { encryption: { enabled: false } } }, 'properties.encryption.enabled', 'use true'],
    [
      { properties: { encryption: { enabled: true }, kmsKeyId: 'alias/clicks' } },
      'properties',
      'remove encryption, or move the key to encryption.kmsKeyArn',
    ],
    [{ properties: { shardCount: 0 } }, 'properties.shardCount', 'use 1'],
    [{ properties: { retentionPeriodHours: 23 } }, 'properties.retentionPeriodHours', 'use 24'],
    [{ properties: { retentionPeriodHours: 8761 } }, 'properties.retentionPeriodHours', 'use 8760'],
    [{ properties: { kmsKeyId: '' } }, 'properties.kmsKeyId', 'write the id, ARN or alias of a KMS key'],
  ])('refuses %j', (stream, path, fix) => {
    expect(problems(stream)).toEqual([expect.objectContaining({ path, fix })]);
  });
});
