/** @jest-environment-options {"browser": true} */
import { h } from 'preact';
import { useChangeStream } from '../../../../../cli/console/page/api/changes';
import { listenToKeys, useKeys } from '../../../../../cli/console/page/keys/keyboard';
import type { LogList } from '../../../../../cli/console/page/log/log-list';
import { LogPanel } from '../../../../../cli/console/page/log/log-panel';
import type { LogLine } from '../../../../../cli/model/console';
import type { LogPage } from '../../../../../cli/model/log';
import type { Run } from '../../../../../cli/model/run';
import { live, run, SPOT_STORY, T0 } from '../../../model/told-runs';
import { openBrowser } from '../browser/browser';
import { openChanges } from '../browser/changes';
import { openServer, type Question } from '../browser/server';

type ListProps = Parameters<typeof LogList>[0];
type Props = Parameters<typeof LogPanel>[0];

const mockList = jest.fn<unknown, [ListProps]>();

jest.mock('../../../../../cli/console/page/log/log-list', () => ({ LogList: (props: ListProps) => mockList(props) }));

const browser = openBrowser();
const server = openServer();
const changes = openChanges(browser);

const LIVE = live({ outcome: 'running' });
const LINE = { number: 6, at: 1_000, start: '1.1', stream: 'stdout', text: '{"a":1}' } as LogLine;

let shown: Props;
let before: number;
let done: unknown[];

beforeEach(() => {
  jest.useFakeTimers();
  done = [];
  mockList.mockReset().mockImplementation(({ note, children }) => {
    return h('div', { class: 'log', tabIndex: 0 }, note, children);
  });
  listenToKeys();
});
afterEach(() => {
  browser.show(null);
  jest.useRealTimers();
});

/** A page of the log, by default a complete one of 12 lines. */
function page(differences: Partial<LogPage> = {}): LogPage {
  return { lines: [], from: 0, total: 12, written: 12, bytes: 600, streams: ['log'], isComplete: true, ...differences };
}

/** What is around the panel. */
const Page = () => {
  useChangeStream({ place: 'aws' });
  useKeys([{ keys: 'Escape', run: () => done.push('Escape') }]);
  return null;
};

/** Draws the panel with what differs from the last time. */
function render(differences: Partial<Props> = {}): void {
  shown = { ...shown, ...differences };
  browser.show([h(Page, {}), h(LogPanel, shown)]);
}

/** The panel of a run. */
async function show(of: Run, answered: Partial<LogPage> | undefined, props: Partial<Props> = {}): Promise<void> {
  shown = { run: of, now: 0, times: 'elapsed', onSelect: (chosen) => done.push(['select', chosen]), ...props };
  browser.show(null);
  before = server.questions.length;
  render();
  await browser.settled();
  if (answered !== undefined) await answer(answered);
}

/** Answers the newest question for lines. */
async function answer(differences: Partial<LogPage>): Promise<void> {
  latest().answer(page(differences));
  await browser.settled();
}

function latest(path = '/api/log?'): Question {
  return server.questions.filter((question) => question.path.startsWith(path)).at(-1) as Question;
}

/** Has the log have other lines. */
async function grow(differences: Partial<LogPage>): Promise<void> {
  changes.say({ type: 'log', place: shown.run.place, id: shown.run.id });
  await browser.settled();
  await answer(differences);
}

/** Searches, and has lines found. */
async function search(text: string | undefined, hits: readonly number[], isComplete = true): Promise<void> {
  if (text !== undefined) browser.write('input', text);
  await browser.pass(120);
  const lines = [...hits.map((index) => ({ number: index, index })), { count: hits.length, isComplete }];
  latest('/api/log/search?').stream(lines.map((line) => `${JSON.stringify(line)}\n`));
  await browser.settled();
}

const list = () => mockList.mock.lastCall?.[0] as ListProps;
const position = () => list().jump?.position;
const options = (label: string) =>
  [...browser.get(`[aria-label="${label}"]`).children].map((option) => (option as HTMLOptionElement).value);
/** The questions for lines since the last call. */
const asked = () => {
  const paths = server.questions.slice(before).map(({ path }) => path);
  before = server.questions.length;
  return paths.filter((path) => path.startsWith('/api/log?'));
};
const pressed = (text: string) => browser.button(text).getAttribute('aria-pressed');

describe('what the log has', () => {
  it('is asked for once, and not shown before the answer', async () => {
    await show(run(), undefined);
    expect(asked()).toEqual(['/api/log?place=aws&id=nightlyReport-67cd5321&from=-1&count=300']);
    expect([browser.texts('h2'), browser.get('header > .muted').textContent, mockList.mock.calls]).toEqual([
      ['Logs'],
      '',
      [],
    ]);
    await answer({});
    expect([asked(), mockList.mock.calls.length > 0]).toEqual([[], true]);
    expect(browser.get('section').getAttribute('aria-labelledby')).toBe(browser.get('h2').getAttribute('id'));
  });

  it('is said in its head', async () => {
    const text = async (answered: Partial<LogPage>) => {
      await show(run(), answered);
      return browser.get('header > .muted').textContent;
    };
    expect(await text({ written: 1, bytes: 50 })).toBe('1 line, 50 bytes');
    expect(await text({ written: 0, bytes: 0 })).toBe('0 lines, 0 bytes');
    expect(await text({ written: 1_200, bytes: 70_000 })).toBe('1,200 lines, 70.0 KB');
  });

  it('cannot be had, until it is tried again', async () => {
    await show(run(), undefined);
    latest().answer({ error: 'No access.' }, 403);
    await browser.settled();
    expect([browser.texts('[role="alert"] > div'), mockList.mock.calls]).toEqual([['No access.'], []]);
    asked();
    await browser.click('Retry');
    expect(asked()).toHaveLength(1);
  });

  it('is not all: the lines that are known are shown, with why', async () => {
    await show(run(), { problem: 'The log group is gone.' });
    expect(browser.texts('[role="alert"] > div')).toEqual(['The log group is gone.']);
    expect(list().store.totals?.total).toBe(12);
    await browser.click('Retry');
    await answer({});
    expect(browser.texts('[role="alert"]')).toEqual([]);
  });

  it('is said below the last line', async () => {
    await show(run(), { written: 0, total: 0 });
    expect(list().note).toBe('This run wrote no output.');
    await show(run(), {});
    expect(list().note).toBeUndefined();
    await show(LIVE, { written: 0, total: 0 });
    expect(list().note).toBe('No output yet.');
  });

  it('is shown as a person wants it', async () => {
    await show(run(), {}, { times: 'utc' });
    expect(list().look).toMatchObject({ times: 'utc', startedAt: T0, query: '' });
    const { look } = list();
    render();
    expect(list().look).toBe(look);
    render({ times: 'local' });
    expect(list().look.times).toBe('local');
  });
});

describe('what changes', () => {
  it('has the log asked again, if it is of this log', async () => {
    await show(LIVE, {});
    const count = async (change: object) => {
      asked();
      changes.say(change);
      await browser.settled();
      latest().answer(page());
      await browser.settled();
      return asked().length;
    };
    const { id } = LIVE;
    expect(await count({ type: 'log', place: 'aws', id })).toBe(1);
    expect(await count({ type: 'log', place: 'local', id })).toBe(0);
    expect(await count({ type: 'log', place: 'aws', id: 'other' })).toBe(0);
    expect(await count({ type: 'run', place: 'aws', id })).toBe(0);
  });

  it('has the log asked again when the stream begins, and when the run ends: what ends it writes nothing', async () => {
    await show(LIVE, {});
    asked();
    changes.begin();
    await answer({});
    expect(asked()).toHaveLength(1);
    render({ run: { ...LIVE, outcome: 'failed' } });
    await browser.settled();
    expect(asked()).toHaveLength(1);
  });

  it('another run has another log, whose lines are not those of the first', async () => {
    await show(run(), {});
    render({ run: run({ id: 'other' }) });
    await browser.settled();
    expect(browser.get('header > .muted').textContent).toBe('');
    expect(asked().at(-1)).toContain('id=other');
    await show(run(), {});
    render({ run: run({ place: 'local' }) });
    await browser.settled();
    expect(browser.get('header > .muted').textContent).toBe('');
  });

  it('ends with the panel', async () => {
    await show(LIVE, undefined);
    const late = latest();
    const { id } = LIVE;
    // What has changed is asked for after the answer.
    changes.say({ type: 'log', place: 'aws', id });
    browser.show(null);
    late.answer(page());
    await browser.settled();
    expect([mockList.mock.calls, asked()]).toEqual([[], [expect.any(String)]]);
  });

  it('ends with the filter', async () => {
    await show(LIVE, undefined);
    const late = latest();
    changes.say({ type: 'log', place: 'aws', id: LIVE.id });
    render({ selected: '1' });
    await answer({ written: 3 });
    asked();
    late.answer(page());
    await browser.settled();
    expect([asked(), browser.get('header > .muted').textContent]).toEqual([[], '3 lines, 600 bytes']);
  });
});

describe('the filter', () => {
  it('offers the starts of the run, and shows what is selected', async () => {
    await show(SPOT_STORY, {}, { selected: '2.3' });
    expect(options('Show the log of')).toEqual(['', '1', '2', '2.1', '2.2', '2.3', '3']);
    expect(browser.get<HTMLSelectElement>('[aria-label="Show the log of"]').value).toBe('2.3');
    expect(asked().at(-1)).toContain('&start=2.3');
    browser.write('[aria-label="Show the log of"]', '3', 'change');
    browser.write('[aria-label="Show the log of"]', '', 'change');
    expect(done).toEqual([
      ['select', '3'],
      ['select', undefined],
    ]);
    await show(run(), {}, { selected: '9' });
    expect(asked()[0]).not.toContain('start');
  });

  it('keeps the lines until those of another start have come', async () => {
    await show(SPOT_STORY, { written: 3 });
    const { store } = list();
    const isKept = async (selected: string) => {
      mockList.mockClear();
      render({ selected });
      await browser.settled();
      return [
        browser.get('header > .muted').textContent,
        mockList.mock.calls.every(([props]) => props.store === store),
      ];
    };
    expect([await isKept('2'), list().store]).toEqual([['3 lines, 600 bytes', true], store]);
    await answer({ written: 1 });
    expect([list().store === store, list().store.filter]).toEqual([false, { start: '2' }]);
    expect(await isKept('3')).toEqual(['1 line, 600 bytes', false]);
    latest().answer({ error: 'No access.' }, 500);
    await browser.settled();
    expect(browser.texts('[role="alert"] > div')).toEqual(['No access.']);
  });

  it('offers the streams that the log tells apart', async () => {
    await show(run(), { streams: ['log'] });
    expect(browser.texts('[aria-label="Stream"]')).toEqual([]);
    await show(run(), { streams: ['log', 'stderr'] });
    expect(options('Stream')).toEqual(['', 'stdout', 'stderr']);
    expect(browser.texts('[aria-label="Stream"] option')).toEqual(['stdout + stderr', 'stdout', 'stderr']);
    browser.write('[aria-label="Stream"]', 'stderr', 'change');
    await browser.settled();
    expect(asked().at(-1)).toContain('&stream=stderr');
    // What was chosen can be changed.
    await answer({ streams: [], written: 0, total: 0 });
    expect([browser.get<HTMLSelectElement>('[aria-label="Stream"]').value, list().note]).toEqual([
      'stderr',
      'Nothing was written to stderr.',
    ]);
  });

  it('is that of the download, which a run has once it has ended', async () => {
    await show(SPOT_STORY, {}, { selected: '2' });
    const link = browser.button('Download');
    expect([link.getAttribute('href'), link.hasAttribute('download')]).toEqual([
      '/api/log/download?place=aws&id=nightlyReport-67cd5321&start=2',
      true,
    ]);
    await show(LIVE, {});
    expect(browser.texts('a')).toEqual([]);
  });
});

describe('following', () => {
  it('is on for a run that goes on, and can be switched', async () => {
    await show(LIVE, { isComplete: false });
    expect([pressed('Following'), list().isFollowing]).toEqual(['true', true]);
    await browser.click('Following');
    expect([pressed('Follow'), list().isFollowing]).toEqual(['false', false]);
    browser.press('f');
    expect(pressed('Following')).toBe('true');
    expect([browser.press('f').defaultPrevented, browser.press('f').defaultPrevented]).toEqual([true, true]);
    browser.act(() => list().onFollowing(false));
    expect(pressed('Follow')).toBe('false');
  });

  it('is not offered for a run that has ended, whose key does nothing', async () => {
    await show(run(), {});
    expect(browser.press('f').defaultPrevented).toBe(false);
    expect([browser.texts('button').filter((text) => text.startsWith('Follow')), list().isFollowing]).toEqual([
      [],
      false,
    ]);
  });

  it('is of the run: another one is followed if it goes on', async () => {
    await show(LIVE, { isComplete: false });
    render({ run: { ...LIVE, place: 'local' } });
    await answer({ isComplete: false });
    expect(list().isFollowing).toBe(true);
    render({ run: run({ id: 'ended' }) });
    await answer({ isComplete: false });
    expect(list().isFollowing).toBe(false);
  });

  it.each([
    [13, ['1 new line']],
    [1_212, ['1,200 new lines']],
    [12, []],
  ])('that is off says how many lines are new at %d, and goes to them', async (total, texts) => {
    await show(LIVE, { isComplete: false });
    browser.press('f');
    await grow({ total, isComplete: false });
    expect(browser.texts('.log-new')).toEqual(texts);
    if (texts.length === 0) return;
    await browser.click(texts[0] as string);
    expect([browser.texts('.log-new'), list().isFollowing]).toEqual([[], true]);
  });

  it('says how many lines came too fast to be read', async () => {
    await show(LIVE, { isComplete: false });
    expect(browser.texts('.log-skipped')).toEqual([]);
    await grow({ total: 12_012, isComplete: false });
    expect(browser.texts('.log-skipped')).toEqual(['Skipped 12,000 lines']);
  });
});

describe('a search', () => {
  it('shows the first line that it finds, marks what is searched for, and ends following', async () => {
    await show(LIVE, { isComplete: false });
    await search('ROWS', [3, 7]);
    expect([position(), list().look.query, list().isFollowing, browser.get('.log-count').textContent]).toEqual([
      3,
      'rows',
      false,
      '1 of 2',
    ]);
    await search('x', []);
    expect([position(), list().look.query]).toEqual([undefined, 'x']);
  });

  it('goes on and back, round and round', async () => {
    await show(run(), {});
    await search('rows', [3, 7, 9]);
    const step = (key: string) => {
      browser.press(key);
      return position();
    };
    expect(['n', 'n', 'n', 'N', 'N'].map(step)).toEqual([7, 9, 3, 9, 7]);
    expect(browser.get('.log-count').textContent).toBe('2 of 3');
    for (const label of ['Next match', 'Previous match', 'Previous match']) {
      browser.act(() => browser.get(`[aria-label="${label}"]`).click());
    }
    expect(position()).toBe(3);
  });

  it('goes on from the line that is shown, where that is not found any more', async () => {
    await show(LIVE, { isComplete: false });
    const again = async (hits: readonly number[]) => {
      await search('rows', [5, 10]);
      browser.press('n');
      expect(position()).toBe(10);
      await grow({ total: 13, isComplete: false });
      await browser.pass(2_000);
      await search(undefined, hits);
      expect(position()).toBe(10);
    };
    for (const [key, hits, next] of [
      ['n', [3, 7, 12], 12],
      ['N', [3, 7, 12], 7],
      ['n', [3, 7], 3],
      ['N', [3, 7], 7],
      ['N', [12, 14], 14],
    ] as const) {
      await show(LIVE, { isComplete: false });
      await again(hits);
      browser.press(key);
      expect([key, hits, position()]).toEqual([key, hits, next]);
    }
  });

  it('is for errors where nothing is searched for', async () => {
    await show(run(), {});
    browser.press('n');
    await search(undefined, [4]);
    expect(latest('/api/log/search?').path).toContain('errors=1');
    expect([position(), list().look.query, browser.get('input').getAttribute('placeholder')]).toEqual([
      4,
      '',
      'Errors',
    ]);
  });

  it('that finds nothing stays where it is', async () => {
    await show(LIVE, { isComplete: false });
    await search('x', []);
    browser.press('n');
    expect([list().jump, list().isFollowing, browser.get('.log-count').textContent]).toEqual([undefined, true, 'None']);
  });

  it('that finds one line goes there again', async () => {
    await show(run(), {});
    await search('x', [4]);
    const { jump } = list();
    browser.press('n');
    expect([list().jump, list().jump === jump]).toEqual([{ position: 4 }, false]);
  });

  it('is repeated once there are lines, not before', async () => {
    await show(LIVE, undefined);
    await search('x', []);
    const searches = () => server.questions.filter(({ path }) => path.startsWith('/api/log/search?')).length;
    await browser.pass(5_000);
    expect(searches()).toBe(1);
    await answer({ total: 1, isComplete: false });
    await browser.pass(2_000);
    await browser.pass(120);
    expect(searches()).toBe(2);
  });

  it('is of the filter', async () => {
    await show(SPOT_STORY, {}, { selected: '2' });
    await search('rows', [1]);
    expect(latest('/api/log/search?').path).toContain('start=2');
    render({ selected: '3' });
    await answer({});
    expect(position()).toBeUndefined();
  });

  it('ends with Esc, which is for the screen where nothing is searched for', async () => {
    await show(run(), {});
    await search('rows', [3]);
    browser.press('Escape', {}, browser.document.body);
    expect([browser.get<HTMLInputElement>('input').value, position(), done]).toEqual(['', undefined, []]);
    browser.press('Escape', {}, browser.document.body);
    expect(done).toEqual(['Escape']);
  });
});

describe('keys', () => {
  it('lead to the search and to the lines', async () => {
    await show(run(), {});
    browser.press('/');
    expect(browser.document.activeElement).toBe(browser.get('input'));
    browser.press('Escape');
    expect(browser.document.activeElement).toBe(browser.get('.log'));
    browser.get('.log').blur();
    browser.press('l');
    expect(browser.document.activeElement).toBe(browser.get('.log'));
  });

  it('and a button wrap lines', async () => {
    await show(run(), {});
    expect([pressed('Wrap'), list().isWrapped]).toEqual(['false', false]);
    browser.press('w');
    expect([pressed('Wrap'), list().isWrapped]).toEqual(['true', true]);
    await browser.click('Wrap');
    expect(list().isWrapped).toBe(false);
  });

  it('are listed', async () => {
    await show(run(), {});
    const { keyMap } = jest.requireActual<typeof import('../../../../../cli/console/page/keys/keyboard')>(
      '../../../../../cli/console/page/keys/keyboard',
    );
    expect(keyMap.listed().map(({ keys, group, label }) => `${group}: ${keys} ${label}`)).toEqual([
      'Log: / Search the log',
      'Log: n Next match or error',
      'Log: N Previous match or error',
      'Log: f Follow the log',
      'Log: w Wrap lines',
      'Log: l Go to the log',
    ]);
  });
});

it('opens a whole line', async () => {
  await show(run(), {});
  browser.act(() => list().look.onOpen(LINE));
  expect([browser.texts('dialog h2'), latest('/api/log/line').path]).toEqual([
    ['Line 7, 00:01.0'],
    '/api/log/line?place=aws&id=nightlyReport-67cd5321&number=6',
  ]);
  await browser.click('Close');
  expect(browser.texts('dialog')).toEqual([]);
});
