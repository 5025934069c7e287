/** @jest-environment-options {"browser": true} */
import { h } from 'preact';
import { useRoute } from '../../../../../cli/console/page/routing/location';
import { RunsScreen } from '../../../../../cli/console/page/runs/runs-screen';
import type { RunRow } from '../../../../../cli/model/run';
import { CONSOLE, openBrowser } from '../browser/browser';
import { openServer } from '../browser/server';

const browser = openBrowser();
const server = openServer();

beforeEach(() => {
  jest.useFakeTimers();
  browser.set(browser.window, {
    matchMedia: () => ({ matches: false, addEventListener: () => {}, removeEventListener: () => {} }),
  });
});
afterEach(() => {
  browser.show(null);
  jest.useRealTimers();
});

const BARS = [{ kind: 'failed', from: 0, to: 1 }] as const;

function row(id: string, differences: Partial<RunRow> = {}): RunRow {
  return { id, job: 'report', outcome: 'failed', startedAt: 0, bars: BARS, ...differences };
}

/** The list at an address. The server answers with these runs. */
async function show(address: string, answer: object | undefined, state: typeof CONSOLE = CONSOLE): Promise<void> {
  browser.go(address);
  const Screen = () => h(RunsScreen, { route: useRoute() });
  browser.show(h(Screen, {}), state);
  if (answer === undefined) server.last.answer({ error: 'No access.' }, 500);
  else server.last.answer({ isComplete: true, ...answer });
  await browser.settled();
}

const why = () => browser.texts('.why')[0];
const MANY = Array.from({ length: 1_200 }, (_, index) => row(`r${index}`, { job: index < 3 ? 'report' : 'import' }));

it('is loading, and then says why it has no runs', async () => {
  browser.go('/aws/runs');
  const Screen = () => h(RunsScreen, { route: useRoute() });
  browser.show(h(Screen, {}));
  await browser.pass(300);
  expect(browser.texts('.skeleton .said')).toEqual(['Loading…']);
  server.last.answer({ error: 'No access.' }, 500);
  await browser.settled();
  expect([browser.texts('.skeleton'), browser.get('[role="alert"] div').textContent, browser.texts('.empty')]).toEqual([
    [],
    'No access.',
    [],
  ]);
  await browser.pass(200);
  server.asked();
  await browser.click('Retry');
  expect(server.asked()).toEqual(['GET /api/runs?place=aws']);
});

describe('how many there are', () => {
  it.each<[string, string, object]>([
    ['/runs', '1 run', { runs: [row('a')] }],
    ['/runs', '1,200 runs', { runs: MANY }],
    ['/runs?job=report', '3 of 1,200 runs', { runs: MANY }],
    ['/runs', '2 runs so far. Reading older runs…', { runs: [row('a'), row('b')], isComplete: false }],
    ['/runs', '1 run', { runs: [row('a')], isComplete: false, problem: 'Throttled.' }],
  ])('of %s is: %s', async (address, text, answer) => {
    await show(address, answer);
    expect(why()).toBe(text);
  });

  it('says how many are still being read to know what started them', async () => {
    const unread = [row('u1', { bars: undefined }), row('u2', { bars: undefined }), row('u3', { source: 'schedule' })];
    await show('/aws/runs', { runs: unread });
    expect(why()).toBe('3 runs');
    browser.show(null);
    await show('/aws/runs?source=schedule', { runs: unread });
    expect(why()).toBe('1 of 3 runs. Reading what started 2 others…');
    await browser.pass(300);
    expect(server.last.body).toEqual({ ids: ['u1', 'u2'] });
  });
});

it('says what AWS refuses beside the runs that are known', async () => {
  await show('/runs', { runs: [row('a')], problem: 'Throttled.' });
  expect([browser.get('[role="alert"] div').textContent, browser.texts('.empty')]).toEqual(['Throttled.', []]);
});

describe('sending an event', () => {
  it('is for the job of the filter', async () => {
    await show('/runs?job=report', { runs: [row('a')] });
    expect(browser.button('Send event').getAttribute('href')).toBe('/send?job=report');
    await show('/runs', { runs: [row('a')] });
    expect(browser.button('Send event').getAttribute('href')).toBe('/send');
  });

  it('is not offered by a console that only reads', async () => {
    await show('/runs', { runs: [row('a')] }, { ...CONSOLE, isReadOnly: true });
    expect(browser.texts('.acts')).toEqual([]);
  });
});

it('a filter that nothing matches is cleared, without a step of the history', async () => {
  await show('/runs?job=none', { runs: [row('a')] });
  expect(browser.texts('.empty > div:first-child')).toEqual(['No run matches.']);
  await browser.click('Clear the filter');
  expect([browser.address, browser.texts('.empty'), browser.entries.length]).toEqual(['/runs', [], 1]);
  browser.write('[aria-label="Search runs"]', 'x');
  expect([browser.address, browser.entries.length]).toEqual(['/runs?q=x', 1]);
});

describe('no runs', () => {
  it('on this machine: an event, or the command with a job of the stack', async () => {
    server.always('/api/stack', { picture: { jobs: [{ name: 'report' }] } });
    const commands = { ...CONSOLE.commands, 'local <job>': 'npm run local -- <job>' };
    await show('/runs', { runs: [] }, { ...CONSOLE, commands });
    expect(browser.texts('.empty')).toEqual(['No runs yet. Send an event, or run npm run local -- report.']);
    expect(browser.button('Send an event').getAttribute('href')).toBe('/send');
  });

  it('in AWS: an event', async () => {
    await show('/aws/runs', { runs: [] });
    expect(browser.texts('.empty')).toEqual(['No runs yet. Send an event.']);
    expect(browser.button('Send an event').getAttribute('href')).toBe('/aws/send');
  });

  it.each<[string, object]>([
    ['not all are read', { runs: [], isComplete: false }],
    ['not all could be read', { runs: [], problem: 'Throttled.' }],
  ])('is not said where %s', async (_what, answer) => {
    await show('/aws/runs', answer);
    expect(browser.texts('.empty')).toEqual([]);
  });
});
