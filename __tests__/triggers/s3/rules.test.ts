import fc from 'fast-check';
import { type BucketRule, formatRule, rulesOverlap } from '../../../triggers/s3/bucket-rules';
import { S3_EVENT_TYPES } from '../../../triggers/s3/schema';
import { configProblems, SMALLEST_JOB, tokens } from '../../stack-config/samples';
import { fixesFor, functionOf, jobOf } from '../../stack-config/with-resources';

const CREATED = 's3:ObjectCreated:*';
const PUT = 's3:ObjectCreated:Put';

function rule(s3EventType: BucketRule['s3EventType'], prefix?: string, suffix?: string): BucketRule {
  return { s3EventType, filterRule: { prefix, suffix } };
}

describe('rulesOverlap', () => {
  it.each([
    [rule(CREATED), rule(CREATED), true],
    [rule(CREATED), rule(PUT), true],
    [rule(PUT), rule('s3:ObjectCreated:Copy'), false],
    [rule(CREATED), rule('s3:ObjectRemoved:*'), false],
    [rule('s3:ObjectRestore:*'), rule('s3:ObjectRestore:Post', 'a'), true],
    [rule(CREATED, 'in/'), rule(CREATED), true],
    [rule(CREATED, 'in/'), rule(PUT, 'in/2026/'), true],
    [rule(CREATED, 'in/'), rule(CREATED, 'out/'), false],
    [rule(CREATED, '', '.csv'), rule(CREATED, '', '.json'), false],
    [rule(CREATED, '', '.gz'), rule(CREATED, '', '.csv.gz'), true],
    // S3 goes by the texts alone: a key may begin with in/ and end with .csv.
    [rule(CREATED, 'in/'), rule(CREATED, '', '.csv'), true],
    [rule(CREATED, 'in/', '.csv'), rule(CREATED, 'in/', '.json'), false],
    [rule(CREATED, 'in/', '.csv'), rule(CREATED, 'out/', '.csv'), false],
    [{ s3EventType: CREATED }, rule(PUT, 'x', 'y'), true],
  ] as const)('%j and %j: %s', (a, b, expected) => {
    expect(rulesOverlap(a, b)).toBe(expected);
    expect(rulesOverlap(b, a)).toBe(expected);
  });

  it('is true if one key could match both rules for one change, for strings as long as prefixes and suffixes', () => {
    const letters = fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 3 });
    const anyRule = fc.tuple(fc.constantFrom(...S3_EVENT_TYPES), letters, letters);
    const change = fc.constantFrom(...S3_EVENT_TYPES.filter((type) => !type.endsWith('*')));
    const key = fc.string({ unit: fc.constantFrom('a', 'b'), minLength: 6, maxLength: 9 });
    fc.assert(
      fc.property(anyRule, anyRule, change, key, (first, second, type, name) => {
        const tells = ([eventType, prefix, suffix]: typeof first) =>
          (eventType === type || (eventType.endsWith('*') && type.startsWith(eventType.slice(0, -1)))) &&
          name.startsWith(prefix) &&
          name.endsWith(suffix);
        const both = tells(first) && tells(second);
        return !both || rulesOverlap(rule(...first), rule(...second));
      }),
      { numRuns: 5000 },
    );
  });
});

describe('formatRule', () => {
  it.each([
    [rule(CREATED), 's3:ObjectCreated:* of all keys'],
    [rule(PUT, 'in/'), 's3:ObjectCreated:Put of keys with prefix "in/"'],
    [rule(PUT, 'in/', '.csv'), 's3:ObjectCreated:Put of keys with prefix "in/" and suffix ".csv"'],
  ])('%j', (given, expected) => {
    expect(formatRule(given)).toBe(expected);
  });
});

/** A config with two buckets, a queue, and jobs by name with their s3 events. */
function config(jobs: { readonly [job: string]: readonly object[] }): unknown {
  const entries = Object.entries(jobs).map(([name, properties]) => {
    const events = properties.map((given) => ({
      type: 's3',
      properties: { bucketArn: "$ResourceParam('invoices', 'arn')", s3EventType: CREATED, ...given },
    }));
    return [name, { type: 'batch-job', properties: { ...SMALLEST_JOB, events } }];
  });
  return {
    stackName: 'reports',
    resources: {
      ...Object.fromEntries(entries),
      invoices: { type: 'bucket' },
      others: { type: 'bucket' },
      theirs: { type: 'bucket', existing: { arn: 'arn:aws:s3:::theirs' } },
      queue: { type: 'sqs-queue' },
    },
  };
}

function path(job: string, index: number, property = ''): string {
  return `resources.${job}.properties.events[${index}].properties${property}`;
}

describe('the rules of a bucket', () => {
  it.each<Parameters<typeof config>[0]>([
    { first: [{}] },
    { first: [{ filterRule: { suffix: '.csv' } }], second: [{ filterRule: { suffix: '.json' } }] },
    { first: [{}], second: [{ bucketArn: "$ResourceParam('others', 'arn')" }] },
    { first: [{}], second: [{ useEventBridge: true }], third: [{ useEventBridge: true, s3EventType: PUT }] },
    { first: [{ bucketArn: "$ResourceParam('theirs', 'arn')", useEventBridge: true }] },
    { first: [{ bucketArn: 'arn:aws:s3:::foreign', useEventBridge: true }] },
    { first: [{ bucketArn: tokens().TEXT, useEventBridge: true }] },
  ])('may be %j', (jobs) => {
    expect(configProblems(config(jobs))).toEqual([]);
  });

  it('may not overlap, in one job or another, however the bucket is written', () => {
    const bucketArn = '$ResourceParam( "invoices" , "arn" )';
    const jobs = { first: [{ s3EventType: PUT }], second: [{ bucketArn, filterRule: { prefix: 'in/' } }] };
    expect(configProblems(config(jobs))).toEqual([
      {
        path: path('second', 0),
        found: `s3:ObjectCreated:* of keys with prefix "in/", beside s3:ObjectCreated:Put of all keys at ${path('first', 0)}`,
        accepted: 'rules of a bucket with different event types, prefixes or suffixes: S3 rejects rules that overlap',
        fix: `change one of ${path('second', 0)} and ${path('first', 0)}, or add useEventBridge: true to one`,
      },
    ]);
    expect(configProblems(config({ first: [{}, { s3EventType: PUT }] }))).toMatchObject([{ path: path('first', 1) }]);
    // The same in other words.
    expect(configProblems(config({ first: [{}, { filterRule: { prefix: '' } }] }))).toMatchObject([
      { path: path('first', 1) },
    ]);
  });

  it('are reported once if a job has one twice', () => {
    expect(configProblems(config({ first: [{}, {}] }))).toMatchObject([
      { fix: 'remove one of them: a change starts the job once' },
    ]);
  });

  it('may not be more than 100', () => {
    const rules = (from: number, count: number) =>
      Array.from({ length: count }, (_, index) => ({ filterRule: { prefix: `${from + index}/` } }));
    expect(configProblems(config({ first: rules(100, 60), second: rules(200, 40) }))).toEqual([]);
    expect(configProblems(config({ first: rules(100, 60), second: rules(200, 41) }))).toEqual([
      {
        path: path('second', 40),
        found: '101 rules of "invoices"',
        accepted: 'at most 100 rules for a bucket',
        fix: 'add useEventBridge: true to the other events',
      },
    ]);
  });

  it.each([
    ["$ResourceParam('theirs', 'arn')", `"$ResourceParam('theirs', 'arn')"`],
    ['arn:aws:s3:::foreign', '"arn:aws:s3:::foreign"'],
    [tokens().TEXT, '"a token"'],
  ])('are not set for %s, which the stack does not own', (bucketArn, found) => {
    expect(configProblems(config({ first: [{ bucketArn }] }))).toEqual([
      {
        path: path('first', 0, '.bucketArn'),
        found,
        accepted: 'a bucket that the stack creates, or useEventBridge: true',
        fix: 'add useEventBridge: true, and have EventBridge turned on for the bucket: notifications set from here would replace those that are there',
      },
    ]);
  });

  it.each([
    [
      "$ResourceParam('queue', 'arn')",
      'an sqs-queue',
      "write $ResourceParam('<name>', 'arn') of invoices, others or theirs",
    ],
    ["$ResourceParam('invoices', 'name')", 'a bucket', "write $ResourceParam('invoices', 'arn')"],
  ])('are not set for %s', (bucketArn, type, fix) => {
    expect(configProblems(config({ first: [{ bucketArn }] }))).toEqual([
      {
        path: path('first', 0, '.bucketArn'),
        found: `"${bucketArn}" of ${type}`,
        accepted: 'the arn of a bucket',
        fix,
      },
    ]);
  });

  it('of a bucket that is not there are reported once', () => {
    expect(configProblems(config({ first: [{ bucketArn: "$ResourceParam('invoice', 'arn')" }] }))).toMatchObject([
      { fix: 'did you mean "invoices"?' },
    ]);
  });
});

it('rules of a job and a function for one bucket must not overlap', () => {
  const put = { bucketArn: "$ResourceParam('inbox', 'arn')", s3EventType: PUT };
  const resources = { inbox: { type: 'bucket' }, job: jobOf('s3', put), fn: functionOf('s3', put) };
  const [job, fn] = ['job', 'fn'].map((name) => `resources.${name}.properties.events[0].properties`);
  expect(fixesFor(resources)).toEqual([
    `fn.properties.events[0].properties: change one of ${fn} and ${job}, or add useEventBridge: true to one`,
  ]);
});
