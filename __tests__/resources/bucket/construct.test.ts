// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are the texts that Terraform gets
import { TerraformOutput, TerraformVariable } from 'cdktf';
import { Bucket, type BucketProps } from '../../../modules/resources/bucket/construct';
import { document, foreignStack, Synthesis } from '../../synthesis';

function synthesize({ id = 'invoices', ...props }: Partial<BucketProps> & { id?: string } = {}) {
  const stack = foreignStack();
  const bucket = new Bucket(stack, id, { stackName: 'reports', ...props });
  return { bucket, synthesis: new Synthesis(stack) };
}

describe('Bucket', () => {
  it('makes', () => {
    expect(synthesize().synthesis.types).toEqual([
      'aws_s3_bucket',
      'aws_s3_bucket_lifecycle_configuration', // unfinished uploads go
      'aws_s3_bucket_ownership_controls', // no ACLs
      'aws_s3_bucket_policy', // TLS only
      'aws_s3_bucket_public_access_block',
      'aws_s3_bucket_server_side_encryption_configuration', // said outright
    ]);
  });

  it('has a name that no other account has, and is not destroyed with objects in it', () => {
    expect(synthesize().synthesis.one('aws_s3_bucket')).toEqual({
      bucket_prefix: 'reports-invoices-',
      force_destroy: false,
    });
  });

  it.each([
    ['Reports_2', 'myBucket', 'reports-2-mybucket-'],
    ['a'.repeat(60), 'b', /^a{27}-[0-9a-f]{8}-$/],
  ])('writes names as S3 takes them: %s, %s', (stackName, id, expected) => {
    const { bucket_prefix: prefix } = synthesize({ stackName, id }).synthesis.one('aws_s3_bucket');
    expect(String(prefix)).toMatch(expected);
    expect(String(prefix).length).toBeLessThanOrEqual(37);
  });

  it('is private: encrypted, no public access, no ACLs, TLS only', () => {
    const { synthesis } = synthesize();
    const bucket = '${aws_s3_bucket.invoices.bucket}';
    expect(synthesis.one('aws_s3_bucket_server_side_encryption_configuration')).toEqual({
      bucket,
      rule: [{ apply_server_side_encryption_by_default: { sse_algorithm: 'AES256' } }],
    });
    expect(synthesis.one('aws_s3_bucket_public_access_block')).toEqual({
      bucket,
      block_public_acls: true,
      block_public_policy: true,
      ignore_public_acls: true,
      restrict_public_buckets: true,
    });
    expect(synthesis.one('aws_s3_bucket_ownership_controls')).toEqual({
      bucket,
      rule: { object_ownership: 'BucketOwnerEnforced' },
    });
    const policy = synthesis.one('aws_s3_bucket_policy');
    expect(policy.depends_on).toEqual(['aws_s3_bucket_public_access_block.invoices_PublicAccess']);
    expect(document(policy.policy).Statement).toEqual([
      {
        Sid: 'TlsOnly',
        Effect: 'Deny',
        Principal: '*',
        Action: 's3:*',
        Resource: ['${aws_s3_bucket.invoices.arn}', '${aws_s3_bucket.invoices.arn}/*'],
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      },
    ]);
  });

  it('answers no preflight requests, or those of its rules', () => {
    const rules = (cors: object) =>
      synthesize({ properties: { cors } }).synthesis.one('aws_s3_bucket_cors_configuration').cors_rule;
    expect(synthesize({ properties: { cors: { enabled: false } } }).synthesis.types).not.toContain(
      'aws_s3_bucket_cors_configuration',
    );
    const all = {
      allowed_origins: ['*'],
      allowed_headers: ['*'],
      allowed_methods: ['GET', 'PUT', 'POST', 'DELETE', 'HEAD'],
    };
    expect(rules({ enabled: true })).toEqual([{ id: 'rule-1', ...all }]);
    expect(rules({})).toEqual([{ id: 'rule-1', ...all }]);
    const corsRules = [
      { allowedOrigins: ['https://a.example'], allowedHeaders: ['content-type'], allowedMethods: ['PUT'], maxAge: 0 },
      { exposedResponseHeaders: ['etag'] },
    ];
    expect(rules({ corsRules })).toEqual([
      {
        id: 'rule-1',
        allowed_origins: ['https://a.example'],
        allowed_headers: ['content-type'],
        allowed_methods: ['PUT'],
        max_age_seconds: 0,
      },
      { id: 'rule-2', ...all, expose_headers: ['etag'] },
    ]);
  });

  it('has the rules of its lifecycle after its own', () => {
    const lifecycleRules = [{ type: 'expiration' as const, properties: { daysAfterUpload: 3 } }];
    const { rule } = synthesize({ properties: { lifecycleRules } }).synthesis.one(
      'aws_s3_bucket_lifecycle_configuration',
    );
    expect(rule).toEqual([
      expect.objectContaining({ id: 'abort-incomplete-uploads' }),
      { id: '1-expiration', status: 'Enabled', filter: [{ prefix: '' }], expiration: [{ days: 3 }] },
    ]);
  });

  it('keeps incomplete uploads as long as its rule says', () => {
    const lifecycleRules = [
      { type: 'abort-incomplete-multipart-upload' as const, properties: { prefix: 'big/', daysAfterInitiation: 30 } },
    ];
    expect(
      synthesize({ properties: { lifecycleRules } }).synthesis.one('aws_s3_bucket_lifecycle_configuration').rule,
    ).toEqual([
      {
        id: '1-abort-incomplete-multipart-upload',
        status: 'Enabled',
        filter: [{ prefix: 'big/' }],
        abort_incomplete_multipart_upload: [{ days_after_initiation: 30 }],
      },
    ]);
  });

  it('lets unfinished uploads go after a week', () => {
    expect(synthesize().synthesis.one('aws_s3_bucket_lifecycle_configuration').rule).toEqual([
      {
        id: 'abort-incomplete-uploads',
        status: 'Enabled',
        filter: [{ prefix: '' }],
        abort_incomplete_multipart_upload: [{ days_after_initiation: 7 }],
      },
    ]);
  });

  it('keeps versions if told to', () => {
    expect(synthesize({ properties: { versioning: true } }).synthesis.one('aws_s3_bucket_versioning')).toEqual({
      bucket: '${aws_s3_bucket.invoices.bucket}',
      versioning_configuration: { status: 'Enabled' },
    });
  });

  it('is destroyed with its objects if told to', () => {
    const { synthesis } = synthesize({ properties: { forceDestroy: true } });
    expect(synthesis.one('aws_s3_bucket').force_destroy).toBe(true);
  });

  it('has its name and ARN for others', () => {
    const stack = foreignStack();
    const { params, arn, name } = new Bucket(stack, 'invoices', { stackName: 'reports' });
    expect(params).toEqual({ name, arn });
    new TerraformOutput(stack, 'arn', { value: arn });
    new TerraformOutput(stack, 'name', { value: name });
    const { outputs } = new Synthesis(stack);
    expect(outputs.arn).toEqual({ value: '${aws_s3_bucket.invoices.arn}' });
    expect(outputs.name).toEqual({ value: '${aws_s3_bucket.invoices.bucket}' });
  });

  it('makes nothing for a bucket that is there, whose name is in its ARN', () => {
    const { bucket, synthesis } = synthesize({ existing: { arn: 'arn:aws-cn:s3:::in.voices' } });
    expect(synthesis.types).toEqual([]);
    expect(bucket.bucket).toBeUndefined();
    expect(bucket.params).toEqual({ name: 'in.voices', arn: 'arn:aws-cn:s3:::in.voices' });
  });

  it('lets Terraform read the name where it alone knows the ARN', () => {
    const stack = foreignStack();
    const arn = new TerraformVariable(stack, 'arn', {}).stringValue;
    const { name } = new Bucket(stack, 'invoices', { stackName: 'reports', existing: { arn } });
    new TerraformOutput(stack, 'name', { value: name });
    expect(new Synthesis(stack).outputs.name).toEqual({ value: '${element(split(":", var.arn), 5)}' });
  });
});
