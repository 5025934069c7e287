import { CloudwatchEventRule } from '@cdktf/provider-aws/lib/cloudwatch-event-rule';
import type { LambdaPermission } from '@cdktf/provider-aws/lib/lambda-permission';
import { S3Bucket } from '@cdktf/provider-aws/lib/s3-bucket';
import { Construct } from 'constructs';
import type { z } from 'zod';
import { constructSettings, type Sourced } from '../../modules/config/construct-props';
import { invokeByRule, ruleName } from '../../modules/invocation/event-rule';
import { type EventTarget, TARGET } from '../../modules/invocation/event-target';
import { bucketArn, letInvoke, targetAccount } from '../../modules/invocation/invocation';
import { ConfigError } from '../../modules/problems/config-error';
import { Bucket, bucketName } from '../../modules/resources/bucket/construct';
import { bucketArn as bucketArnForm } from '../../modules/resources/bucket/schema';
import { NAME_LIMITS, physicalName, shortHash } from '../../modules/rules/naming';
import { jsonLiteral, literal } from '../../modules/terraform/literal';
import { BucketNotification } from './bucket-notification';
import { isOnEventBridge, s3EventPattern } from './event-pattern';
import { FOREIGN_BUCKET_FIX, s3Settings } from './schema';

/** A bucket: one of this project's, a provider's `S3Bucket`, or an object with an ARN. */
export type BucketSource = Bucket | S3Bucket | { readonly arn: string };

/** Notifications require a bucket of the same stack. Any other bucket requires `useEventBridge`. */
export type S3TriggerProps = z.input<typeof s3Settings> &
  Sourced<'bucket', BucketSource, 'bucketArn'> & {
    /** The function that each change invokes. */
    readonly target: EventTarget;
  };

const WANTED = {
  target: TARGET,
  bucket: {
    accepted: 'a bucket (Bucket, S3Bucket or { arn })',
    has: ['arn'],
    arn: { property: 'bucketArn', form: bucketArnForm },
  },
};

type Settings = z.output<typeof s3Settings>;

/**
 * Invokes a function for changes of objects in a bucket. One change starts one job, even if S3 sends it twice. Two uploads of the same key
 * are two changes.
 *
 * All rules of one bucket are in one resource, see {@link BucketNotification}. With EventBridge, each trigger has its own rule.
 *
 * @example
 * import type { TerraformStack } from 'cdktf';
 * import type { BatchJob } from 'cdktf-batch-jobs';
 * import { S3Trigger } from 'cdktf-batch-jobs/triggers';
 *
 * declare const stack: TerraformStack;
 * declare const job: BatchJob;
 * new S3Trigger(stack, 'uploads', {
 *   target: job.trigger,
 *   bucketArn: 'arn:aws:s3:::company-uploads',
 *   s3EventType: 's3:ObjectCreated:*',
 * });
 */
export class S3Trigger extends Construct {
  readonly permission: LambdaPermission;
  /** The rule, if changes are sent through EventBridge. */
  readonly rule?: CloudwatchEventRule;

  constructor(scope: Construct, id: string, props: S3TriggerProps) {
    super(scope, id);
    const settings = constructSettings(this, props, s3Settings, WANTED);
    const { target } = props;
    const bucket = props.bucket === undefined ? { arn: props.bucketArn } : props.bucket;
    const owned = ownedBucket(bucket);
    if (settings.useEventBridge) {
      if (owned !== undefined) BucketNotification.of(owned).sendToEventBridge();
      this.rule = this.createRule(bucket, settings, target);
      this.permission = invokeByRule(this, { rule: this.rule, target }).permission;
    } else {
      this.permission = this.createNotification(this.refuseForeign(owned, bucket), bucket, settings, target);
    }
  }

  private refuseForeign(owned: S3Bucket | undefined, { arn }: BucketSource): S3Bucket {
    if (owned !== undefined) return owned;
    const accepted = 'a bucket of this stack (Bucket or S3Bucket), or useEventBridge: true';
    throw new ConfigError(
      [{ keys: ['bucket'], found: `the ARN ${arn}`, accepted, fix: FOREIGN_BUCKET_FIX }],
      this.node.path,
    );
  }

  private createNotification(
    bucket: S3Bucket,
    source: BucketSource,
    settings: Settings,
    target: EventTarget,
  ): LambdaPermission {
    const family = source instanceof Bucket ? source.familyName : undefined;
    const id = family === undefined ? `Permission-bucket-${shortHash(bucket.node.path)}` : 'Permission-buckets';
    const permission = letInvoke(target, id, {
      principal: 's3.amazonaws.com',
      sourceArn: family === undefined ? bucket.arn : bucketArn(target, `${family}*`),
      // A bucket's ARN has no account, and another account can own its name after the bucket was deleted.
      sourceAccount: targetAccount(target),
    });
    BucketNotification.of(bucket).addRule({
      id: literal(physicalName(NAME_LIMITS.bucketNotificationRule, ...this.node.path.split('/'))),
      declaredBy: this.node.path,
      functionArn: target.function.arn,
      permission,
      ...settings,
    });
    return permission;
  }

  private createRule(bucket: BucketSource, settings: Settings, target: EventTarget): CloudwatchEventRule {
    const { s3EventType, filterRule } = settings;
    // The check of the settings has rejected the others, but the compiler doesn't know that.
    if (!isOnEventBridge(s3EventType)) throw new Error(`S3 does not send ${s3EventType} to EventBridge`);
    return new CloudwatchEventRule(this, 'Rule', {
      name: ruleName(target, this.node.id),
      eventPattern: jsonLiteral(s3EventPattern(nameOf(bucket), { s3EventType, filterRule })),
      state: 'ENABLED',
      tags: target.tags,
    });
  }
}

/** The bucket, if the stack creates it. */
function ownedBucket(bucket: BucketSource): S3Bucket | undefined {
  if (bucket instanceof S3Bucket) return bucket;
  return bucket instanceof Bucket ? bucket.bucket : undefined;
}

function nameOf(bucket: BucketSource): string {
  if (bucket instanceof S3Bucket) return bucket.bucket;
  return bucket instanceof Bucket ? bucket.name : bucketName(bucket.arn);
}
