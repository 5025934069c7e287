/** @jest-environment-options {"browser": true} */
import { useChange, useChangeStream } from '../../../../../cli/console/page/api/changes';
import { setConnection, useConnection } from '../../../../../cli/console/page/api/connection';
import { openBrowser } from '../browser/browser';
import { openChanges } from '../browser/changes';
import { openServer } from '../browser/server';

const browser = openBrowser();
const server = openServer();
const changes = openChanges(browser);

beforeEach(() => {
  jest.useFakeTimers();
  setConnection('open');
});

afterEach(() => {
  browser.show(null);
  jest.useRealTimers();
});

function watch(place: 'local' | 'aws' = 'local', run?: string) {
  return () => useChangeStream({ place, ...(run !== undefined && { run }) });
}

function hide(hidden: boolean): void {
  browser.set(browser.document, { hidden });
  browser.fire(browser.document, 'visibilitychange');
}

it('opens one stream for what is shown', () => {
  const shown = browser.hook(watch());
  shown.again(watch());
  expect(changes.streams.map(({ address }) => address)).toEqual(['/api/events?place=local']);
  shown.again(watch('aws', 'a b'));
  expect(changes.streams.map(({ isClosed }) => isClosed)).toEqual([true, false]);
  expect(changes.streams[1]?.address).toBe('/api/events?place=aws&run=a+b');
  shown.again(watch('aws'));
  expect(changes.open.map(({ address }) => address)).toEqual(['/api/events?place=aws']);
  const forget = jest.spyOn(browser.document, 'removeEventListener');
  browser.show(null);
  expect(changes.open).toEqual([]);
  expect(forget).toHaveBeenCalledWith('visibilitychange', expect.any(Function));
});

it('has no stream while the tab is hidden', () => {
  browser.set(browser.document, { hidden: true });
  browser.hook(watch());
  expect(changes.streams).toEqual([]);
  hide(false);
  hide(false);
  expect(changes.streams).toHaveLength(1);
  hide(true);
  expect(changes.open).toEqual([]);
  hide(false);
  expect(changes.open).toHaveLength(1);
});

it('does not open a lost stream again while the tab is hidden', async () => {
  server.always('/api/console', {});
  browser.hook(watch());
  changes.begin();
  changes.end();
  hide(true);
  await jest.advanceTimersByTimeAsync(60_000);
  expect(server.asked()).toEqual([]);
  hide(false);
  expect(changes.open).toHaveLength(1);
});

it('opens a lost stream again after half a second, if the server answers', async () => {
  server.always('/api/console', {});
  browser.hook(watch());
  changes.begin();
  changes.end();
  expect(changes.open).toEqual([]);
  await jest.advanceTimersByTimeAsync(499);
  expect(server.asked()).toEqual([]);
  await jest.advanceTimersByTimeAsync(1);
  expect(server.asked()).toEqual(['GET /api/console']);
  expect(changes.open).toHaveLength(1);
});

it('asks twice as late each time, at most every five seconds, and soon again after a stream that was open', async () => {
  browser.hook(watch());
  changes.begin();
  changes.end();
  const refused = async (wait: number) => {
    await jest.advanceTimersByTimeAsync(wait - 1);
    expect([wait, server.asked()]).toEqual([wait, []]);
    await jest.advanceTimersByTimeAsync(1);
    expect([wait, server.questions.length]).toEqual([wait, 1]);
    server.last.refuse();
    server.asked();
    await jest.advanceTimersByTimeAsync(0);
  };
  for (const wait of [500, 1000, 2000, 4000, 5000, 5000]) await refused(wait);
  expect(browser.hook(useConnection).current).toBe('stopped');
  server.always('/api/console', {});
  browser.hook(watch());
  changes.begin();
  expect(browser.hook(useConnection).current).toBe('open');
  browser.hook(watch());
  changes.begin();
  changes.end();
  server.asked();
  await jest.advanceTimersByTimeAsync(500);
  expect(server.asked()).toEqual(['GET /api/console']);
});

it('tells of changes of the types that matter, and of all when a stream begins', () => {
  const told: unknown[] = [];
  const both = () => {
    useChangeStream({ place: 'local' });
    useChange(['runs', 'log'], (change) => told.push(change));
  };
  const shown = browser.hook(both);
  changes.begin();
  changes.say({ type: 'runs' });
  changes.say({ type: 'run', id: 'a' });
  changes.say({ type: 'log', id: 'a' });
  expect(told.splice(0)).toEqual([{ type: 'all' }, { type: 'runs' }, { type: 'log', id: 'a' }]);
  shown.again(() => {
    useChangeStream({ place: 'local' });
    useChange(['run'], (change) => told.push(['new', change]));
  });
  changes.say({ type: 'runs' });
  changes.say({ type: 'run', id: 'a' });
  expect(told.splice(0)).toEqual([['new', { type: 'run', id: 'a' }]]);
  shown.again(() => {
    useChangeStream({ place: 'local' });
    useChange(['run'], () => told.push('newest'));
  });
  changes.say({ type: 'run', id: 'a' });
  expect(told.splice(0)).toEqual(['newest']);
  browser.show(null);
  changes.say({ type: 'run', id: 'a' });
  expect(told).toEqual([]);
});
