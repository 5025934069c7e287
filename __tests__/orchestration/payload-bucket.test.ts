// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are the texts that Terraform gets
import { TerraformOutput } from 'cdktf';
import { PayloadBucket } from '../../modules/orchestration/payload-bucket';
import { payloadDays } from '../../modules/orchestration/payload-days';
import { retryPlan } from '../../modules/orchestration/retry-plan';
import { foreignStack, Synthesis } from '../synthesis';

function setUp(aws = {}) {
  const stack = foreignStack();
  const payloads = new PayloadBucket(stack, 'payloads', { stackName: 'reports', aws });
  return { payloads, stack, bucket: payloads.bucket };
}

describe('PayloadBucket', () => {
  it('makes a private bucket for the first job', () => {
    const stack = foreignStack();
    new PayloadBucket(stack, 'payloads', { stackName: 'reports', aws: {} });
    expect(new Synthesis(stack).types).toEqual([]);
    expect(new Synthesis(setUp().stack).types).toEqual([
      'aws_s3_bucket',
      'aws_s3_bucket_lifecycle_configuration', // events go
      'aws_s3_bucket_policy', // TLS only
    ]);
  });

  it('has a setting for encryption only with a key', () => {
    const kmsKeyArn = 'arn:aws:kms:eu-west-1:123456789012:key/1';
    const { types } = new Synthesis(setUp({ kmsKeyArn }).stack);
    expect(types).toContain('aws_s3_bucket_server_side_encryption_configuration');
  });

  it('is deleted with the stack, even if it contains objects', () => {
    expect(new Synthesis(setUp().stack).one('aws_s3_bucket')).toEqual({
      bucket_prefix: 'reports-events-',
      force_destroy: true,
    });
  });

  it('keeps events for 30 days', () => {
    expect(new Synthesis(setUp().stack).one('aws_s3_bucket_lifecycle_configuration').rule).toEqual([
      expect.objectContaining({ id: 'abort-incomplete-uploads' }),
      { id: 'expire', status: 'Enabled', filter: [{ prefix: '' }], expiration: [{ days: 30 }] },
    ]);
  });

  it('keeps events for as long as the job that may ask latest', () => {
    const { payloads, stack } = setUp();
    const days = 24 * 60 * 60;
    payloads.keepFor(retryPlan({ attempts: 2, retryIntervalSeconds: 40 * days, timeout: 60 }));
    payloads.keepFor(retryPlan({}));
    const [, expire] = new Synthesis(stack).one('aws_s3_bucket_lifecycle_configuration').rule as object[];
    expect(expire).toMatchObject({ expiration: [{ days: 14 + 41 }] });
  });

  it.each([
    [{}, 30],
    [{ timeout: 20 * 86_400 }, 30],
    [{ attempts: 3, retryIntervalSeconds: 60, timeout: 3600 }, 30],
    [{ attempts: 2 }, 366],
    [{ attempts: 4, timeout: 10 * 86_400 }, 14 + 40],
    [{ attempts: 3, retryIntervalSeconds: 5 * 86_400, retryIntervalMultiplier: 2, timeout: 86_400 }, 14 + 15 + 3],
    [{ attempts: 2, retryIntervalSeconds: 364 * 86_400, timeout: 3600 }, 366],
    [{ useSpotInstances: true }, 366],
    [{ useSpotInstances: true, timeout: 5 * 86_400 }, 14 + 4 * 5],
    [
      { useSpotInstances: true, timeout: 5 * 86_400, spotInterruption: { freeRestarts: 3, thenOnDemand: true } },
      14 + 5 * 5,
    ],
    [{ useSpotInstances: true, spotInterruption: { freeRestarts: 0 } }, 30],
  ])('of a job with %j they are kept for %i days', (input, days) => {
    expect(payloadDays(retryPlan(input))).toBe(days);
  });

  it('is written and read by job: an object at a time, and no other job’s', () => {
    const { payloads, stack } = setUp();
    const statements = [payloads.writeStatement('nightly'), payloads.readStatement('nightly')];
    new TerraformOutput(stack, 'statements', { value: statements });
    const Resource = ['${aws_s3_bucket.payloads.arn}/nightly/*'];
    expect(new Synthesis(stack).outputs.statements?.value).toEqual([
      { Sid: 'StoreLargeEvents', Action: ['s3:PutObject'], Resource },
      { Sid: 'ReadLargeEvents', Action: ['s3:GetObject'], Resource },
    ]);
  });
});
