import fc from 'fast-check';
import { isOnEventBridge, type KeyMatcher, keyMatchers, s3EventPattern } from '../../../triggers/s3/event-pattern';
import { NOT_ON_EVENTBRIDGE, S3_EVENT_TYPES } from '../../../triggers/s3/schema';

describe('s3EventPattern', () => {
  it.each([
    ['s3:ObjectCreated:*', ['Object Created'], {}],
    ['s3:ObjectCreated:Put', ['Object Created'], { reason: ['PutObject'] }],
    ['s3:ObjectCreated:Post', ['Object Created'], { reason: ['POST Object'] }],
    ['s3:ObjectCreated:Copy', ['Object Created'], { reason: ['CopyObject'] }],
    ['s3:ObjectCreated:CompleteMultipartUpload', ['Object Created'], { reason: ['CompleteMultipartUpload'] }],
    // Not those of a lifecycle rule, which s3:ObjectRemoved does not include either.
    ['s3:ObjectRemoved:*', ['Object Deleted'], { reason: ['DeleteObject'] }],
    [
      's3:ObjectRemoved:Delete',
      ['Object Deleted'],
      { reason: ['DeleteObject'], 'deletion-type': ['Permanently Deleted'] },
    ],
    [
      's3:ObjectRemoved:DeleteMarkerCreated',
      ['Object Deleted'],
      { reason: ['DeleteObject'], 'deletion-type': ['Delete Marker Created'] },
    ],
    ['s3:ObjectRestore:*', ['Object Restore Initiated', 'Object Restore Completed', 'Object Restore Expired'], {}],
    ['s3:ObjectRestore:Post', ['Object Restore Initiated'], {}],
    ['s3:ObjectRestore:Completed', ['Object Restore Completed'], {}],
    ['s3:ObjectRestore:Delete', ['Object Restore Expired'], {}],
    ['s3:LifecycleExpiration:*', ['Object Deleted'], { reason: ['Lifecycle Expiration'] }],
    [
      's3:LifecycleExpiration:Delete',
      ['Object Deleted'],
      { reason: ['Lifecycle Expiration'], 'deletion-type': ['Permanently Deleted'] },
    ],
    [
      's3:LifecycleExpiration:DeleteMarkerCreated',
      ['Object Deleted'],
      { reason: ['Lifecycle Expiration'], 'deletion-type': ['Delete Marker Created'] },
    ],
    ['s3:LifecycleTransition', ['Object Storage Class Changed'], {}],
    ['s3:IntelligentTiering', ['Object Access Tier Changed'], {}],
    ['s3:ObjectTagging:*', ['Object Tags Added', 'Object Tags Deleted'], {}],
    ['s3:ObjectTagging:Put', ['Object Tags Added'], {}],
    ['s3:ObjectTagging:Delete', ['Object Tags Deleted'], {}],
    ['s3:ObjectAcl:Put', ['Object ACL Updated'], {}],
  ] as const)('says %s in the words of EventBridge', (s3EventType, detailType, detail) => {
    expect(s3EventPattern('invoices', { s3EventType })).toEqual({
      source: ['aws.s3'],
      'detail-type': detailType,
      detail: { bucket: { name: ['invoices'] }, ...detail },
    });
  });

  it('has every kind of change but those that S3 does not send', () => {
    expect(S3_EVENT_TYPES.filter((type) => !isOnEventBridge(type))).toEqual([...NOT_ON_EVENTBRIDGE]);
  });

  it('filters by key', () => {
    const rule = { s3EventType: 's3:ObjectCreated:*', filterRule: { prefix: 'in/', suffix: '.csv' } } as const;
    expect(s3EventPattern('invoices', rule).detail).toEqual({
      bucket: { name: ['invoices'] },
      object: { key: [{ wildcard: 'in/*.csv' }] },
    });
  });
});

/** As EventBridge documents it. */
function matches(matcher: KeyMatcher, key: string): boolean {
  if (typeof matcher === 'string') return matcher === key;
  if ('prefix' in matcher) return key.startsWith(matcher.prefix);
  if ('suffix' in matcher) return key.endsWith(matcher.suffix);
  const pattern = matcher.wildcard.replace(/\\([\\*])|\*|[^\\*]/g, (sign, literal) => {
    if (sign === '*') return '[^]*';
    return (literal ?? sign).replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
  });
  return new RegExp(`^${pattern}$`).test(key);
}

describe('keyMatchers', () => {
  it.each([
    [{}, []],
    [{ prefix: '' }, []],
    [{ prefix: 'in/' }, [{ prefix: 'in/' }]],
    [{ suffix: '.csv' }, [{ suffix: '.csv' }]],
    [{ prefix: 'a*', suffix: '\\b' }, [{ wildcard: 'a\\**\\\\b' }]],
    [{ prefix: 'aa', suffix: 'aa' }, [{ wildcard: 'aa*aa' }, 'aaa', 'aa']],
    [{ prefix: 'in.', suffix: '.csv' }, [{ wildcard: 'in.*.csv' }, 'in.csv']],
  ])('%j', (filterRule, expected) => {
    expect(keyMatchers(filterRule)).toEqual(expected);
  });

  it('match exactly the keys with this beginning and end', () => {
    // Few letters, so that prefix and suffix often overlap, and those that mean something in a wildcard.
    const text = fc.string({ unit: fc.constantFrom('a', 'b', '*', '\\', '.'), maxLength: 5 });
    const middle = fc.string({ unit: fc.constantFrom('a', 'b', '*', '\\', '.'), maxLength: 3 });
    const key = (prefix: string, suffix: string) =>
      fc.oneof(
        text,
        middle.map((part) => prefix + part + suffix),
        fc.nat(5).map((cut) => prefix + suffix.slice(cut)),
      );
    const sample = fc
      .tuple(text, text)
      .chain(([prefix, suffix]) => fc.tuple(fc.constant(prefix), fc.constant(suffix), key(prefix, suffix)));
    fc.assert(
      fc.property(sample, ([prefix, suffix, name]) => {
        const matchers = keyMatchers({ prefix, suffix });
        const found = matchers.length === 0 || matchers.some((matcher) => matches(matcher, name));
        const wanted = name.startsWith(prefix) && name.endsWith(suffix);
        return found === wanted;
      }),
      { numRuns: 2000 },
    );
  });
});
