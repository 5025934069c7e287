import type { S3Bucket } from '@cdktf/provider-aws/lib/s3-bucket';
import { Fn, Token } from 'cdktf';
import { Construct } from 'constructs';
import type { z } from 'zod';
import { companionProps } from '../../config/construct-props';
import { bucketNameStart, createPrivateBucket } from '../../storage/private-bucket';
import type { Companion, CompanionContext } from '../companion';
import { createCors } from './cors-configuration';
import { lifecycleRules } from './lifecycle-rules';
import { type BUCKET_PARAMS, bucket, bucketProperties } from './schema';

export type BucketProps = Pick<CompanionContext, 'stackName'> &
  Partial<Pick<CompanionContext, 'aws'>> &
  Omit<z.input<typeof bucket>, 'type' | 'overrides'>;

/**
 * A bucket: encrypted, without public access, TLS only. Incomplete uploads are deleted after 7 days, if no rule says otherwise.
 *
 * @example
 * import type { TerraformStack } from 'cdktf';
 * import type { BatchPlatform } from 'cdktf-batch-jobs';
 * import { Bucket } from 'cdktf-batch-jobs/resources';
 *
 * declare const stack: TerraformStack;
 * declare const platform: BatchPlatform;
 * new Bucket(stack, 'photos', { ...platform.context });
 */
export class Bucket extends Construct implements Companion<'bucket'> {
  readonly type = 'bucket';
  readonly arn: string;
  readonly name: string;
  readonly params: Companion<'bucket', typeof BUCKET_PARAMS>['params'];
  /** The bucket, if the stack creates it. */
  readonly bucket?: S3Bucket;
  /** Prefix of the names of all buckets of the stack. Undefined for an existing bucket. */
  readonly familyName?: string;

  constructor(scope: Construct, id: string, given: BucketProps) {
    super(scope, id);
    const { stackName, aws = {}, existing, properties = {} } = companionProps(this, given, bucket);
    if (existing !== undefined) {
      this.arn = existing.arn;
      this.name = bucketName(existing.arn);
    } else {
      const { versioning, forceDestroy, cors, lifecycleRules: rules } = bucketProperties.parse(properties);
      this.bucket = createPrivateBucket(this, {
        aws,
        name: [stackName, id],
        versioning,
        forceDestroy,
        // It holds data of people.
        statesDefaults: true,
        keepsIncompleteUploads: rules.some(({ type }) => type === 'abort-incomplete-multipart-upload'),
        lifecycleRules: lifecycleRules(rules),
      });
      if (cors?.enabled === true) createCors(this, this.bucket.bucket, cors);
      this.arn = this.bucket.arn;
      this.name = this.bucket.bucket;
      this.familyName = bucketNameStart(stackName);
    }
    this.params = { name: this.name, arn: this.arn };
  }
}

/** The name in a bucket's ARN. */
export function bucketName(arn: string): string {
  if (Token.isUnresolved(arn)) return Fn.element(Fn.split(':', arn), 5);
  return arn.slice(arn.lastIndexOf(':') + 1);
}
