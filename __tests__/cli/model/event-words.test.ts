import { eventFindings, typeOfKind } from '../../../cli/model/event-words';
import type { EventCheck, EventSources } from '../../../cli/model/send';
import { EVENT_SOURCES } from './event-sources';

const KEYED = 'Its idempotency key names the run.';

const SOURCES: EventSources = {
  sqs: {
    kinds: [
      {
        kind: 'sqs',
        noun: 'messages of a queue',
        names: { one: 'Its id names the run.', several: 'The ids of {count} messages name the run.' },
      },
    ],
    keys: [],
  },
  web: {
    kinds: [
      { kind: 'http-api', noun: 'requests of an API', names: { one: 'Its request id names the run.', withKey: KEYED } },
      { kind: 'alb', noun: 'requests of a load balancer', names: { one: 'Its trace id names the run.' } },
    ],
    keys: [],
  },
};

const check = (differences: Partial<EventCheck>): EventCheck => ({
  kind: 'sqs',
  parts: ['a'],
  fits: true,
  ...differences,
});
const findings = (differences: Partial<EventCheck>, source?: string) =>
  eventFindings(check(differences), source, SOURCES);
const AGAIN = 'The same event again is a duplicate and starts nothing.';

it('says what names the run of an event that is recognized', () => {
  expect(findings({}, 'sqs')).toEqual([
    { tone: 'ok', text: 'The trigger function recognizes messages of a queue.' },
    { tone: 'ok', text: `Its id names the run. ${AGAIN}` },
  ]);
});

it.each<[string, Partial<EventCheck>, string]>([
  ['of several messages', { parts: ['a', 'b', 'c'] }, 'The ids of 3 messages name the run.'],
  ['of a request', { kind: 'http-api' }, 'Its request id names the run.'],
  ['of a request with a key', { kind: 'http-api', parts: ['idempotency-key', 'k'] }, KEYED],
  ['of a request of two parts', { kind: 'http-api', parts: ['a', 'b'] }, 'Its request id names the run.'],
  ['without a sentence about keys', { kind: 'alb', parts: ['idempotency-key'] }, 'Its trace id names the run.'],
])('has the words %s', (_, differences, sentence) => {
  expect(findings(differences)[1]?.text).toBe(`${sentence} ${AGAIN}`);
});

it('warns of an event of another source', () => {
  expect(findings({}, 'web')[0]).toEqual({
    tone: 'warn',
    text: 'The trigger function recognizes messages of a queue. The trigger sends requests of an API or requests of a load balancer.',
  });
  expect(findings({ kind: 'alb' }, 'web')[0]).toMatchObject({ tone: 'ok' });
});

it('warns that nothing names the run, unless no source is expected', () => {
  const nothing = 'Nothing in it names the run, so each delivery starts another run.';
  expect(findings({ kind: 'invocation' }, 'sqs')).toEqual([
    { tone: 'warn', text: `The trigger function does not recognize it as messages of a queue. ${nothing}` },
  ]);
  expect(findings({ kind: 'invocation' })).toEqual([{ tone: 'ok', text: nothing }]);
  expect(findings({ kind: 'invocation' }, 'unknown')).toEqual([{ tone: 'ok', text: nothing }]);
});

it('says only why an event cannot be sent', () => {
  expect(findings({ problem: 'It is no JSON.', ignored: 'preflight' }, 'sqs')).toEqual([
    { tone: 'bad', text: 'It is no JSON.' },
  ]);
});

it.each([
  ['health-check', 'it is a health check'],
  ['preflight', 'it is an OPTIONS request, such as a CORS preflight'],
  ['unasked-request', 'browsers and crawlers request this path from every host'],
  ['s3-test-event', 'Amazon S3 tests its notifications with it'],
  ['test-notification', 'a service tests its notifications with it'],
  ['logs-control-message', 'CloudWatch Logs tests the subscription with it'],
  ['something-new', 'something-new'],
])('says why an event starts nothing: %s', (ignored, why) => {
  expect(findings({ ignored }, 'sqs')).toEqual([
    { tone: 'warn', text: `The trigger function starts no job for this event: ${why}.` },
  ]);
});

it('knows the source of a kind by its usual events, unless another source sends such ones', () => {
  expect(typeOfKind('sqs', SOURCES)).toBe('sqs');
  expect(typeOfKind('alb', SOURCES)).toBeUndefined();
  expect(typeOfKind('http-api', SOURCES)).toBe('web');
  const [kind] = SOURCES.sqs?.kinds ?? [];
  const sent = kind && { a: { kinds: [{ ...kind, sentBy: ['aws.x'] }] as const, keys: [] } };
  expect(typeOfKind('sqs', sent ?? {})).toBeUndefined();
});

it('knows the kinds of each real source', () => {
  for (const [type, { kinds }] of Object.entries(EVENT_SOURCES)) {
    const [{ kind, sentBy }] = kinds;
    if (sentBy === undefined) expect(EVENT_SOURCES[typeOfKind(kind, EVENT_SOURCES) ?? type]?.kinds[0].kind).toBe(kind);
  }
});
