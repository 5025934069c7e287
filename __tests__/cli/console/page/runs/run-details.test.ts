/** @jest-environment-options {"browser": true} */
import { isUnread, useCompleted, useHistories } from '../../../../../cli/console/page/runs/run-details';
import type { RunRow } from '../../../../../cli/model/run';
import { openBrowser } from '../browser/browser';
import { openServer } from '../browser/server';

const browser = openBrowser();
const server = openServer();

beforeEach(() => {
  jest.useFakeTimers();
  jest.setSystemTime(1_000_000);
});
afterEach(() => {
  browser.show(null);
  jest.useRealTimers();
});

/** A run as a list has it: without its history. */
function row(id: string, more: Partial<RunRow> = {}): RunRow {
  return { id, job: 'report', outcome: 'failed', startedAt: 1, ...more };
}

const BARS = [{ kind: 'running', from: 0, to: 1 }] as const;

/** A list of rows. */
function list(place: 'local' | 'aws', ...rows: RunRow[]) {
  const call = (next: readonly RunRow[]) => () => {
    useHistories(place, next);
    return useCompleted(place, next);
  };
  const shown = browser.hook(call(rows));
  return {
    get rows(): readonly RunRow[] {
      return shown.current;
    },
    again: (...next: RunRow[]) => shown.again(call(next)),
  };
}

/** The IDs that were asked for. */
function asked(): unknown[] {
  return server.questions.splice(0).map(({ body }) => (body as { readonly ids: unknown }).ids);
}

it('histories of runs in AWS are read 300 ms after scrolling has stopped', async () => {
  server.always('/api/runs/details', { runs: [row('a1', { bars: BARS, source: 'schedule' })] });
  const shown = list('aws', row('a1'), row('a2'));
  expect([isUnread(row('a1')), isUnread(row('a1', { bars: BARS }))]).toEqual([true, false]);
  await browser.pass(299);
  expect(server.questions).toEqual([]);
  await browser.pass(1);
  expect(server.last).toMatchObject({ method: 'POST', path: '/api/runs/details' });
  expect(asked()).toEqual([['a1', 'a2']]);
  expect(shown.rows).toEqual([row('a1', { bars: BARS, source: 'schedule' }), row('a2')]);
  expect([isUnread(row('a1')), isUnread(row('a2'))]).toEqual([false, true]);
});

it('only the last of several lists within that time is asked for', async () => {
  const shown = list('aws', row('b1'));
  await browser.pass(200);
  shown.again(row('b2'));
  await browser.pass(299);
  expect(asked()).toEqual([]);
  await browser.pass(1);
  expect(asked()).toEqual([['b2']]);
});

it('an answer for a list that is not shown any more is not awaited', async () => {
  const shown = list('aws', row('c1'));
  await browser.pass(300);
  const { signal } = server.last;
  expect(signal?.aborted).toBe(false);
  shown.again(row('c2'));
  expect(signal?.aborted).toBe(true);
});

it('what is known is not asked for again, nor what was listed with it', async () => {
  server.always('/api/runs/details', { runs: [row('d1', { bars: BARS })] });
  const shown = list('aws', row('d1'), row('d2', { bars: BARS }));
  await browser.pass(300);
  expect(asked()).toEqual([['d1']]);
  shown.again(row('d2', { bars: BARS }));
  shown.again(row('d1'), row('d2', { bars: BARS }));
  await browser.pass(60_000);
  expect(asked()).toEqual([]);
});

it('a list has newer facts than the history', async () => {
  server.always('/api/runs/details', { runs: [row('e1', { bars: BARS, outcome: 'running' })] });
  const shown = list('aws', row('e1', { outcome: 'running' }));
  await browser.pass(300);
  shown.again(row('e1', { outcome: 'stopped' }));
  expect(shown.rows).toEqual([row('e1', { bars: BARS, outcome: 'stopped' })]);
});

it('the history of a run in progress is read again after ten seconds, and when it has ended', async () => {
  server.always('/api/runs/details', { runs: [row('f1', { bars: BARS, outcome: 'running' })] });
  const running = row('f1', { outcome: 'running' });
  const shown = list('aws', running);
  await browser.pass(300);
  expect(asked()).toEqual([['f1']]);
  await browser.pass(9_990);
  shown.again(running);
  await browser.pass(300);
  expect(asked()).toEqual([]);
  shown.again(running);
  await browser.pass(300);
  expect(asked()).toEqual([['f1']]);
  shown.again(running);
  await browser.pass(400);
  shown.again(row('f1', { outcome: 'succeeded' }));
  await browser.pass(300);
  expect(asked()).toEqual([['f1']]);
});

it('at most 60 are asked for at once', async () => {
  list('aws', ...Array.from({ length: 61 }, (_, index) => row(`g${index}`)));
  await browser.pass(300);
  const [ids] = asked() as [string[]];
  expect([ids.length, ids.at(-1)]).toEqual([60, 'g59']);
});

it('rows stay as they were listed where AWS refuses', async () => {
  const shown = list('aws', row('h1'));
  await browser.pass(300);
  server.last.answer({ error: 'AccessDenied' }, 502);
  await browser.settled();
  expect(shown.rows).toEqual([row('h1')]);
  expect(isUnread(row('h1'))).toBe(true);
});

it('runs of this machine have their histories', async () => {
  const rows = [row('a1')];
  const shown = browser.hook(() => {
    useHistories('local', rows);
    return useCompleted('local', rows);
  });
  await browser.pass(10_000);
  expect([shown.current, asked()]).toEqual([[row('a1')], []]);
});

it('a list that is gone hears of nothing', async () => {
  const shown = list('aws', row('i1'));
  await browser.pass(100);
  browser.show(null);
  await browser.pass(10_000);
  expect([asked(), shown.rows]).toEqual([[], [row('i1')]]);
});
