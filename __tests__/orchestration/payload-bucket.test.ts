// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are the texts that Terraform gets
import { TerraformOutput } from 'cdktf';
import { PayloadBucket } from '../../modules/orchestration/payload-bucket';
import { foreignStack, Synthesis } from '../synthesis';

function setUp() {
  const stack = foreignStack();
  return { payloads: new PayloadBucket(stack, 'payloads', { stackName: 'reports' }), stack };
}

describe('PayloadBucket', () => {
  it('makes a private bucket', () => {
    expect(new Synthesis(setUp().stack).types).toEqual([
      'aws_s3_bucket',
      'aws_s3_bucket_lifecycle_configuration', // events go
      'aws_s3_bucket_ownership_controls',
      'aws_s3_bucket_policy', // TLS only
      'aws_s3_bucket_public_access_block',
      'aws_s3_bucket_server_side_encryption_configuration',
    ]);
  });

  it('goes with the stack, whatever is in it', () => {
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
