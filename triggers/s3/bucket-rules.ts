import { formatFound } from '../../modules/problems/found';
import type { S3EventType } from './schema';

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

/** What S3 accepts of the rules of one bucket. */
export const NO_OVERLAP =
  'rules of a bucket with different event types, prefixes or suffixes: S3 rejects rules that overlap';

/** How many rules S3 accepts. */
export const BUCKET_RULES = `at most ${MAX_BUCKET_RULES} rules for a bucket`;
