// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are the texts that Terraform gets
import { S3Bucket } from '@cdktf/provider-aws/lib/s3-bucket';
import { TerraformVariable } from 'cdktf';
import { Bucket } from '../../../modules/resources/bucket/construct';
import { S3Trigger, type S3TriggerProps } from '../../../triggers/s3/trigger';
import { document, foreignStack, Synthesis, typesUnder } from '../../synthesis';
import { beside, functionTarget } from '../function-target';

const FOREIGN = { arn: 'arn:aws:s3:::theirs' };
const EVERY = { s3EventType: 's3:ObjectCreated:*' } as const;

function setUp() {
  const stack = foreignStack();
  return { stack, bucket: new S3Bucket(stack, 'invoices', {}), target: functionTarget(stack) };
}

function synthesize(props: Partial<S3TriggerProps> = {}): Synthesis {
  const { stack, bucket, target } = setUp();
  new S3Trigger(stack, 'uploads', { bucket, target, ...EVERY, ...props } as S3TriggerProps);
  return new Synthesis(stack);
}

describe('S3Trigger, by the notifications of a bucket', () => {
  it('creates, in addition to what was given', () => {
    expect(synthesize().types).toEqual([
      'aws_iam_role', // given, and nothing is added to it
      'aws_lambda_function', // given
      'aws_lambda_permission', // for this bucket only
      'aws_s3_bucket', // given
      'aws_s3_bucket_notification', // the only one of the bucket
      'aws_sqs_queue', // given
    ]);
  });

  it('adds a rule to the bucket, once S3 may invoke the function', () => {
    expect(synthesize().one('aws_s3_bucket_notification')).toEqual({
      bucket: '${aws_s3_bucket.invoices.bucket}',
      lambda_function: [
        {
          id: 'stack-uploads',
          lambda_function_arn: '${aws_lambda_function.function.arn}',
          events: ['s3:ObjectCreated:*'],
        },
      ],
      depends_on: [expect.stringMatching(/^aws_lambda_permission\.function_Permission-bucket-[0-9a-f]{8}$/)],
    });
  });

  it('lets this bucket alone invoke the function, and only while it belongs to this account', () => {
    expect(synthesize().one('aws_lambda_permission')).toEqual({
      action: 'lambda:InvokeFunction',
      function_name: '${aws_lambda_function.function.function_name}',
      principal: 's3.amazonaws.com',
      source_arn: '${aws_s3_bucket.invoices.arn}',
      source_account: '${element(split(":", aws_lambda_function.function.arn), 4)}',
    });
  });

  it('filters by key, in the encoding that S3 wants', () => {
    const filterRule = { prefix: 'année=2026/new files/', suffix: '.csv' };
    expect(synthesize({ filterRule }).one('aws_s3_bucket_notification').lambda_function).toEqual([
      expect.objectContaining({ filter_prefix: 'ann%C3%A9e%3D2026/new+files/', filter_suffix: '.csv' }),
    ]);
  });

  it('takes a bucket of this project', () => {
    const stack = foreignStack();
    const bucket = new Bucket(stack, 'invoices', { stackName: 'reports' });
    new S3Trigger(stack, 'uploads', { bucket, target: functionTarget(stack), ...EVERY });
    const synthesis = new Synthesis(stack);
    expect(synthesis.one('aws_s3_bucket_notification').bucket).toBe('${aws_s3_bucket.invoices.bucket}');
    // One permission for the buckets of the stack, of this account only.
    expect(synthesis.one('aws_lambda_permission')).toMatchObject({
      source_arn: 'arn:${element(split(":", aws_lambda_function.function.arn), 1)}:s3:::reports-*',
      source_account: '${element(split(":", aws_lambda_function.function.arn), 4)}',
    });
  });

  it.each(['an ARN', 'a Bucket that is there already'])('is refused for %s: it would wipe what is there', (kind) => {
    const { stack, target } = setUp();
    const existing = new Bucket(stack, 'theirs', { stackName: 'reports', existing: FOREIGN });
    const bucket = kind === 'an ARN' ? FOREIGN : existing;
    expect(() => new S3Trigger(stack, 'uploads', { bucket, target, ...EVERY })).toThrow(
      /stack\/uploads[\s\S]*the ARN arn:aws:s3:::theirs[\s\S]*Add useEventBridge: true/,
    );
  });
});

describe('S3Trigger, by EventBridge', () => {
  it('creates, for a bucket outside of the stack', () => {
    const { stack, target } = setUp();
    const trigger = new S3Trigger(stack, 'uploads', { bucket: FOREIGN, target, ...EVERY, useEventBridge: true });
    expect(typesUnder(trigger)).toEqual([
      'aws_cloudwatch_event_rule', // for this bucket's changes
      'aws_cloudwatch_event_target',
    ]);
    expect(new Synthesis(stack).all('aws_s3_bucket_notification')).toEqual([]);
  });

  it('listens on the default bus for the bucket, the change and the key', () => {
    const filterRule = { prefix: 'in/', suffix: '.csv' };
    const synthesis = synthesize({ bucket: FOREIGN, useEventBridge: true, filterRule });
    const { event_pattern: pattern, ...rule } = synthesis.one('aws_cloudwatch_event_rule');
    expect(rule).toEqual({ name: 'reports-nightly-uploads', state: 'ENABLED' });
    expect(document(pattern)).toEqual({
      source: ['aws.s3'],
      'detail-type': ['Object Created'],
      detail: { bucket: { name: ['theirs'] }, object: { key: [{ wildcard: 'in/*.csv' }] } },
    });
    expect(synthesis.one('aws_cloudwatch_event_target')).toEqual({
      rule: '${aws_cloudwatch_event_rule.uploads_Rule.name}',
      arn: '${aws_lambda_function.function.arn}',
      retry_policy: { maximum_event_age_in_seconds: 86_400, maximum_retry_attempts: 185 },
      dead_letter_config: { arn: '${aws_sqs_queue.undelivered.arn}' },
      depends_on: ['aws_lambda_permission.function_Permission-rules'],
    });
    expect(synthesis.one('aws_lambda_permission')).toMatchObject({
      principal: 'events.amazonaws.com',
      source_arn: beside('events', 'rule/reports-nightly-*'),
    });
  });

  it('turns EventBridge on for a bucket of the stack, in the one resource that has its other rules', () => {
    const { stack, bucket, target } = setUp();
    new S3Trigger(stack, 'all', { bucket, target, ...EVERY, useEventBridge: true });
    new S3Trigger(stack, 'uploads', { bucket, target, ...EVERY });
    const synthesis = new Synthesis(stack);
    expect(synthesis.one('aws_s3_bucket_notification')).toMatchObject({
      eventbridge: true,
      lambda_function: [expect.objectContaining({ id: 'stack-uploads' })],
    });
    const pattern = document<{ detail: object }>(synthesis.one('aws_cloudwatch_event_rule').event_pattern);
    expect(pattern.detail).toEqual({ bucket: { name: ['${aws_s3_bucket.invoices.bucket}'] } });
  });

  it('lets Terraform read the name where it alone knows the ARN', () => {
    const { stack, target } = setUp();
    const arn = new TerraformVariable(stack, 'arn', {}).stringValue;
    new S3Trigger(stack, 'uploads', { bucket: { arn }, target, ...EVERY, useEventBridge: true });
    expect(new Synthesis(stack).one('aws_cloudwatch_event_rule').event_pattern).toContain(
      '"bucket":{"name":["${element(split(":", var.arn), 5)}"]}',
    );
  });

  it('bears the tags of its target', () => {
    const stack = foreignStack();
    const target = functionTarget(stack, { tags: { team: 'x' } });
    new S3Trigger(stack, 'uploads', { bucket: FOREIGN, target, ...EVERY, useEventBridge: true });
    expect(new Synthesis(stack).one('aws_cloudwatch_event_rule').tags).toEqual({ team: 'x' });
  });

  it('is refused for changes that S3 does not send there', () => {
    expect(() => synthesize({ s3EventType: 's3:Replication:*', useEventBridge: true })).toThrow(
      /s3EventType[\s\S]*"s3:Replication:\*"[\s\S]*remove useEventBridge/,
    );
  });
});
