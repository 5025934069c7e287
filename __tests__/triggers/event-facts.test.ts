import { keys } from '../../triggers/event-facts';
import { SOURCES, type SourceType, sourceOf } from '../../triggers/registry';

const ONE = 'Its id names the run.';
const REPLAY = 'Its id and replay-name name the run.';
const RECORD = 'Its eventID and eventSourceARN name the run.';
const RECORDS = 'The eventIDs of its {count} records, with eventSourceARN, name the run.';

/** How the trigger function recognizes the events of a source, and what names their runs. The usual kind is first. */
const KINDS: readonly (readonly [type: SourceType, short: string, kinds: readonly object[]])[] = [
  [
    'http-api-gateway',
    'http',
    [
      {
        kind: 'http-api',
        names: {
          one: 'Its requestContext.requestId names the run.',
          withKey: 'Its Idempotency-Key, with the caller, the method and the path, names the run.',
        },
      },
    ],
  ],
  [
    'application-load-balancer',
    'alb',
    [
      {
        kind: 'alb',
        names: {
          one: 'Its X-Amzn-Trace-Id header names the run.',
          withKey: 'Its Idempotency-Key, with the method and the path, names the run.',
        },
      },
    ],
  ],
  [
    'schedule',
    'schedule',
    [{ kind: 'eventbridge', names: { one: ONE, several: REPLAY }, sentBy: ['aws.events', 'aws.scheduler'] }],
  ],
  ['event-bus', 'bus', [{ kind: 'eventbridge', names: { one: ONE, several: REPLAY } }]],
  ['sns', 'sns', [{ kind: 'sns', names: { one: 'Its Sns.MessageId names the run.' } }]],
  [
    'sqs',
    'sqs',
    [
      {
        kind: 'sqs',
        names: { one: 'Its messageId names the run.', several: 'The messageIds of its {count} messages name the run.' },
      },
    ],
  ],
  ['kinesis-stream', 'kinesis', [{ kind: 'kinesis', names: { one: RECORD, several: RECORDS } }]],
  ['dynamo-db-stream', 'dynamodb', [{ kind: 'dynamodb', names: { one: RECORD, several: RECORDS } }]],
  [
    's3',
    's3',
    [
      { kind: 's3', names: { one: 'Its bucket, key, change and version name the run.' } },
      { kind: 'eventbridge', names: { one: ONE, several: REPLAY }, sentBy: ['aws.s3'] },
    ],
  ],
  ['cloudwatch-log', 'logs', [{ kind: 'logs', names: { one: 'Its awslogs.data names the run.' } }]],
  ['batch-job', 'job', [{ kind: 'eventbridge', names: { one: ONE, several: REPLAY }, sentBy: ['aws.states'] }]],
];

it('some sources have events of two forms, told apart by keys in their root', () => {
  const marks = SOURCES.flatMap(({ type }) =>
    (sourceOf(type).facts().variants ?? []).map((variant) => [type, variant.marks]),
  );
  expect(marks).toEqual([
    ['http-api-gateway', ['routeKey', 'rawPath']],
    ['s3', ['detail-type']],
  ]);
});

it('covers every source', () => {
  expect(KINDS.map(([type]) => type)).toEqual(SOURCES.map(({ type }) => type));
});

it.each(KINDS)('%s is %s in a narrow column, and its events are known by their kinds', (type, short, kinds) => {
  const { shortName = type, kinds: found } = sourceOf(type).facts();
  expect(shortName).toBe(short);
  expect(found).toMatchObject(kinds);
});

it('short names are different, and at most 8 characters', () => {
  const names = SOURCES.map(({ type }) => sourceOf(type).facts().shortName ?? type);
  expect(new Set(names).size).toBe(names.length);
  expect(names.filter((name) => name.length > 8)).toEqual([]);
});

it('a key is required unless it ends with a question mark', () => {
  expect(keys(['a.b', 'string', 'One'], ['c?', ['list', 'null'], 'Two'])).toEqual([
    { path: 'a.b', types: ['string'], meaning: 'One', isRequired: true },
    { path: 'c', types: ['list', 'null'], meaning: 'Two', isRequired: false },
  ]);
});

it.each(SOURCES.map(({ type }) => type))('the keys of %s are in their objects, once', (type) => {
  const { keys: common, variants = [] } = sourceOf(type).facts();
  for (const list of [common, ...variants.map((variant) => variant.keys)]) {
    const paths = list.map(({ path }) => path);
    expect(new Set(paths).size).toBe(paths.length);
    const orphans = paths.filter((path) => {
      const parent = path.replace(/(\[\]|\.[^.]*)$/, '');
      return parent !== path && !paths.includes(parent);
    });
    expect(orphans).toEqual([]);
  }
});
