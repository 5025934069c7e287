// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are the texts that Terraform gets
import { S3Bucket } from '@cdktf/provider-aws/lib/s3-bucket';
import { TerraformVariable } from 'cdktf';
import { Construct } from 'constructs';
import { BucketNotification, encodedKey } from '../../../triggers/s3/bucket-notification';
import type { BucketRule } from '../../../triggers/s3/bucket-rules';
import { S3Trigger } from '../../../triggers/s3/trigger';
import { foreignStack, Synthesis } from '../../synthesis';
import { functionTarget } from '../function-target';

const RULES: { readonly [id: string]: BucketRule } = {
  csv: { s3EventType: 's3:ObjectCreated:*', filterRule: { suffix: '.csv' } },
  json: { s3EventType: 's3:ObjectCreated:*', filterRule: { suffix: '.json' } },
  removed: { s3EventType: 's3:ObjectRemoved:*' },
};

function synthesize(ids: readonly string[]): Synthesis {
  const stack = foreignStack();
  const bucket = new S3Bucket(stack, 'invoices', {});
  const targets = ['a', 'b'].map((id) => functionTarget(new Construct(stack, id)));
  for (const id of ids) {
    const target = targets[id === 'json' ? 1 : 0];
    if (target !== undefined) new S3Trigger(stack, id, { bucket, target, ...RULES[id] } as never);
  }
  return new Synthesis(stack);
}

describe('BucketNotification', () => {
  it('has the rules of all triggers of a bucket, for all functions, in one resource', () => {
    expect(synthesize(['csv', 'json', 'removed']).one('aws_s3_bucket_notification')).toEqual({
      bucket: '${aws_s3_bucket.invoices.bucket}',
      lambda_function: [
        {
          id: 'stack-csv',
          lambda_function_arn: '${aws_lambda_function.a_function.arn}',
          events: ['s3:ObjectCreated:*'],
          filter_suffix: '.csv',
        },
        {
          id: 'stack-json',
          lambda_function_arn: '${aws_lambda_function.b_function.arn}',
          events: ['s3:ObjectCreated:*'],
          filter_suffix: '.json',
        },
        {
          id: 'stack-removed',
          lambda_function_arn: '${aws_lambda_function.a_function.arn}',
          events: ['s3:ObjectRemoved:*'],
        },
      ],
      // S3 tries each function when the rules are set.
      depends_on: [
        // One for each function.
        expect.stringMatching(/^aws_lambda_permission\.a_function_Permission-bucket-[0-9a-f]{8}$/),
        expect.stringMatching(/^aws_lambda_permission\.b_function_Permission-bucket-[0-9a-f]{8}$/),
      ],
    });
  });

  it('is the same in any order of the rules', () => {
    const first = synthesize(['csv', 'json', 'removed']).one('aws_s3_bucket_notification');
    expect(synthesize(['removed', 'csv', 'json']).one('aws_s3_bucket_notification')).toEqual(first);
  });

  it('is one for each bucket', () => {
    const stack = foreignStack();
    const [one, other] = ['one', 'other'].map((id) => new S3Bucket(stack, id, {}));
    if (one === undefined || other === undefined) throw new Error('two buckets');
    expect(BucketNotification.of(one)).toBe(BucketNotification.of(one));
    expect(BucketNotification.of(other)).not.toBe(BucketNotification.of(one));
  });

  it('refuses rules that S3 would refuse, and names both places', () => {
    const stack = foreignStack();
    const bucket = new S3Bucket(stack, 'invoices', {});
    const target = functionTarget(stack);
    new S3Trigger(stack, 'all', { bucket, target, s3EventType: 's3:ObjectCreated:*' });
    const overlapping = () =>
      new S3Trigger(stack, 'csv', {
        bucket,
        target,
        s3EventType: 's3:ObjectCreated:Put',
        filterRule: { suffix: '.csv' },
      });
    expect(overlapping).toThrow(
      /stack\/csv: 1 problem[\s\S]*s3:ObjectCreated:Put of keys with suffix ".csv", beside s3:ObjectCreated:\* of all keys at stack\/all/,
    );
  });

  it('refuses the rule beyond the hundredth', () => {
    const stack = foreignStack();
    const bucket = new S3Bucket(stack, 'invoices', {});
    const target = functionTarget(stack);
    const add = (index: number) =>
      new S3Trigger(stack, `t${index}`, {
        bucket,
        target,
        s3EventType: 's3:ObjectCreated:*',
        filterRule: { prefix: `${index}/` },
      });
    for (let index = 0; index < 100; index++) add(index);
    expect(() => add(100)).toThrow(/101 rules[\s\S]*at most 100 rules for a bucket/);
  });
});

describe('encodedKey', () => {
  it.each([
    ['in/a-b_c.d!x*y(z)', 'in/a-b_c.d!x*y(z)'],
    ["it's", "it's"],
    ['new files/', 'new+files/'],
    ['a+b', 'a%2Bb'],
    ['dt=2026-01-01/', 'dt%3D2026-01-01/'],
    ['é~', '%C3%A9%7E'],
    ['${x}', '%24%7Bx%7D'],
  ])('%s becomes %s', (part, encoded) => {
    expect(encodedKey(part)).toBe(encoded);
  });

  it('leaves alone what only Terraform knows', () => {
    const text = new TerraformVariable(foreignStack(), 'prefix', {}).stringValue;
    expect(encodedKey(text)).toBe(text);
  });
});
