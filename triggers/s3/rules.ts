import { type CheckContext, isToken, refuse } from '../../modules/config/checked';
import { isDirective, parseCfResourceParam } from '../../modules/config/directive';
import { jobEvents, type PlacedEvent } from '../../modules/config/job-events';
import { referredResource, refuseOtherThan } from '../../modules/config/referred-resource';
import { formatFound, formatPath } from '../../modules/problems/problem';
import { eventId } from '../event-id';
import { type S3EventType, s3 } from './schema';

/** The changes that a notification rule of a bucket reports. */
export interface BucketRule {
  readonly s3EventType: S3EventType;
  readonly filterRule?: { readonly prefix?: string; readonly suffix?: string };
}

/** Maximum number of rules in one bucket's notifications: https://docs.aws.amazon.com/general/latest/gr/s3.html */
export const MAX_BUCKET_RULES = 100;

/**
 * Whether S3 would refuse two rules together: they share a type of change, one's prefix starts with the other's, and one's suffix ends
 * with the other's. S3 compares only the strings, whether or not a key matches both.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-how-to-filtering.html
 */
export function rulesOverlap(a: BucketRule, b: BucketRule): boolean {
  const [prefixA, prefixB] = [a.filterRule?.prefix ?? '', b.filterRule?.prefix ?? ''];
  const [suffixA, suffixB] = [a.filterRule?.suffix ?? '', b.filterRule?.suffix ?? ''];
  return (
    (covers(a.s3EventType, b.s3EventType) || covers(b.s3EventType, a.s3EventType)) &&
    (prefixA.startsWith(prefixB) || prefixB.startsWith(prefixA)) &&
    (suffixA.endsWith(suffixB) || suffixB.endsWith(suffixA))
  );
}

/** Whether one type of change is or includes another: `s3:ObjectCreated:*` includes `s3:ObjectCreated:Put`. */
function covers(a: S3EventType, b: S3EventType): boolean {
  return a === b || (a.endsWith('*') && b.startsWith(a.slice(0, -1)));
}

/** A rule in words, for the report. */
export function formatRule({ s3EventType, filterRule: { prefix, suffix } = {} }: BucketRule): string {
  const parts = [prefix && `prefix ${formatFound(prefix)}`, suffix && `suffix ${formatFound(suffix)}`].filter(Boolean);
  return `${s3EventType} of ${parts.length === 0 ? 'all keys' : `keys with ${parts.join(' and ')}`}`;
}

type BucketEvent = PlacedEvent<BucketRule & { readonly bucketArn: string; readonly useEventBridge: boolean }>;

/** Refuses s3 events of anything but a bucket, notifications of buckets that the stack doesn't own, and rules that S3 would refuse. */
export function checkBucketRules(resources: unknown, context: CheckContext): void {
  const byBucket = new Map<string, BucketEvent[]>();
  for (const event of jobEvents(resources, s3)) {
    const owned = ownedBucket(event, resources, context);
    if (owned === undefined || event.properties.useEventBridge) continue;
    byBucket.set(owned, [...(byBucket.get(owned) ?? []), event]);
  }
  for (const [bucket, events] of byBucket) {
    refuseOverlaps(events, context);
    refuseTooMany(bucket, events, context);
  }
}

/** Name of the stack's own bucket that an event refers to, or undefined. */
function ownedBucket({ path, properties }: BucketEvent, resources: unknown, context: CheckContext): string | undefined {
  const { bucketArn, useEventBridge } = properties;
  const at = [...path, 'bucketArn'];
  const referred = referredResource(bucketArn, resources);
  if (referred === undefined) {
    // The check of references reports a directive that can't be resolved.
    const isForeign = !isDirective(bucketArn) || parseCfResourceParam(bucketArn) !== undefined;
    if (!useEventBridge && isForeign) refuseForeign(isToken(bucketArn) ? 'a token' : bucketArn, at, context);
    return undefined;
  }
  if (refuseOtherThan('bucket', referred, context, at)) return undefined;
  if (!referred.isExisting) return referred.name;
  if (!useEventBridge) refuseForeign(bucketArn, at, context);
  return undefined;
}

function refuseForeign(found: string, path: (string | number)[], context: CheckContext): void {
  const accepted = 'a bucket that the stack creates, or useEventBridge: true';
  const fix =
    'add useEventBridge: true, and have EventBridge turned on for the bucket: notifications set from here would replace those that are there';
  refuse(context, { found: formatFound(found), accepted, fix }, path);
}

function refuseOverlaps(events: readonly BucketEvent[], context: CheckContext): void {
  events.forEach((event, index) => {
    const duplicate = events.slice(0, index).find(({ properties }) => rulesOverlap(properties, event.properties));
    if (duplicate === undefined || isSame(event, duplicate)) return;
    refuse(
      context,
      {
        found: `${formatRule(event.properties)}, beside ${formatRule(duplicate.properties)} at ${formatPath(duplicate.path)}`,
        accepted: 'rules of a bucket with different event types, prefixes or suffixes: S3 rejects rules that overlap',
        fix: `change one of ${formatPath(event.path)} and ${formatPath(duplicate.path)}, or add useEventBridge: true to one`,
      },
      event.path,
    );
  });
}

/** Whether both are the same event of one job. The check of the job's events reports it. */
function isSame(event: BucketEvent, duplicate: BucketEvent): boolean {
  const id = ({ properties }: BucketEvent) => eventId({ type: 's3', properties });
  return event.job === duplicate.job && id(event) === id(duplicate);
}

function refuseTooMany(bucket: string, events: readonly BucketEvent[], context: CheckContext): void {
  const [first] = events.slice(MAX_BUCKET_RULES);
  if (first === undefined) return;
  const accepted = `at most ${MAX_BUCKET_RULES} rules for a bucket`;
  const fix = 'add useEventBridge: true to the other events';
  refuse(context, { found: `${events.length} rules of "${bucket}"`, accepted, fix }, first.path);
}
