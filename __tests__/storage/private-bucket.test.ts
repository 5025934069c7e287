// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are the texts that Terraform gets
import { Construct } from 'constructs';
import { bucketNameStart, createPrivateBucket, type PrivateBucketProps } from '../../modules/storage/private-bucket';
import { foreignStack, Synthesis } from '../synthesis';

const KEY = 'arn:aws:kms:eu-west-1:123456789012:key/1';

it.each([true, false])(
  'settings that every bucket has keep their names, with resources or without: %s',
  (statesDefaults) => {
    const scope = new Construct(foreignStack(), 'events');
    createPrivateBucket(scope, { aws: {}, name: ['a'], forceDestroy: true, statesDefaults });
    const ids = scope.node.children.map(({ node }) => node.id);
    expect(ids).toEqual(expect.arrayContaining(['PublicAccess', 'Ownership']));
  },
);

function bucket(props: Partial<PrivateBucketProps> = {}) {
  const stack = foreignStack();
  const name = ['reports', 'payloads'];
  createPrivateBucket(new Construct(stack, 'events'), { aws: {}, name, forceDestroy: true, ...props });
  return new Synthesis(stack);
}
const lifecycle = (props: Partial<PrivateBucketProps>) =>
  bucket(props).one('aws_s3_bucket_lifecycle_configuration').rule as { id: string }[];
const EXPIRE = { id: 'expire', status: 'Enabled', filter: [{ prefix: '' }], expiration: [{ days: 7 }] };
const ABORT = {
  id: 'abort-incomplete-uploads',
  status: 'Enabled',
  filter: [{ prefix: '' }],
  abort_incomplete_multipart_upload: [{ days_after_initiation: 7 }],
};

it('a bucket is reached by TLS only, and has nothing that every bucket has', () => {
  const found = bucket();
  expect(found.types).toEqual(['aws_s3_bucket', 'aws_s3_bucket_policy']);
  expect(found.one('aws_s3_bucket')).toMatchObject({ bucket_prefix: 'reports-payloads-', force_destroy: true });
  const { policy, depends_on, bucket: of } = found.one('aws_s3_bucket_policy');
  const arn = '${aws_s3_bucket.events.arn}';
  expect(JSON.parse(String(policy))).toEqual({
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'TlsOnly',
        Effect: 'Deny',
        Principal: '*',
        Action: 's3:*',
        Resource: [arn, `${arn}/*`],
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      },
    ],
  });
  expect(depends_on).toBeUndefined();
  expect(of).toBe('${aws_s3_bucket.events.bucket}');
  expect(bucket({ forceDestroy: false }).one('aws_s3_bucket').force_destroy).toBe(false);
});

it('a bucket can have what every bucket has as resources', () => {
  const found = bucket({ statesDefaults: true });
  expect(found.types).toEqual([
    'aws_s3_bucket',
    'aws_s3_bucket_lifecycle_configuration',
    'aws_s3_bucket_ownership_controls',
    'aws_s3_bucket_policy',
    'aws_s3_bucket_public_access_block',
    'aws_s3_bucket_server_side_encryption_configuration',
  ]);
  expect(found.one('aws_s3_bucket_public_access_block')).toMatchObject({
    block_public_acls: true,
    block_public_policy: true,
    ignore_public_acls: true,
    restrict_public_buckets: true,
  });
  expect(found.one('aws_s3_bucket_ownership_controls').rule).toEqual({ object_ownership: 'BucketOwnerEnforced' });
  expect(found.one('aws_s3_bucket_server_side_encryption_configuration').rule).toEqual([
    { apply_server_side_encryption_by_default: { sse_algorithm: 'AES256' } },
  ]);
  expect(found.one('aws_s3_bucket_policy').depends_on).toEqual([
    'aws_s3_bucket_public_access_block.events_PublicAccess',
  ]);
  expect(found.one('aws_s3_bucket_lifecycle_configuration').rule).toEqual([ABORT]);
});

it('a bucket can have a key', () => {
  const found = bucket({ aws: { kmsKeyArn: KEY } });
  expect(found.one('aws_s3_bucket_server_side_encryption_configuration').rule).toMatchObject([
    { apply_server_side_encryption_by_default: { kms_master_key_id: KEY } },
  ]);
});

it('a bucket keeps all versions, if it says so', () => {
  expect(bucket({ versioning: true }).one('aws_s3_bucket_versioning').versioning_configuration).toEqual({
    status: 'Enabled',
  });
  expect(bucket({ versioning: false }).types).not.toContain('aws_s3_bucket_versioning');
});

describe('the lifecycle', () => {
  it('removes incomplete uploads and what is old', () => {
    expect(lifecycle({ expirationDays: 7 })).toEqual([ABORT, EXPIRE]);
  });

  it('has further rules, and can keep incomplete uploads', () => {
    const lifecycleRules = [{ id: 'mine', status: 'Disabled' }];
    expect(lifecycle({ expirationDays: 7, lifecycleRules, keepsIncompleteUploads: true })).toEqual([
      EXPIRE,
      { id: 'mine', status: 'Disabled' },
    ]);
    expect(lifecycle({ statesDefaults: true, lifecycleRules }).map(({ id }) => id)).toEqual([
      'abort-incomplete-uploads',
      'mine',
    ]);
  });
});

it('the names of all buckets of a stack begin with its name, as S3 has it', () => {
  expect(bucketNameStart('My_Reports')).toBe('my-reports-');
});
