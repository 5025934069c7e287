// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are the texts that Terraform gets
import { DataStream, type DataStreamProps } from '../../../modules/resources/kinesis-stream/construct';
import { foreignStack } from '../../synthesis';
import { context, resolved, withContext } from '../context';

function made(props: Pick<DataStreamProps, 'properties' | 'existing'> = {}) {
  return withContext((stack, given) => void new DataStream(stack, 'clicks', { ...given, ...props }));
}

describe('DataStream', () => {
  it('is one resource: on demand, encrypted, records kept for a day', () => {
    expect(made().types).toEqual([
      // The stream. Without a policy: Kinesis has no endpoint without TLS.
      'aws_kinesis_stream',
    ]);
    expect(made().one('aws_kinesis_stream')).toEqual({
      name: 'reports-clicks',
      stream_mode_details: { stream_mode: 'ON_DEMAND' },
      retention_period: 24,
      encryption_type: 'KMS',
      kms_key_id: 'alias/aws/kinesis',
      enforce_consumer_deletion: true,
    });
  });

  it('is made as its properties say', () => {
    const properties = { shardCount: 4, retentionPeriodHours: 168, kmsKeyId: 'alias/clicks' };
    expect(made({ properties }).one('aws_kinesis_stream')).toMatchObject({
      stream_mode_details: { stream_mode: 'PROVISIONED' },
      shard_count: 4,
      retention_period: 168,
      kms_key_id: 'alias/clicks',
    });
  });

  it('has one shard if it is provisioned without a number, and the key of encryption', () => {
    const kmsKeyArn = 'arn:aws:kms:eu-west-1:123456789012:key/clicks';
    const properties = { capacityMode: 'PROVISIONED', encryption: { enabled: true, kmsKeyArn } } as const;
    expect(made({ properties }).one('aws_kinesis_stream')).toMatchObject({
      stream_mode_details: { stream_mode: 'PROVISIONED' },
      shard_count: 1,
      kms_key_id: kmsKeyArn,
    });
    expect(made({ properties: { capacityMode: 'ON_DEMAND' } }).one('aws_kinesis_stream')).not.toHaveProperty(
      'shard_count',
    );
  });

  it('tells others its ARN and name', () => {
    const stack = foreignStack();
    expect(resolved(stack, new DataStream(stack, 'clicks', context(stack)).params)).toEqual({
      arn: '${aws_kinesis_stream.clicks.arn}',
      name: '${aws_kinesis_stream.clicks.name}',
    });
  });

  it('that is there already is known by its ARN', () => {
    const stack = foreignStack();
    const arn = 'arn:aws:kinesis:eu-west-1:123456789012:stream/theirs';
    const { params, stream } = new DataStream(stack, 'clicks', { ...context(stack), existing: { arn } });
    expect({ params, stream }).toEqual({ params: { arn, name: 'theirs' }, stream: undefined });
    expect(made({ existing: { arn } }).types).toEqual([]);
  });

  it('names the construct and the property if its properties are wrong', () => {
    expect(() => made({ properties: { retentionPeriodHours: 1 } })).toThrow(
      /stack\/clicks: 1 problem[\s\S]*retentionPeriodHours/,
    );
  });
});
