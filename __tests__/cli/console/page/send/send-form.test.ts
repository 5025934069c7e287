/** @jest-environment-options {"browser": true} */
import { h } from 'preact';
import type { Choice } from '../../../../../cli/console/page/send/choice';
import type { Choices as ChoicesType } from '../../../../../cli/console/page/send/choices';
import type { Draft } from '../../../../../cli/console/page/send/draft';
import type { EventEditor as EventEditorType } from '../../../../../cli/console/page/send/event-editor';
import { SendForm } from '../../../../../cli/console/page/send/send-form';
import type { Faults } from '../../../../../cli/model/faults';
import type { SendJob } from '../../../../../cli/model/send';
import { openBrowser } from '../browser/browser';
import { openServer, type Question } from '../browser/server';

type Props = Parameters<typeof SendForm>[0];
type EditorProps = Parameters<typeof EventEditorType>[0];
type ChoicesProps = Parameters<typeof ChoicesType>[0];

const mockDrafts = new Map<string, Draft>();
const mockFaults = new Map<string, Faults>();
const mockEditor = jest.fn<null, [EditorProps]>();
const mockChoices = jest.fn<null, [ChoicesProps]>();
const mockGone = jest.fn();

/** What the browser keeps, without a browser. */
jest.mock('../../../../../cli/console/page/send/draft', () => ({
  draftOf: (key: string) => mockDrafts.get(key),
  keepDraft: (key: string, draft: Draft) => mockDrafts.set(key, draft),
  faultsOf: (job: string) => mockFaults.get(job),
  keepFaults: (job: string, faults: Faults) => mockFaults.set(job, faults),
}));
jest.mock('../../../../../cli/console/page/send/choices', () => ({
  Choices: (props: ChoicesProps) => mockChoices(props),
}));
jest.mock('../../../../../cli/console/page/send/event-editor', () => {
  const { useEffect } = jest.requireActual<typeof import('preact/hooks')>('preact/hooks');
  return {
    EventEditor: (props: EditorProps) => {
      useEffect(() => mockGone, []);
      return mockEditor(props);
    },
  };
});

const browser = openBrowser();
const server = openServer();

const TRIGGER = { type: 'sqs', place: 2, label: 'orders', isReshaped: false };
const OF_TRIGGER: Choice = { kind: 'trigger', trigger: TRIGGER };
const JOB: SendJob = { name: 'report', triggers: [TRIGGER], eventBudget: 7_000 };
const BY_HAND: Choice = { kind: 'hand' };
const FILE: Choice = { kind: 'file' };
const SAMPLE: Draft = { text: '{ "a": 1 }', original: '{ "a": 1 }', source: 'sample of sqs' };

let done: unknown[];
let shown: Props;

beforeEach(() => {
  jest.useFakeTimers();
  done = [];
  mockDrafts.clear();
  mockFaults.clear();
  for (const mock of [mockEditor, mockChoices, mockGone]) mock.mockReset();
  mockEditor.mockReturnValue(null);
  mockChoices.mockReturnValue(null);
});
afterEach(() => {
  browser.show(null);
  jest.useRealTimers();
});

/** Draws the form with what differs from the last time. */
async function render(differences: Partial<Props> = {}): Promise<void> {
  shown = { ...shown, ...differences };
  browser.show(h(SendForm, shown));
  await browser.settled();
}

/** The form for an event of which a draft is there. */
async function show(choice: Choice, draft?: Draft, props: Partial<Props> = {}): Promise<void> {
  const key = { trigger: 'type/sqs:2', hand: 'type/hand', file: 'type/file', run: 'run/a-1' }[choice.kind];
  const place = props.place ?? 'local';
  if (draft !== undefined) mockDrafts.set(`${place}/report/${key}`, draft);
  shown = {
    place,
    jobs: [JOB],
    sources: {},
    job: JOB,
    choice,
    onJob: (name) => done.push(['job', name]),
    onChoice: (next) => done.push(['choice', next]),
    ...props,
  };
  browser.show(null);
  await render();
}

const editor = () => mockEditor.mock.lastCall?.[0] as EditorProps;
const choices = () => mockChoices.mock.lastCall?.[0] as ChoicesProps;
const alerts = () => browser.texts('[role="alert"] > div');
const button = () => [
  browser.get('.send-button .primary').hasAttribute('disabled'),
  browser.texts('.send-button p')[0],
];
const checks = (): Question[] => server.questions.filter(({ path }) => path === '/api/send/check');

/** What the server is asked to check, once nothing has changed for a while. */
async function checked(): Promise<object> {
  await browser.pass(200);
  return checks().at(-1)?.body as object;
}

async function write(text: string): Promise<void> {
  browser.act(() => editor().state.setText(text));
  await browser.settled();
}

describe('what is checked and sent', () => {
  it('is the sample of a trigger, compact, and as it is in the editor', async () => {
    await show(OF_TRIGGER, SAMPLE);
    expect(await checked()).toEqual({
      job: 'report',
      place: 'local',
      eventText: '{"a":1}',
      shownText: '{ "a": 1 }',
      trigger: 'sqs:2',
      source: 'sample of sqs',
      faults: {},
    });
    expect(editor()).toMatchObject({ isChanged: false, bytes: 7, settled: SAMPLE.text, choice: OF_TRIGGER, job: JOB });
    expect(editor().parsed.root?.kind).toBe('object');
  });

  it('is no event of the trigger any more once it is changed', async () => {
    await show(OF_TRIGGER, SAMPLE);
    await write('{"a":"é"}');
    expect(await checked()).toEqual({
      job: 'report',
      place: 'local',
      eventText: '{"a":"é"}',
      shownText: '{"a":"é"}',
      source: 'changed sample of sqs',
      faults: {},
    });
    expect([editor().isChanged, editor().bytes]).toEqual([true, 10]);
  });

  it.each<[string, Choice, Draft, object]>([
    ['by hand', BY_HAND, { text: '1', original: '{}', source: 'by hand' }, { source: 'by hand' }],
    ['of an earlier run', { kind: 'run', id: 'a-1' }, SAMPLE, { source: 'sample of sqs', from: 'a-1' }],
    ['of a file', FILE, { ...SAMPLE, source: 'a.json', text: '1' }, { source: 'changed a.json' }],
  ])('is %s', async (_what, choice, draft, expected) => {
    await show(choice, draft);
    const { source, from, trigger } = (await checked()) as { [name: string]: unknown };
    expect({ source, from, trigger }).toEqual(expected);
  });

  it('is what it is where that is no JSON', async () => {
    await show(BY_HAND, { text: '{"a', original: '{}', source: 'by hand' });
    expect([await checked(), editor().bytes]).toEqual([expect.objectContaining({ eventText: '{"a' }), 3]);
    expect(button()).toEqual([true, 'Correct the JSON first.']);
  });

  it('has the faults that were chosen, which there are none of in AWS', async () => {
    mockFaults.set('report', { fast: true });
    await show(OF_TRIGGER, SAMPLE);
    expect([await checked(), browser.texts('h2')]).toEqual([
      expect.objectContaining({ faults: { fast: true } }),
      ['Run with', 'Command'],
    ]);
    await show(OF_TRIGGER, SAMPLE, { place: 'aws' });
    expect([await checked(), browser.texts('h2')]).toEqual([
      expect.objectContaining({ place: 'aws', faults: {} }),
      ['Command'],
    ]);
    expect(browser.texts('.primary')).toEqual(['Start in AWS']);
  });

  it('is asked 200 ms after the last key, and not again where nothing of it changes', async () => {
    await show(OF_TRIGGER, SAMPLE);
    await checked();
    const before = checks().length;
    await render({ onJob: () => {} });
    await browser.pass(1_000);
    expect(checks()).toHaveLength(before);
    await write('1');
    await browser.pass(199);
    await write('12');
    await browser.pass(199);
    expect(checks()).toHaveLength(before);
    await browser.pass(1);
    expect(checks()).toHaveLength(before + 1);
  });

  it('is another event for each job, place and choice', async () => {
    await show(BY_HAND, { ...SAMPLE, source: 'by hand' });
    await checked();
    await render({ job: { ...JOB, name: 'import' } });
    expect([await checked(), mockGone.mock.calls.length]).toEqual([
      expect.objectContaining({ job: 'import', shownText: '{}' }),
      1,
    ]);
    await render({ choice: FILE });
    expect(mockGone).toHaveBeenCalledTimes(2);
    await render({ choice: { kind: 'run', id: 'a-1' } });
    expect(mockGone).toHaveBeenCalledTimes(3);
    await render({ choice: { kind: 'run', id: 'a-1' } });
    expect(mockGone).toHaveBeenCalledTimes(3);
  });
});

describe('what the server says', () => {
  it('is in the editor, the command and the options', async () => {
    await show(OF_TRIGGER, SAMPLE);
    expect([editor().check, browser.get('pre').textContent, button()]).toEqual([undefined, '', [false, undefined]]);
    await checked();
    const event = { kind: 'sqs', parts: [], fits: true };
    const command = 'npm run local -- report event.json';
    checks()
      .at(-1)
      ?.answer({ event, command, problems: { grace: 'No number.' } });
    await browser.settled();
    expect([editor().check, browser.get('pre').textContent, button()]).toEqual([
      event,
      command,
      [true, 'Correct the options first.'],
    ]);
    expect(browser.document.body.textContent).toContain('No number.');
    expect(browser.texts('.command-card .link')).toEqual(['Download event.json']);
  });

  it('is why there is no sample: nothing can be sent then', async () => {
    await show(OF_TRIGGER);
    expect([button(), editor().state.draft, editor().isChanged]).toEqual([[true, undefined], undefined, false]);
    server.questions.find(({ path }) => path.startsWith('/api/sample'))?.answer({ error: 'No trigger.' }, 404);
    await browser.settled();
    expect(alerts()).toEqual(['No trigger.']);
    // Nor is there anything that was written by hand.
    expect(await checked()).toEqual({
      job: 'report',
      place: 'local',
      eventText: '',
      shownText: '',
      trigger: 'sqs:2',
      source: 'by hand',
      faults: {},
    });
  });
});

it('an option that is switched is kept and checked', async () => {
  await show(OF_TRIGGER, SAMPLE);
  browser.act(() => browser.all('.fault-row input')[0]?.click());
  await browser.settled();
  expect([Object.keys(mockFaults.get('report') ?? {}), await checked()]).toEqual([
    [expect.any(String)],
    expect.objectContaining({ faults: mockFaults.get('report') }),
  ]);
});

describe('a long event', () => {
  const long = (length: number) => `"${'x'.repeat(length - 2)}"`;

  it('is read once nothing has been written for 250 ms, and sent only then', async () => {
    await show(BY_HAND, { ...SAMPLE, text: '{}' });
    await browser.pass(0);
    await write(long(50_001));
    expect([editor().settled, button()]).toEqual(['{}', [true, undefined]]);
    await browser.pass(249);
    expect(editor().settled).toBe('{}');
    await browser.pass(1);
    expect([editor().settled.length, button()]).toEqual([50_001, [false, undefined]]);
  });

  it('of 50,000 characters is read at once', async () => {
    await show(BY_HAND, { ...SAMPLE, text: '{}' });
    await write(long(50_000));
    expect([editor().settled.length, button()]).toEqual([50_000, [false, undefined]]);
  });
});

it('Ctrl or Cmd and Enter start the run, other keys do not', async () => {
  await show(OF_TRIGGER, SAMPLE);
  const started = () => server.questions.filter(({ path }) => path === '/api/local/start').map(({ body }) => body);
  const press = (key: object) => browser.fire('.send', 'keydown', { ctrlKey: false, metaKey: false, ...key });
  const others = [{ key: 'Enter' }, { key: 'Enter', shiftKey: true }, { key: 'a', ctrlKey: true }].map(press);
  expect([others.map(({ defaultPrevented }) => defaultPrevented), started()]).toEqual([[false, false, false], []]);
  for (const key of [{ ctrlKey: true }, { metaKey: true }]) {
    expect(press({ key: 'Enter', ...key }).defaultPrevented).toBe(true);
    await browser.settled();
    server.last.answer({ error: 'No engine.' }, 500);
    await browser.settled();
  }
  const sent = expect.objectContaining({ eventText: '{"a":1}', trigger: 'sqs:2' });
  expect(started()).toEqual([sent, sent]);
});

describe('a file', () => {
  const file = (text: string | readonly number[], name = 'a.json', size?: number) => {
    const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : new Uint8Array(text);
    return { name, size: size ?? bytes.length, arrayBuffer: async () => bytes.buffer } as unknown as File;
  };
  const open = async (opened: File) => {
    browser.act(() => choices().onFile(opened));
    await browser.settled();
  };
  const kept = () => mockDrafts.get('local/report/type/file');

  it('is chosen, and named among the choices', async () => {
    await show(BY_HAND, SAMPLE);
    expect(choices().fileName).toBeUndefined();
    await open(file('{\r\n "a": 1\r\n}'));
    expect([done, kept()]).toEqual([
      [['choice', FILE]],
      { text: '{\n "a": 1\n}', original: '{\n "a": 1\n}', source: 'a.json' },
    ]);
    await render({ choice: FILE });
    expect([choices().fileName, editor().state.draft]).toEqual(['a.json', kept()]);
  });

  it('is shown in place of another, by the choices and by the editor', async () => {
    await show(FILE, SAMPLE);
    browser.act(() => editor().onFile(file('[1,\n2]', 'b.json')));
    await browser.settled();
    expect([done, editor().state.draft]).toEqual([[], { text: '[1,\n2]', original: '[1,\n2]', source: 'b.json' }]);
    expect(kept()).toEqual(editor().state.draft);
  });

  it.each([
    ['{"a":1}\n', '{\n  "a": 1\n}'],
    ['no JSON', 'no JSON'],
    ['{"a":\n1}', '{"a":\n1}'],
  ])('of %j is %j', async (text, expected) => {
    await show(FILE, SAMPLE);
    await open(file(text));
    expect(editor().state.draft?.text.trim()).toBe(expected);
  });

  it.each<[string, File, string]>([
    ['too large', file('{}', 'a.json', 8_000_001), 'a.json has 8.0 MB. The page opens files of up to 8 MB.'],
    ['no text', file([0x7b, 0xff, 0xff, 0x7d]), 'a.json is not UTF-8. Save it as UTF-8.'],
  ])('that is %s is refused', async (_what, refused, text) => {
    await show(BY_HAND, SAMPLE);
    await open(refused);
    expect([alerts(), done, kept()]).toEqual([[text], [], undefined]);
    await open(file('{}', 'b.json', 8_000_000));
    expect([alerts(), done]).toEqual([[], [['choice', FILE]]]);
  });

  it('that was refused is not said of another job or event', async () => {
    const bad = file('{}', 'a.json', 9_000_000);
    await show(BY_HAND, SAMPLE);
    await open(bad);
    await render({ choice: OF_TRIGGER });
    expect(alerts()).toEqual([]);
    await open(bad);
    await render({ job: { ...JOB, name: 'import' } });
    expect(alerts()).toEqual([]);
  });
});

it('a job is chosen', async () => {
  await show(BY_HAND, SAMPLE);
  expect(choices()).toMatchObject({ place: 'local', jobs: [JOB], job: JOB, choice: BY_HAND });
  choices().onJob('import');
  choices().onChoice(FILE);
  expect(done).toEqual([
    ['job', 'import'],
    ['choice', FILE],
  ]);
});
