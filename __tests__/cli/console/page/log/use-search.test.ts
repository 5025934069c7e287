/** @jest-environment-options {"browser": true} */
import { OfflineError } from '../../../../../cli/console/page/api/client';
import { type Found, type Query, useSearch } from '../../../../../cli/console/page/log/use-search';
import type { LogFilter, SearchMessage } from '../../../../../cli/model/log';
import { openBrowser } from '../browser/browser';

/** A search that the page asked for. The test says what is found. */
interface Search {
  readonly path: string;
  readonly signal: AbortSignal;
  readonly say: (...messages: SearchMessage[]) => void;
  readonly end: (problem?: Error) => void;
}

const mockSearches: Search[] = [];

jest.mock('../../../../../cli/console/page/api/client', () => ({
  ...jest.requireActual('../../../../../cli/console/page/api/client'),
  askLines: (path: string, take: (message: SearchMessage) => void, { signal }: { readonly signal: AbortSignal }) =>
    new Promise<void>((resolve, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason));
      mockSearches.push({
        path,
        signal,
        say: (...messages) => messages.forEach(take),
        end: (problem) => (problem === undefined ? resolve() : reject(problem)),
      });
    }),
}));

const browser = openBrowser();

beforeEach(() => {
  jest.useFakeTimers();
  mockSearches.length = 0;
});
afterEach(() => {
  browser.show(null);
  jest.useRealTimers();
});

/** A panel that searches a log of 10 lines. */
function searching(query: Query | undefined, filter: LogFilter = {}) {
  const call = (next: Query | undefined, of: LogFilter, total: number) => () =>
    useSearch({ place: 'local', id: 'a b' }, next, of, total);
  const shown = browser.hook(call(query, filter, 10));
  return {
    get found(): Found | undefined {
      return shown.current;
    },
    again: (next: Query | undefined, total = 10, of = filter) => shown.again(call(next, of, total)),
  };
}

/** The newest search. */
function latest(): Search {
  return mockSearches.at(-1) as Search;
}

const hit = (index: number): SearchMessage => ({ number: index + 100, index });
const NOTHING = { hits: [], count: 0, isComplete: false };

it('asks nothing without a query', async () => {
  const panel = searching(undefined);
  await browser.pass(10_000);
  expect([panel.found, mockSearches]).toEqual([undefined, []]);
});

it('asks nothing for an empty text', async () => {
  const panel = searching({ text: '' });
  await browser.pass(10_000);
  expect([panel.found, mockSearches]).toEqual([NOTHING, []]);
});

it('asks for a text 120 ms after the last key', async () => {
  const panel = searching({ text: 'a' });
  await browser.pass(119);
  panel.again({ text: 'ab' });
  await browser.pass(119);
  expect([panel.found, mockSearches.length]).toEqual([NOTHING, 0]);
  await browser.pass(1);
  expect(mockSearches.map(({ path }) => path)).toEqual(['/api/log/search?place=local&id=a+b&q=ab']);
});

it('asks for errors at once, among the lines that the filter lets through', async () => {
  searching('errors', { start: '2.1', stream: 'stderr' });
  await browser.pass(0);
  expect(latest().path).toBe('/api/log/search?place=local&id=a+b&start=2.1&stream=stderr&errors=1');
});

it('shows ten times a second what streams in, and all of it at the end', async () => {
  const panel = searching('errors');
  await browser.pass(0);
  latest().say(hit(3), hit(5));
  await browser.pass(98);
  expect(panel.found).toEqual(NOTHING);
  await browser.pass(2);
  expect(panel.found).toEqual({ hits: [3, 5], count: 2, isComplete: false });
  latest().say(hit(9), { count: 1_234, isComplete: true });
  latest().end();
  await browser.settled();
  expect(panel.found).toEqual({ hits: [3, 5, 9], count: 1_234, isComplete: true });
  expect(jest.getTimerCount()).toBe(0);
});

it.each<[string, SearchMessage[], Error | undefined, string | undefined]>([
  ['of the search', [{ error: 'The log is gone.' }], undefined, 'The log is gone.'],
  ['of the answer', [], new Error('Broken.'), 'Broken.'],
  ['that the banner says', [], new OfflineError(), undefined],
])('says a problem %s', async (_what, messages, error, problem) => {
  const panel = searching('errors');
  await browser.pass(0);
  latest().say(hit(3), ...messages);
  latest().end(error);
  await browser.settled();
  expect(panel.found).toEqual({ hits: [3], count: 1, isComplete: false, ...(problem !== undefined && { problem }) });
  expect(jest.getTimerCount()).toBe(0);
});

it.each<[string, (panel: ReturnType<typeof searching>) => void]>([
  ['another text', (panel) => panel.again({ text: 'b' })],
  ['another filter', (panel) => panel.again('errors', 10, { stream: 'stdout' })],
  ['no query', (panel) => panel.again(undefined)],
])('ends the search for %s', async (_what, change) => {
  const panel = searching('errors');
  await browser.pass(0);
  const first = latest();
  first.say(hit(3));
  await browser.pass(100);
  change(panel);
  await browser.settled();
  expect([first.signal.aborted, panel.found?.hits ?? []]).toEqual([true, []]);
  first.say(hit(4));
  await browser.pass(100);
  expect(panel.found?.hits ?? []).toEqual([]);
});

it('does not begin a search for what is not looked for any more', async () => {
  searching({ text: 'a' });
  browser.show(null);
  await browser.pass(1_000);
  expect([mockSearches, jest.getTimerCount()]).toEqual([[], 0]);
});

it('ends with its panel, and says nothing of it', async () => {
  searching('errors');
  await browser.pass(0);
  browser.show(null);
  await browser.pass(1_000);
  expect([latest().signal.aborted, jest.getTimerCount()]).toEqual([true, 0]);
});

describe('a log that has grown', () => {
  /** A panel whose search has found one line of 10. */
  async function found(query: Query = 'errors') {
    const panel = searching(query);
    await browser.pass(120);
    latest().say(hit(3), { count: 1, isComplete: true });
    latest().end();
    await browser.settled();
    return panel;
  }

  it('is searched again after two seconds, once; what was found stays until then', async () => {
    const panel = await found();
    panel.again('errors', 11);
    await browser.pass(1_000);
    panel.again('errors', 12);
    await browser.pass(999);
    expect(mockSearches).toHaveLength(1);
    await browser.pass(1);
    await browser.pass(0);
    expect(mockSearches).toHaveLength(2);
    latest().say(hit(3), hit(11));
    await browser.pass(500);
    expect(panel.found).toEqual({ hits: [3], count: 1, isComplete: true });
    latest().say({ count: 2, isComplete: true });
    latest().end();
    await browser.settled();
    expect(panel.found).toEqual({ hits: [3, 11], count: 2, isComplete: true });
    await browser.pass(10_000);
    expect(mockSearches).toHaveLength(2);
    panel.again('errors', 13);
    await browser.pass(2_000);
    await browser.pass(0);
    expect(mockSearches).toHaveLength(3);
  });

  it('is not searched again once its panel is gone', async () => {
    (await found()).again('errors', 11);
    expect(jest.getTimerCount()).toBe(1);
    browser.show(null);
    expect(jest.getTimerCount()).toBe(0);
  });

  it('is not searched again as long as it is as long', async () => {
    const panel = await found();
    panel.again('errors', 10);
    await browser.pass(10_000);
    expect(mockSearches).toHaveLength(1);
  });

  it('is not searched again before the search has ended, without a query, or without its panel', async () => {
    const panel = searching('errors');
    await browser.pass(0);
    panel.again('errors', 20);
    await browser.pass(10_000);
    expect(mockSearches).toHaveLength(1);
    latest().say({ count: 0, isComplete: true });
    latest().end();
    await browser.settled();
    browser.show(null);
    await browser.pass(10_000);
    expect(mockSearches).toHaveLength(1);
    (await found()).again(undefined, 30);
    await browser.pass(10_000);
    expect(mockSearches).toHaveLength(2);
  });
});
