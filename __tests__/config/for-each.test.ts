import { forEach } from '../../modules/config/for-each';
import { parse } from '../../modules/config/parse';
import { ConfigError } from '../../modules/problems/config-error';
import { tokens } from '../stack-config/samples';

function problems(value: unknown): string[] {
  try {
    parse(forEach, value, 'forEach');
    return [];
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.problems.map(({ path, found, accepted, fix }) => [path, found, accepted, fix].join(' | '));
  }
}

it('allows no failure and 100,000 items, if nothing else is set', () => {
  const items = '$.detail.keys';
  expect(parse(forEach, { items }, 'forEach')).toEqual({ items, maxItems: 100_000, maxFailures: 0 });
});

it.each([
  { items: 'records' },
  { items: '$.Records[0].body' },
  { items: "$['a key'].list" },
  { s3Manifest: '$.detail.object.key' },
  { s3Manifest: '$.key', bucket: 'reports' },
  { s3Manifest: '$.key', bucket: '$.bucket' },
  { s3Manifest: '$.key', bucket: "$ResourceParam('reports', 'name')" },
  { count: 1 },
  { count: 1_000_000, maxItems: 1_000_000 },
  { count: 5, maxFailures: 3 },
  { count: 5, maxFailures: '2.5%' },
  { count: 5, maxFailures: '100%' },
])('accepts %j', (value) => {
  expect(problems(value)).toEqual([]);
});

const FAILURES = "a number of items, or a percentage such as '5%'";

it.each<[string, unknown, string]>([
  ['no items', {}, ' | none of them | exactly one of items, s3Manifest, count | add items, s3Manifest or count'],
  [
    'items of two kinds',
    { items: 'records', count: 5 },
    ' | items and count | exactly one of items, s3Manifest, count | keep items and remove count',
  ],
  [
    'a path without its root',
    { items: 'detail.keys' },
    'items | "detail.keys" | a path such as $.detail.keys, or \'records\' | write $.detail.keys',
  ],
  [
    'another word',
    { items: 'record' },
    "items | \"record\" | a path such as $.detail.keys, or 'records' | write 'records', or a path such as $.detail.keys",
  ],
  [
    'a path with a wildcard',
    { items: '$.Records[*].body' },
    "items | \"$.Records[*].body\" | a path such as $.detail.keys, or 'records' | write 'records', or a path such as $.detail.keys",
  ],
  [
    'an object instead of the path to it',
    { s3Manifest: 's3://reports/list.txt' },
    's3Manifest | "s3://reports/list.txt" | a path such as $.detail.object.key | write the path of the event that has the key, such as $.detail.object.key',
  ],
  [
    'a bucket by its URI',
    { s3Manifest: '$.key', bucket: 's3://reports' },
    'bucket | "s3://reports" | a bucket\'s name, or a path such as $.detail.bucket | write reports',
  ],
  [
    'a bucket without a manifest',
    { items: 'records', bucket: 'reports' },
    'bucket | bucket without s3Manifest | bucket with s3Manifest | remove bucket, or add s3Manifest',
  ],
  ['no children', { count: 0 }, 'count | 0 | a whole number from 1 to 1,000,000 items | use 1'],
  [
    'more than maxItems',
    { count: 200_000 },
    'count | 200000 | a count of at most maxItems, 100000 | set maxItems to 200000',
  ],
  [
    'more than 100 arrays',
    { items: 'records', maxItems: 2_000_000 },
    'maxItems | 2000000 | a whole number from 1 to 1,000,000 items | use 1 to 1,000,000 items',
  ],
  [
    'a percentage without its sign',
    { count: 5, maxFailures: '5' },
    `maxFailures | "5" | ${FAILURES} | write 5 without quotes, or '5%'`,
  ],
  ['neither', { count: 5, maxFailures: true }, `maxFailures | true | ${FAILURES} | write ${FAILURES}`],
  ['more than all', { count: 5, maxFailures: '101%' }, `maxFailures | "101%" | ${FAILURES} | write '5%'`],
  [
    'a negative number',
    { count: 5, maxFailures: -1 },
    'maxFailures | -1 | a whole number from 0 to 1,000,000 items | use 0',
  ],
  [
    'a number that only Terraform knows',
    { count: tokens().NUMBER },
    "count | a value that only Terraform knows | a whole number from 1 to 1,000,000 items | write the number itself: it is needed for the job's items function",
  ],
  [
    'a misspelled property',
    { items: 'records', maxFailure: 1 },
    'maxFailure | the unknown property "maxFailure" | items, s3Manifest, bucket, count, maxItems, maxFailures | did you mean "maxFailures"?',
  ],
  [
    'a path by itself',
    '$.keys',
    " | \"$.keys\" | an object such as { items: '$.detail.keys' } | write an object such as { items: '$.detail.keys' }",
  ],
])('rejects %s', (_, value, problem) => {
  expect(problems(value)).toEqual([problem]);
});
