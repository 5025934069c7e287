import type { LambdaPermission } from '@cdktf/provider-aws/lib/lambda-permission';
import type { S3Bucket } from '@cdktf/provider-aws/lib/s3-bucket';
import { S3BucketNotification } from '@cdktf/provider-aws/lib/s3-bucket-notification';
import { dependable, Token } from 'cdktf';
import { Construct } from 'constructs';
import { ConfigError } from '../../modules/problems/config-error';
import { literal } from '../../modules/terraform/literal';
import { BUCKET_RULES, type BucketRule, formatRule, MAX_BUCKET_RULES, NO_OVERLAP, rulesOverlap } from './bucket-rules';

/** Invokes a function for some changes of a bucket's objects. */
export interface NotificationRule extends BucketRule {
  /** Unique within the bucket, and the same at each synthesis. */
  readonly id: string;
  /** Path of the construct that adds the rule, for error messages. */
  readonly declaredBy: string;
  readonly functionArn: string;
  /** Permissions: S3 rejects a rule whose function it is not allowed to invoke. */
  readonly permission: LambdaPermission;
}

const ID = 'Notification';

/**
 * The notifications of one bucket. S3 stores them as one document, and a second resource would overwrite the rules of the first. To get
 * notifications, add a rule to this construct.
 */
export class BucketNotification extends Construct {
  readonly resource: S3BucketNotification;
  private readonly rules: NotificationRule[] = [];

  private constructor(bucket: S3Bucket) {
    super(bucket, ID);
    this.resource = new S3BucketNotification(this, 'Resource', { bucket: bucket.bucket });
  }

  /** The notifications of a bucket. The first call creates them. */
  static of(bucket: S3Bucket): BucketNotification {
    const made = bucket.node.tryFindChild(ID);
    return made instanceof BucketNotification ? made : new BucketNotification(bucket);
  }

  /** @throws ConfigError if S3 would reject the rule together with the existing rules. */
  addRule(rule: NotificationRule): void {
    this.refuseImpossible(rule);
    this.rules.push(rule);
    this.rules.sort((a, b) => (a.id < b.id ? -1 : 1));
    this.resource.putLambdaFunction(
      this.rules.map(({ id, functionArn, s3EventType, filterRule: { prefix, suffix } = {} }) => ({
        id,
        lambdaFunctionArn: functionArn,
        events: [s3EventType],
        ...(prefix && { filterPrefix: encodedKey(prefix) }),
        ...(suffix && { filterSuffix: encodedKey(suffix) }),
      })),
    );
    this.resource.dependsOn = [...new Set(this.rules.map(({ permission }) => permission))].map(dependable);
  }

  /** Sends every change of the bucket's objects to the account's default EventBridge bus. */
  sendToEventBridge(): void {
    this.resource.eventbridge = true;
  }

  private refuseImpossible(rule: NotificationRule): void {
    const problem = (found: string, accepted: string, fix: string) =>
      new ConfigError([{ keys: ['filterRule'], found, accepted, fix }], rule.declaredBy);
    const duplicate = this.rules.find((other) => rulesOverlap(rule, other));
    if (duplicate !== undefined) {
      const found = `${formatRule(rule)}, beside ${formatRule(duplicate)} at ${duplicate.declaredBy}`;
      throw problem(
        found,
        NO_OVERLAP,
        `change ${rule.declaredBy} or ${duplicate.declaredBy}, or use useEventBridge: true in one`,
      );
    }
    if (this.rules.length < MAX_BUCKET_RULES) return;
    throw problem(`${this.rules.length + 1} rules`, BUCKET_RULES, 'use useEventBridge: true for the other events');
  }
}

/**
 * Part of a key, encoded for the filter of a notification: a space as `+`, and other unsafe characters percent-encoded.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-how-to-filtering.html
 */
export function encodedKey(part: string): string {
  // Values that only Terraform knows cannot be encoded here.
  if (Token.isUnresolved(part)) return literal(part);
  return encodeURIComponent(part).replaceAll('%2F', '/').replaceAll('%20', '+').replaceAll('~', '%7E');
}
