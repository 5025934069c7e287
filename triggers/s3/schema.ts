import { z } from 'zod';
import { across, type CheckContext, refuse, strict, text, type Unchecked } from '../../modules/config/checked';
import type { ByName, Written, WrittenProperties } from '../../modules/config/written';
import { acceptedOptions } from '../../modules/problems/accepted';
import { foundValue } from '../../modules/problems/found';
import { bucketArn } from '../../modules/resources/bucket/schema';

/** The fix for a bucket that the stack does not create. */
export const FOREIGN_BUCKET_FIX =
  'add useEventBridge: true, and have EventBridge turned on for the bucket: notifications set from here would replace those that are there';

/** Types of changes that S3 reports. */
export const S3_EVENT_TYPES = [
  's3:ReducedRedundancyLostObject',
  's3:ObjectCreated:*',
  's3:ObjectCreated:Put',
  's3:ObjectCreated:Post',
  's3:ObjectCreated:Copy',
  's3:ObjectCreated:CompleteMultipartUpload',
  's3:ObjectRemoved:*',
  's3:ObjectRemoved:Delete',
  's3:ObjectRemoved:DeleteMarkerCreated',
  's3:ObjectRestore:*',
  's3:ObjectRestore:Post',
  's3:ObjectRestore:Completed',
  's3:ObjectRestore:Delete',
  's3:Replication:*',
  's3:Replication:OperationFailedReplication',
  's3:Replication:OperationNotTracked',
  's3:Replication:OperationMissedThreshold',
  's3:Replication:OperationReplicatedAfterThreshold',
  's3:LifecycleExpiration:*',
  's3:LifecycleExpiration:Delete',
  's3:LifecycleExpiration:DeleteMarkerCreated',
  's3:LifecycleTransition',
  's3:IntelligentTiering',
  's3:ObjectTagging:*',
  's3:ObjectTagging:Put',
  's3:ObjectTagging:Delete',
  's3:ObjectAcl:Put',
  's3:ObjectAnnotation:*',
  's3:ObjectAnnotation:Put',
  's3:ObjectAnnotation:Delete',
] as const;

/** A type of change that S3 reports. */
export type S3EventType = (typeof S3_EVENT_TYPES)[number];

/** Types of changes that S3 doesn't send to EventBridge: https://docs.aws.amazon.com/AmazonS3/latest/userguide/EventBridge.html */
export const NOT_ON_EVENTBRIDGE = [
  's3:ReducedRedundancyLostObject',
  's3:Replication:*',
  's3:Replication:OperationFailedReplication',
  's3:Replication:OperationNotTracked',
  's3:Replication:OperationMissedThreshold',
  's3:Replication:OperationReplicatedAfterThreshold',
  's3:ObjectAnnotation:*',
  's3:ObjectAnnotation:Put',
  's3:ObjectAnnotation:Delete',
] as const satisfies readonly S3EventType[];

const ACCEPTED_KEY_PART = 'up to 1,024 characters of the key as they are, without * and without encoding';

/** S3 accepts no wildcards and at most 1,024 characters. The trigger encodes the key for S3, since EventBridge expects it unencoded. */
const keyPart = text({
  pattern: /^(?!.*(\*|%[0-9A-Fa-f]{2}))[\s\S]{0,1024}$/,
  accepted: ACCEPTED_KEY_PART,
  acceptedAs: 'content',
  fix: (found) => {
    if (found.includes('*'))
      return `write ${JSON.stringify(found.replaceAll('*', ''))}: what lies beyond prefix and suffix is free`;
    return found.length > 1024
      ? 'shorten it: no key is longer'
      : `write the characters themselves, such as = instead of %3D`;
  },
});

const settings = {
  /** Type of the change. */
  s3EventType: z.enum(S3_EVENT_TYPES),
  /** Which keys start the job. @default all */
  filterRule: strict({
    /** Prefix of the key, not URL-encoded. @default any */
    prefix: keyPart.optional(),
    /** Suffix of the key, not URL-encoded. @default any */
    suffix: keyPart.optional(),
  }).optional(),
  /**
   * Uses EventBridge instead of the bucket's notifications. The job then gets the event in EventBridge's format. Required for a bucket that the stack does not own, because its notifications would be replaced. The bucket's owner must turn EventBridge on. @default false
   */
  useEventBridge: z.boolean().default(false),
};

/** Settings that a config and the trigger construct have in common. */
export const s3Settings = across(strict(settings), checkEventType);

/** Starts the job when objects in a bucket change. */
export const s3 = strict({
  /** Starts the job when objects in a bucket change. */
  type: z.literal('s3'),
  /** Which bucket, and which changes of which objects. */
  properties: across(
    strict({
      /** ARN of the bucket. For one of this config: `$ResourceParam('myBucket', 'arn')`. */
      bucketArn,
      ...settings,
    }),
    checkEventType,
  ),
});

function checkEventType({ s3EventType, useEventBridge }: Unchecked<typeof settings>, context: CheckContext): void {
  if (useEventBridge !== true || !NOT_ON_EVENTBRIDGE.some((type) => type === s3EventType)) return;
  const others = S3_EVENT_TYPES.filter((type) => !NOT_ON_EVENTBRIDGE.some((other) => other === type));
  const fix = 'S3 sends it to no EventBridge bus: remove useEventBridge and use a bucket of the stack';
  refuse(context, { found: foundValue(s3EventType), ...acceptedOptions(others), fix }, ['s3EventType']);
}

export interface S3EventProperties extends WrittenProperties<typeof s3>, ByName {}
/** Such an event as written in a config. */
export interface S3Event extends Written<z.input<typeof s3>> {
  readonly properties: S3EventProperties;
}

/** The properties that select an event: two events of a job can't have the same. */
export const S3_SELECTS = ['bucketArn', 's3EventType', 'filterRule'] as const;
