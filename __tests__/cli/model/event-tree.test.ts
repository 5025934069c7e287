import { type TreeState, treeRows } from '../../../cli/model/event-tree';
import { eventFindings, typeOfKind } from '../../../cli/model/event-words';
import { type JsonNode, parsedJson } from '../../../cli/model/json-text';
import { EVENT_SOURCES } from './event-sources';

const CLOSED: TreeState = { toggled: new Set(), shown: new Map() };
const rowsOf = (text: string, state: Partial<TreeState> = {}) =>
  treeRows(text, parsedJson(text).root as JsonNode, { ...CLOSED, ...state });
const lines = (text: string, state?: Partial<TreeState>) =>
  rowsOf(text, state).map(({ level, name, preview, isOpen }) =>
    [
      ' '.repeat(level - 1),
      isOpen === undefined ? '' : isOpen ? '-' : '+',
      name === undefined ? '' : `${name}: `,
      preview,
    ].join(''),
  );

describe('the tree of an event', () => {
  const text = '{"id": 1.50, "detail-type": "a", "list": [{"x": null}], "none": {}}';

  test('a small one is open, with values as they are written', () => {
    expect(lines(text)).toEqual([
      '-{ 4 keys }',
      ' id: 1.50',
      ' detail-type: "a"',
      ' -list: [ 1 item ]',
      '  -0: { 1 key }',
      '   x: null',
      ' none: {}',
    ]);
    expect(lines(text, { toggled: new Set(['0.2']) })).toEqual(expect.arrayContaining([' +list: [ 1 item ]']));
    expect(lines(text, { toggled: new Set(['0']) })).toEqual(['+{ 4 keys }']);
  });

  test('each value has its path and its text', () => {
    expect(rowsOf(text).map(({ path, value }) => [path, value()])).toEqual([
      ['$', text],
      ['$.id', '1.50'],
      ["$['detail-type']", '"a"'],
      ['$.list', '[{"x": null}]'],
      ['$.list[0]', '{"x": null}'],
      ['$.list[0].x', 'null'],
      ['$.none', '{}'],
    ]);
  });

  test('JSON in a string can be unfolded, and strings that only begin like it are strings', () => {
    const message = '{"body": "{\\"orderId\\":[1]}", "note": "{a}", "empty": "{}"}';
    expect(lines(message)).toEqual(['-{ 3 keys }', ' +body: JSON { 1 key }', ' note: "{a}"', ' empty: "{}"']);
    const [, , order] = rowsOf(message, { toggled: new Set(['0.0']) });
    expect([order?.path, order?.value()]).toEqual(['$.body.orderId', '[1]']);
  });

  test('a large branch is closed, and a long list is shown in steps', () => {
    const long = JSON.stringify({ items: Array.from({ length: 250 }, (_, index) => index) });
    expect(lines(long)).toEqual(['-{ 1 key }', ' +items: [ 250 items ]']);
    const open = rowsOf(long, { toggled: new Set(['0.0']) });
    expect(open).toHaveLength(103);
    expect(open.at(-1)).toMatchObject({ kind: 'more', preview: '150 more', rest: 150 });
    expect(rowsOf(long, { toggled: new Set(['0.0']), shown: new Map([['0.0', 300]]) })).toHaveLength(252);
    const records = (count: number) => rowsOf(JSON.stringify(Array.from({ length: count }, () => ({ id: 1 }))));
    expect([records(20).length, records(21).length]).toEqual([1 + 2 * 20, 1 + 21]);
    expect(lines(`{"a": "${'x'.repeat(500)}"}`)[1]?.length).toBeLessThan(260);
  });
});

describe('what the trigger function makes of an event, in sentences', () => {
  const check = { kind: 'sqs', parts: ['a'], fits: true };
  test.each([
    ['one message', check, 'sqs', ['ok', 'Its messageId names the run. The same']],
    [
      'several messages',
      { ...check, parts: ['a', 'b'] },
      'sqs',
      ['ok', 'The messageIds of its 2 messages name the run.'],
    ],
    [
      'an event of another source',
      check,
      'schedule',
      ['warn', 'messages of an SQS queue. The trigger sends an EventBridge event.'],
    ],
    [
      'an event without its ID',
      { ...check, kind: 'invocation', parts: [] },
      'sqs',
      ['warn', 'does not recognize it as messages'],
    ],
    [
      'an event by hand',
      { ...check, kind: 'invocation', parts: [] },
      undefined,
      ['ok', 'each delivery starts another run'],
    ],
    [
      'an event that starts nothing',
      { ...check, ignored: 'preflight' },
      'sqs',
      ['warn', 'starts no job for this event: it is an OPTIONS'],
    ],
    ['an event that is refused', { ...check, problem: 'The event is nested too deeply.' }, 'sqs', ['bad', 'nested']],
    [
      'a request',
      { ...check, kind: 'http-api', parts: ['request', 'a'] },
      'http-api-gateway',
      ['ok', 'requestContext.requestId names'],
    ],
    [
      'a request with a key',
      { ...check, kind: 'alb', parts: ['idempotency-key'] },
      'application-load-balancer',
      ['ok', 'Idempotency-Key, with the method'],
    ],
    [
      'a replayed event',
      { ...check, kind: 'eventbridge', parts: ['a', 'b'] },
      'event-bus',
      ['ok', 'id and replay-name'],
    ],
  ])('%s', (_, event, type, [tone, text]) => {
    expect(eventFindings(event, type, EVENT_SOURCES)).toContainEqual({
      tone,
      text: expect.stringContaining(text as string),
    });
  });

  test('an event that is recognized has the shape of a type of trigger', () => {
    expect(['eventbridge', 'sqs', 'alb', 'invocation'].map((kind) => typeOfKind(kind, EVENT_SOURCES))).toEqual([
      'event-bus',
      'sqs',
      'application-load-balancer',
      undefined,
    ]);
  });
});
