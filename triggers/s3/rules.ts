import { isToken } from '../../modules/config/checked';
import { isDirective, parseCfResourceParam } from '../../modules/config/directive';
import { eventsOf, type IndexedConfig, type LocatedEvent } from '../../modules/config/indexed-config';
import { rule } from '../../modules/config/rule';
import { foundValue } from '../../modules/problems/found';
import { type Finding, formatPath } from '../../modules/problems/problem';
import { bucket } from '../../modules/resources/bucket/schema';
import { selection } from '../selection';
import { BUCKET_RULES, type BucketRule, formatRule, MAX_BUCKET_RULES, NO_OVERLAP, rulesOverlap } from './bucket-rules';
import { FOREIGN_BUCKET_FIX, S3_SELECTS, s3 } from './schema';

/** Notifications replace those that are there, so only the stack's own buckets send them. */
const ownBucket = rule('invalid-value', eventsOf(s3), function* (events, index) {
  for (const { path, parsed } of events) {
    const finding = parsed && notOwned(parsed, index);
    if (finding !== undefined) yield { path: [...path, 'bucketArn'], finding };
  }
});

function notOwned({ bucketArn, useEventBridge }: Properties, index: IndexedConfig): Finding | undefined {
  const referred = index.referred(bucketArn);
  if (referred !== undefined) {
    const isForeign = referred.type === bucket.shape.type.value && referred.existing !== undefined;
    return isForeign && !useEventBridge ? foreignBucket(bucketArn) : undefined;
  }
  // The check of references reports a directive that can't be resolved.
  const isForeign = !isDirective(bucketArn) || parseCfResourceParam(bucketArn) !== undefined;
  return !useEventBridge && isForeign ? foreignBucket(isToken(bucketArn) ? 'a token' : bucketArn) : undefined;
}

function foreignBucket(found: string): Finding {
  return {
    found: foundValue(found),
    accepted: 'a bucket that the stack creates, or useEventBridge: true',
    fix: FOREIGN_BUCKET_FIX,
  };
}

type Properties = BucketRule & { readonly bucketArn: string; readonly useEventBridge: boolean };

/** The notification rules of each bucket that the stack creates. */
function rulesByBucket(index: IndexedConfig): Map<string, Notified[]> {
  const byBucket = new Map<string, Notified[]>();
  for (const { parsed, ...event } of eventsOf(s3)(index)) {
    if (parsed === undefined || parsed.useEventBridge || notOwned(parsed, index) !== undefined) continue;
    const name = index.withArn(parsed.bucketArn, bucket)?.name;
    if (name !== undefined) byBucket.set(name, [...(byBucket.get(name) ?? []), { ...event, parsed }]);
  }
  return byBucket;
}

type Notified = LocatedEvent & { readonly parsed: Properties };

const noOverlap = rule('invalid-value', rulesByBucket, function* (byBucket) {
  for (const events of byBucket.values()) {
    for (const [index, event] of events.entries()) {
      const other = events.slice(0, index).find(({ parsed }) => rulesOverlap(parsed, event.parsed));
      if (other === undefined || isSame(event, other)) continue;
      const found = `${formatRule(event.parsed)}, beside ${formatRule(other.parsed)} at ${formatPath(other.path)}`;
      const fix = `change one of ${formatPath(event.path)} and ${formatPath(other.path)}, or add useEventBridge: true to one`;
      yield { path: event.path, finding: { found, accepted: NO_OVERLAP, fix } };
    }
  }
});

/** Whether both are the same event of one job or function. The check of its events reports it. */
function isSame(event: Notified, other: Notified): boolean {
  const selected = ({ parsed }: Notified) => JSON.stringify(selection(S3_SELECTS, parsed));
  return event.owner === other.owner && selected(event) === selected(other);
}

const notTooMany = rule('invalid-value', rulesByBucket, function* (byBucket) {
  for (const [name, events] of byBucket) {
    const [first] = events.slice(MAX_BUCKET_RULES);
    if (first === undefined) continue;
    const finding = { found: `${events.length} rules of "${name}"`, accepted: BUCKET_RULES };
    yield { path: first.path, finding: { ...finding, fix: 'add useEventBridge: true to the other events' } };
  }
});

export const S3_RULES = [ownBucket, noOverlap, notTooMany];
