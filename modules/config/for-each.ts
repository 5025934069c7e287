import { z } from 'zod';
import { formatFound, foundValue } from '../problems/found';
import { BUCKET_NAME } from '../rules/arn-forms';
import { ITEM_LIMITS, pathSteps } from '../rules/items';
import { across, exactlyOne, isToken, numberIn, refuse, strict, text } from './checked';

/** Where the items come from, of which exactly one is set. */
const KINDS = ['items', 's3Manifest', 'count'] as const;

const FUNCTION = "the job's items function";

const PATH = /^\$(?:\.[A-Za-z_$][\w$-]*|\[\d+\]|\['[^'\]]+'\]|\["[^"\]]+"\])+$/;

/** The path that is meant by one without its root: `detail.keys` is `$.detail.keys`. */
function rooted(found: string): string | undefined {
  const path = `$.${found.trim().replace(/^\$?\.?/, '')}`;
  return PATH.test(path) && pathSteps(path) !== undefined ? path : undefined;
}

const whole = numberIn({ unit: 'items', min: 0, max: ITEM_LIMITS.maxItems.max, shapes: FUNCTION });

const share = text({
  pattern: /^(100|\d{1,2})(\.\d{1,2})?%$/,
  accepted: "a number of items, or a percentage such as '5%'",
  fix: (found) =>
    /^\d+$/.test(found.trim()) ? `write ${found.trim()} without quotes, or '${found.trim()}%'` : "write '5%'",
});

/** One child of an array job for each item of an event. */
export const forEach = across(
  strict(
    {
      /** Where the event has the list of items: a path such as `$.detail.keys`, or `records` for the messages or records of a queue, topic, stream or bucket. A path can go on inside of a string that contains JSON: `$.body.keys`. Set exactly one of `items`, `s3Manifest` and `count`. */
      items: text({
        pattern: new RegExp(`^records$|${PATH.source}`),
        accepted: "a path such as $.detail.keys, or 'records'",
        fix: (found) => {
          const path = rooted(found);
          return path === undefined || /^records?$/i.test(found)
            ? "write 'records', or a path such as $.detail.keys"
            : `write ${path}`;
        },
      }).optional(),
      /** Path to an S3 object with an item in each line: the path's value is `s3://bucket/key`, or a key in `bucket`. If the first line begins with `{`, `[` or `"`, each line is JSON. Otherwise each line is a string. Empty lines are no items. The job must be allowed to read the object. Set exactly one of `items`, `s3Manifest` and `count`. */
      s3Manifest: text({
        pattern: PATH,
        accepted: 'a path such as $.detail.object.key',
        fix: (found) => {
          const path = rooted(found);
          return path === undefined || found.startsWith('s3:')
            ? 'write the path of the event that has the key, such as $.detail.object.key'
            : `write ${path}`;
        },
      }).optional(),
      /** Bucket of `s3Manifest`: its name, or a path to it. It has no effect on a value with `s3://`. @default $.detail.bucket.name, else $.Records[0].s3.bucket.name */
      bucket: text({
        pattern: new RegExp(`${BUCKET_NAME.source}|${PATH.source}`),
        orDirective: true,
        accepted: "a bucket's name, or a path such as $.detail.bucket",
        fix: (found) => {
          const name = /^(?:s3:\/\/|arn:[\w-]+:s3:::)([a-z0-9.-]+)/.exec(found)?.[1];
          return name === undefined ? "write the bucket's name" : `write ${name}`;
        },
      }).optional(),
      /** How many children each event gets. They have no item: each gets the whole event. Set exactly one of `items`, `s3Manifest` and `count`. */
      count: numberIn({
        unit: 'items',
        min: 1,
        max: ITEM_LIMITS.maxItems.max,
        shapes: FUNCTION,
      }).optional(),
      /** Most items of a run. A run with more fails at once, before a child starts. @default 100000 */
      maxItems: numberIn({
        unit: 'items',
        ...ITEM_LIMITS.maxItems,
        shapes: FUNCTION,
      }).default(ITEM_LIMITS.maxItems.default),
      /** With how many failed items a run can still succeed: a number, or a percentage such as `'5%'`. It is judged after the last attempt. Failed children are repeated before. @default 0 */
      maxFailures: z
        .union([whole, share], { error: () => "a number of items, or a percentage such as '5%'" })
        .default(0),
    },
    () => "an object such as { items: '$.detail.keys' }",
  ),
  (value, context) => {
    exactlyOne(value, KINDS, context);
    if (value.bucket !== undefined && value.s3Manifest === undefined) {
      const fix = 'remove bucket, or add s3Manifest';
      refuse(
        context,
        { code: 'conflict', found: 'bucket without s3Manifest', accepted: 'bucket with s3Manifest', fix },
        ['bucket'],
      );
    }
    const { count, maxItems = ITEM_LIMITS.maxItems.default } = value;
    if (typeof count !== 'number' || typeof maxItems !== 'number' || isToken(count) || isToken(maxItems)) return;
    if (count <= maxItems || count > ITEM_LIMITS.maxItems.max) return;
    const accepted = `a count of at most maxItems, ${formatFound(maxItems)}`;
    refuse(context, { code: 'conflict', found: foundValue(count), accepted, fix: `set maxItems to ${count}` }, [
      'count',
    ]);
  },
);

/** `forEach` of a job as in a config, with defaults. */
export type ForEach = z.output<typeof forEach>;
