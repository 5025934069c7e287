/** @jest-environment-options {"browser": true} */
import { h } from 'preact';
import { useState } from 'preact/hooks';
import type { Choice } from '../../../../../cli/console/page/send/choice';
import type { Draft } from '../../../../../cli/console/page/send/draft';
import { EventEditor } from '../../../../../cli/console/page/send/event-editor';
import { parsedJson } from '../../../../../cli/model/json-text';
import type { EventCheck, EventSources, SendTrigger } from '../../../../../cli/model/send';
import { keys } from '../../../../../triggers/event-facts';
import { openBrowser } from '../browser/browser';

const browser = openBrowser();

type Props = Parameters<typeof EventEditor>[0];

/** What two sources send: messages of a queue, which have an ID and a body, and those of a topic. */
const SOURCES: EventSources = {
  sqs: {
    kinds: [{ kind: 'sqs', noun: 'messages of a queue', names: { one: 'Their IDs name the run.' } }],
    keys: keys(
      ['id', 'string', 'ID of the message'],
      ['body?', 'object', 'What the sender wrote'],
      ['body.name?', 'string', 'Name of the sender'],
    ),
    variants: [{ marks: ['marked'], keys: keys(['mark', 'string', 'Only with a mark']) }],
  },
  sns: { kinds: [{ kind: 'sns', noun: 'messages of a topic', names: { one: '' } }], keys: [] },
};
const QUEUE: SendTrigger = { type: 'sqs', place: 1, label: 'orders', isReshaped: false };
const OF_QUEUE: Choice = { kind: 'trigger', trigger: QUEUE };
const RECOGNIZED: EventCheck = { kind: 'sqs', parts: ['a'], fits: true };

let done: unknown[];
let original: Draft | undefined;

beforeEach(() => {
  jest.useFakeTimers();
  done = [];
  original = undefined;
});
afterEach(() => {
  browser.show(null);
  jest.useRealTimers();
});

/** The editor of a text, with what differs. What is written in it is checked at once. */
function show(
  text: string | undefined,
  props: Partial<Props> = {},
  more: Partial<Draft & { problem: string }> = {},
): void {
  const { problem, ...differences } = more;
  const first = text === undefined ? undefined : { text, original: text, source: 'sample of sqs', ...differences };
  const Screen = () => {
    const [draft, setDraft] = useState<Draft | undefined>(first);
    const settled = draft?.text ?? '';
    const state: Props['state'] = {
      ...(draft !== undefined && { draft }),
      ...(problem !== undefined && { problem }),
      setText: (next) => setDraft({ ...(draft as Draft), text: next }),
      setDraft: (next) => {
        done.push(['draft', next]);
        setDraft(next);
      },
      reset: async () => original,
      faults: {},
      setFaults: () => {},
    };
    return h(EventEditor, {
      job: { name: 'report', triggers: [QUEUE], eventBudget: 7_000 },
      sources: SOURCES,
      choice: OF_QUEUE,
      state,
      isChanged: false,
      settled,
      parsed: parsedJson(settled),
      bytes: 293,
      check: undefined,
      onFile: (file) => done.push(['file', file]),
      ...props,
    });
  };
  browser.show(null);
  browser.show(h(Screen, {}));
}

const area = () => browser.get<HTMLTextAreaElement>('textarea');
const status = () => browser.get('.editor-status').firstElementChild?.textContent;
const findings = () => browser.texts('.findings li');
const marks = () => browser.all('.gutter span[class]').map((line) => [line.textContent, line.getAttribute('class')]);

/** Puts the cursor somewhere. */
function click(offset: number): void {
  area().setSelectionRange(offset, offset);
  browser.fire(area(), 'click');
}

describe('before there is an event', () => {
  it('is loading', async () => {
    show(undefined);
    await browser.pass(300);
    expect([browser.texts('h2'), browser.all('.skeleton i').length]).toEqual([['Event'], 10]);
  });

  it('is nothing where there is none', async () => {
    show(undefined, {}, { problem: 'No sample.' });
    await browser.pass(300);
    expect(browser.texts('section')).toEqual(['Event']);
  });
});

it('says where the event is from, whether it was changed, and what there is to know of it', () => {
  show('{}');
  expect([browser.get('header').textContent, browser.texts('p.muted')]).toEqual([
    'Eventsample of sqsFormatNew sample',
    [],
  ]);
  show('{}', { isChanged: true }, { note: 'Of the queue orders.' });
  expect([browser.get('header .muted').textContent, browser.texts('p.muted')]).toEqual([
    'sample of sqs, changed',
    ['Of the queue orders.'],
  ]);
});

describe('a file', () => {
  const drop = () => browser.get('.drop');
  const isOver = () => drop().classList.contains('over');

  it('can be dropped, which the editor shows', () => {
    show('{}');
    expect([isOver(), browser.fire(drop(), 'dragover').defaultPrevented, isOver()]).toEqual([false, true, true]);
    browser.fire(drop(), 'dragleave');
    expect(isOver()).toBe(false);
    browser.fire(drop(), 'dragover');
    expect(browser.fire(drop(), 'drop', { dataTransfer: { files: ['a.json', 'b.json'] } }).defaultPrevented).toBe(true);
    expect([isOver(), done]).toEqual([false, [['file', 'a.json']]]);
  });

  it('is none where something else is dropped, which is for the browser', () => {
    show('{}');
    browser.fire(drop(), 'dragover');
    expect(browser.fire(drop(), 'drop', { dataTransfer: { files: [] } }).defaultPrevented).toBe(false);
    expect(browser.fire(drop(), 'drop', { dataTransfer: null }).defaultPrevented).toBe(false);
    expect([isOver(), done]).toEqual([false, []]);
  });
});

describe('the buttons', () => {
  it('lay the event out', async () => {
    show('{"id":"a"}');
    await browser.click('Format');
    expect(area().value).toBe('{\n  "id": "a"\n}');
    show('{"id"');
    expect(browser.button('Format').hasAttribute('disabled')).toBe(true);
  });

  it('are by what the event is', () => {
    const buttons = (choice: Choice) => {
      show('{}', { choice });
      return browser.texts('.editor-actions button');
    };
    expect(
      [OF_QUEUE, { kind: 'hand' } as const, { kind: 'run', id: 'a' } as const, { kind: 'file' } as const].map(buttons),
    ).toEqual([['Format', 'New sample'], ['Format', 'Reset'], ['Format', 'Reset'], ['Format']]);
  });

  it('have the first event again, which undo takes back', async () => {
    show('{ "id": "changed" }');
    original = { text: '{"id":"a"}', original: '{"id":"a"}', source: 'sample of sqs' };
    await browser.click('New sample');
    expect([area().value, browser.document.activeElement, done]).toEqual(['{"id":"a"}', area(), [['draft', original]]]);
    original = undefined;
    await browser.click('New sample');
    expect([area().value, done.length]).toEqual(['{"id":"a"}', 1]);
  });
});

describe('what is said of the event', () => {
  it('is read with the editor, as are its keys', () => {
    show('{}');
    const described = area().getAttribute('aria-describedby')?.split(' ') ?? [];
    const texts = described.map((id) => browser.get(`[id="${id}"]`).textContent);
    expect([texts, area().getAttribute('aria-invalid')]).toEqual([
      ['Tab indents. To leave the editor, press Esc, then Tab. Ctrl+Enter starts the run.', 'Valid JSON293 bytes'],
      'false',
    ]);
  });

  it('is where it is no JSON, and leads there', () => {
    show('{\n  "id": x\n}');
    expect([status(), area().getAttribute('aria-invalid'), marks(), findings()]).toEqual([
      expect.stringMatching(/^Line 2, column 9: /),
      'true',
      [['2', 'bad']],
      [],
    ]);
    browser.act(() => browser.get('.editor-status button').click());
    expect([area().selectionStart, browser.document.activeElement]).toEqual([10, area()]);
  });

  it('is what the key at the cursor means', () => {
    show('{"body": { "name": "x" }, "other": 1 }');
    expect(status()).toBe('Valid JSON');
    click(1);
    expect([status(), browser.texts('.editor-status .mono')]).toEqual(['body: What the sender wrote', ['body']]);
    click(20);
    expect(status()).toBe('name: Name of the sender');
    click(36);
    expect(status()).toBe('Valid JSON');
    show('{"body":1}', { choice: { kind: 'hand' } });
    click(3);
    expect(status()).toBe('Valid JSON');
  });

  it('is its size, and whether that fits', () => {
    const size = (check: EventCheck | undefined) => {
      show('{}', { check });
      return browser.get('.editor-status').lastElementChild?.textContent;
    };
    expect([undefined, RECOGNIZED, { ...RECOGNIZED, fits: false }].map(size)).toEqual([
      '293 bytes',
      '293 bytes, fits',
      '293 bytes, goes through the payload bucket',
    ]);
  });

  it('is what the trigger function makes of it, and how it differs: its lines are marked, and led to', async () => {
    show('{\n  "id": 1,\n  "id": 2\n}', { check: RECOGNIZED });
    expect(findings()).toEqual([
      expect.stringMatching(/^Line 3: /),
      'Line 3: id is a number. Its source sends a string.',
      'The trigger function recognizes messages of a queue.',
      'Their IDs name the run. The same event again is a duplicate and starts nothing.',
    ]);
    expect(marks()).toEqual([['3', 'warn']]);
    browser.act(() => browser.all('.findings button')[1]?.click());
    expect(area().selectionStart).toBe(21);
  });

  it('goes with what is written', () => {
    show('1', { check: RECOGNIZED });
    expect(findings()[0]).toBe('Line 1: the event is a number. Its source sends an object.');
    area().focus();
    area().setSelectionRange(0, 1);
    browser.type('[');
    expect([findings(), marks()]).toEqual([[], [['1', 'bad']]]);
    browser.type(']');
    expect([findings()[0], marks()]).toEqual([
      'Line 1: the event is a list. Its source sends an object.',
      [['1', 'warn']],
    ]);
  });

  it('is nothing that the trigger function would not see', () => {
    show('{}', { choice: { kind: 'trigger', trigger: { ...QUEUE, isReshaped: true } } });
    expect(findings()).toEqual([]);
    show('{}');
    expect(findings()).toEqual(['Line 1: id is missing. ID of the message.']);
  });

  it('is by the source that the trigger function recognizes, where the event is of no trigger', () => {
    show('{}', { choice: { kind: 'hand' } });
    expect(findings()).toEqual([]);
    show('{}', { choice: { kind: 'hand' }, check: RECOGNIZED });
    expect(findings()[0]).toBe('Line 1: id is missing. ID of the message.');
    show('{}', { choice: { kind: 'hand' }, check: { kind: 'invocation', parts: [], fits: true } });
    expect(findings()).toEqual(['Nothing in it names the run, so each delivery starts another run.']);
  });
});

describe('keys', () => {
  const hints = () => browser.texts('[role="option"] b');
  const write = (text: string, cursor: number, typed: string, props: Partial<Props> = {}) => {
    show(text, props);
    area().focus();
    area().setSelectionRange(cursor, cursor);
    browser.type(typed);
  };

  it('of the source are suggested', () => {
    write('{}', 1, '"');
    expect(hints()).toEqual(['id', 'body']);
    write('{}', 1, '"', { choice: { kind: 'hand' } });
    expect(hints()).toEqual([]);
  });

  it('are by those that the event has, of which the first 100 are looked at', () => {
    const text = (count: number) =>
      `{${Array.from({ length: count }, (_, index) => `"k${index}":1,`).join('')}"marked":1}`;
    // What is being written is no JSON: the keys are those of the text before.
    const suggested = (count: number) => {
      write(text(count), 1, '"m', { parsed: parsedJson(text(count)) });
      return hints();
    };
    expect([suggested(0), suggested(99), suggested(100)]).toEqual([['mark'], ['mark'], []]);
  });
});
