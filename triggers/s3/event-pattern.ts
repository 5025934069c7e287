import type { BucketRule } from './bucket-rules';
import type { NOT_ON_EVENTBRIDGE, S3EventType } from './schema';

/** The fields of S3's events in EventBridge. */
type EventBridgeType = Exclude<S3EventType, (typeof NOT_ON_EVENTBRIDGE)[number]>;

interface Change {
  readonly 'detail-type': readonly string[];
  readonly reason?: readonly string[];
  readonly 'deletion-type'?: readonly string[];
}

const CREATED = 'Object Created';
// Deletions by a lifecycle rule have another reason. `s3:ObjectRemoved` excludes them too.
const DELETED = { 'detail-type': ['Object Deleted'], reason: ['DeleteObject'] };
const EXPIRED = { 'detail-type': ['Object Deleted'], reason: ['Lifecycle Expiration'] };
const FOR_GOOD = { 'deletion-type': ['Permanently Deleted'] };
const MARKED = { 'deletion-type': ['Delete Marker Created'] };

/** The EventBridge event of each type of change: https://docs.aws.amazon.com/AmazonS3/latest/userguide/EventBridge.html */
const CHANGES: { readonly [Type in EventBridgeType]: Change } = {
  's3:ObjectCreated:*': { 'detail-type': [CREATED] },
  's3:ObjectCreated:Put': { 'detail-type': [CREATED], reason: ['PutObject'] },
  's3:ObjectCreated:Post': { 'detail-type': [CREATED], reason: ['POST Object'] },
  's3:ObjectCreated:Copy': { 'detail-type': [CREATED], reason: ['CopyObject'] },
  's3:ObjectCreated:CompleteMultipartUpload': { 'detail-type': [CREATED], reason: ['CompleteMultipartUpload'] },
  's3:ObjectRemoved:*': DELETED,
  's3:ObjectRemoved:Delete': { ...DELETED, ...FOR_GOOD },
  's3:ObjectRemoved:DeleteMarkerCreated': { ...DELETED, ...MARKED },
  's3:ObjectRestore:*': {
    'detail-type': ['Object Restore Initiated', 'Object Restore Completed', 'Object Restore Expired'],
  },
  's3:ObjectRestore:Post': { 'detail-type': ['Object Restore Initiated'] },
  's3:ObjectRestore:Completed': { 'detail-type': ['Object Restore Completed'] },
  's3:ObjectRestore:Delete': { 'detail-type': ['Object Restore Expired'] },
  's3:LifecycleExpiration:*': EXPIRED,
  's3:LifecycleExpiration:Delete': { ...EXPIRED, ...FOR_GOOD },
  's3:LifecycleExpiration:DeleteMarkerCreated': { ...EXPIRED, ...MARKED },
  's3:LifecycleTransition': { 'detail-type': ['Object Storage Class Changed'] },
  's3:IntelligentTiering': { 'detail-type': ['Object Access Tier Changed'] },
  's3:ObjectTagging:*': { 'detail-type': ['Object Tags Added', 'Object Tags Deleted'] },
  's3:ObjectTagging:Put': { 'detail-type': ['Object Tags Added'] },
  's3:ObjectTagging:Delete': { 'detail-type': ['Object Tags Deleted'] },
  's3:ObjectAcl:Put': { 'detail-type': ['Object ACL Updated'] },
};

/** Whether S3 sends a type of change to EventBridge. */
export function isOnEventBridge(type: S3EventType): type is EventBridgeType {
  return type in CHANGES;
}

/** One of the alternatives that EventBridge matches a key with. */
export type KeyMatcher =
  | string
  | { readonly prefix: string }
  | { readonly suffix: string }
  | { readonly wildcard: string };

/** An EventBridge pattern for changes of a bucket's objects. */
export interface S3EventPattern {
  readonly source: readonly ['aws.s3'];
  readonly 'detail-type': readonly string[];
  readonly detail: {
    readonly bucket: { readonly name: readonly [string] };
    readonly object?: { readonly key: readonly KeyMatcher[] };
    readonly reason?: readonly string[];
    readonly 'deletion-type'?: readonly string[];
  };
}

/** The pattern that matches the same changes as a notification rule of the bucket. */
export function s3EventPattern(
  bucketName: string,
  { s3EventType, filterRule = {} }: BucketRule & { readonly s3EventType: EventBridgeType },
): S3EventPattern {
  const { 'detail-type': detailType, ...detail } = CHANGES[s3EventType];
  const key = keyMatchers(filterRule);
  return {
    source: ['aws.s3'],
    'detail-type': detailType,
    detail: { bucket: { name: [bucketName] }, ...(key.length > 0 && { object: { key } }), ...detail },
  };
}

/**
 * Alternatives that match exactly the keys with a prefix and a suffix, or none for all keys.
 *
 * Several matchers of one property are alternatives, so prefix and suffix together need a wildcard, which requires one after the other. A
 * key in which they overlap (`a.b` begins with `a.` and ends with `.b`) doesn't match it and is added as it is.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html
 */
export function keyMatchers({ prefix = '', suffix = '' }: NonNullable<BucketRule['filterRule']>): KeyMatcher[] {
  if (prefix === '' && suffix === '') return [];
  if (suffix === '') return [{ prefix }];
  if (prefix === '') return [{ suffix }];
  return [{ wildcard: `${escaped(prefix)}*${escaped(suffix)}` }, ...overlaps(prefix, suffix)];
}

function overlaps(prefix: string, suffix: string): string[] {
  const lengths = Array.from({ length: Math.min(prefix.length, suffix.length) }, (_, index) => index + 1);
  return lengths
    .filter((length) => prefix.endsWith(suffix.slice(0, length)))
    .map((length) => prefix + suffix.slice(length));
}

/** In a wildcard, a backslash escapes an asterisk or a backslash. */
function escaped(text: string): string {
  return text.replace(/[\\*]/g, '\\$&');
}
