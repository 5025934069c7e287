import { keyPolicy } from '../../../../cli/operate/info/key-policy';
import type { BatchJobsConfig } from '../../../../modules/stack-config/config';
import { job } from '../../../synthesis';
import { deployed } from './deployment';

const key = (region: string, partition = 'aws') => ({
  encryption: { kmsKeyArn: `arn:${partition}:kms:${region}:999999999999:key/1234abcd` },
});
const policyOf = (config: Partial<BatchJobsConfig> = {}, region = 'eu-west-1') =>
  Object.fromEntries(keyPolicy(deployed({ ...key(region), ...config }, region)).Statement.map((one) => [one.Sid, one]));

const ROLE = 'arn:aws:iam::123456789012:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling';

describe('the policy of a key', () => {
  it('is for the account, logs, messages and volumes of the stack', () => {
    const policy = policyOf();
    expect(Object.keys(policy)).toEqual(['RolesOfTheAccount', 'Logs', 'Messages', 'Volumes', 'GrantsForVolumes']);
    expect(policy.RolesOfTheAccount?.Principal).toEqual({ AWS: 'arn:aws:iam::123456789012:root' });
    // What DynamoDB and EFS require of whoever creates a table or a file system.
    expect(policy.RolesOfTheAccount?.Action).toEqual(
      expect.arrayContaining([
        'kms:CreateGrant',
        'kms:Decrypt',
        'kms:DescribeKey',
        'kms:Encrypt',
        'kms:GenerateDataKey*',
        'kms:ReEncrypt*',
      ]),
    );
    expect(policy.Logs).toMatchObject({
      Principal: { Service: 'logs.eu-west-1.amazonaws.com' },
      Condition: {
        ArnLike: { 'kms:EncryptionContext:aws:logs:arn': 'arn:aws:logs:eu-west-1:123456789012:log-group:*' },
      },
    });
    expect(policy.Volumes?.Principal).toEqual({ AWS: ROLE });
    expect(policy.GrantsForVolumes).toMatchObject({
      Action: ['kms:CreateGrant'],
      Condition: { Bool: { 'kms:GrantIsForAWSResource': true } },
    });
  });

  it('names the services that send to queues and topics of the config', () => {
    const sends = (config: Partial<BatchJobsConfig>) => policyOf(config).Messages?.Principal.Service;
    expect(sends({})).toEqual(['events.amazonaws.com', 'sns.amazonaws.com']);
    const topic = { type: 'sns-topic' as const, properties: { publishers: ['s3.amazonaws.com'] } };
    expect(sends({ resources: { topic }, undeliveredEvents: { alarmTopicName: 'topic' } })).toEqual([
      'cloudwatch.amazonaws.com',
      'events.amazonaws.com',
      's3.amazonaws.com',
      'sns.amazonaws.com',
    ]);
    const alarms = { failedRuns: { notify: { snsTopicName: 'topic' } } };
    const report = { type: 'batch-job', properties: job({ alarms }) } as const;
    expect(sends({ resources: { topic: { type: 'sns-topic' }, report } })).toContain('cloudwatch.amazonaws.com');
    const packaging = { type: 'js-bundle', properties: { entryfilePath: 'sorter.ts' } } as const;
    const trigger = { type: 'lambda-error-rate', properties: { thresholdPercent: 5 } } as const;
    const sorter = { type: 'function' as const, properties: { packaging, alarms: [{ trigger }] } };
    expect(sends({ resources: { sorter } })).toContain('cloudwatch.amazonaws.com');
    expect(sends({ resources: { sorter: { type: 'function', properties: { packaging } } } })).toHaveLength(2);
  });

  it.each([
    ['cn-north-1', 'aws-cn', 'logs.cn-north-1.amazonaws.com.cn'],
    ['us-gov-west-1', 'aws-us-gov', 'logs.us-gov-west-1.amazonaws.com'],
  ])('is of the partition of %s', (region, partition, service) => {
    const policy = policyOf(key(region, partition), region);
    expect(policy.Logs?.Principal).toEqual({ Service: service });
    expect(JSON.stringify(policy)).not.toContain('arn:aws:');
  });
});
