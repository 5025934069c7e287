/** @jest-environment-options {"browser": true} */
import { useAnswer } from '../../../../../cli/console/page/api/answer';
import { useChangeStream } from '../../../../../cli/console/page/api/changes';
import type { Change } from '../../../../../cli/model/console';
import { openBrowser } from '../browser/browser';
import { openServer } from '../browser/server';

const browser = openBrowser();
const server = openServer();
let stream = new EventTarget();

beforeEach(() => {
  jest.useFakeTimers();
  stream = Object.assign(new EventTarget(), { close: () => {} });
  Object.assign(globalThis, {
    EventSource: function EventSource() {
      return stream;
    },
  });
});

afterEach(() => {
  browser.show(null);
  jest.useRealTimers();
  Reflect.deleteProperty(globalThis, 'EventSource');
});

/** A screen that shows the answer to a question. */
function asking(path: string | undefined, types?: readonly Change['type'][], concerns?: (change: Change) => boolean) {
  return () => {
    useChangeStream({ place: 'local' });
    return useAnswer<unknown>(path, types, concerns);
  };
}

/** Answers the latest question. */
async function answer(value: unknown, status?: number): Promise<void> {
  server.last.answer(value, status);
  await browser.settled();
}

/** Lets the pause between two questions pass. */
async function pause(milliseconds = 200): Promise<void> {
  await jest.advanceTimersByTimeAsync(milliseconds);
  await browser.settled();
}

function changed(change: object): void {
  browser.fire(stream, 'message', { data: JSON.stringify(change) });
}

it('is loading until there is an answer', async () => {
  const shown = browser.hook(asking('/api/a'));
  expect(shown.current).toMatchObject({ data: undefined, problem: undefined, isLoading: true });
  expect(server.questions.map(({ path }) => path)).toEqual(['/api/a']);
  await answer(1);
  expect(shown.current).toMatchObject({ data: 1, problem: undefined, isLoading: false });
  await pause(10_000);
  expect(server.questions).toHaveLength(1);
});

it('asks nothing without a path', async () => {
  const shown = browser.hook(asking(undefined));
  shown.current.reload();
  expect(shown.current).toMatchObject({ data: undefined, problem: undefined, isLoading: false });
  expect(server.questions).toEqual([]);
});

it('keeps the last answer while it asks again, and why there is no newer one', async () => {
  const shown = browser.hook(asking('/api/b'));
  await answer('first');
  await pause();
  shown.current.reload();
  expect(shown.current).toMatchObject({ data: 'first', isLoading: false });
  await answer({ error: 'Broken.' }, 500);
  expect(shown.current).toMatchObject({ data: 'first', problem: 'Broken.', isLoading: false });
  await pause();
  shown.current.reload();
  await answer('second');
  expect(shown.current).toMatchObject({ data: 'second', problem: undefined });
});

it('leaves it to the banner that the console has stopped', async () => {
  const shown = browser.hook(asking('/api/c'));
  server.last.refuse();
  await browser.settled();
  expect(shown.current).toMatchObject({ data: undefined, problem: undefined, isLoading: false });
});

it('shows what it had of a path at once, and has nothing of another', async () => {
  const shown = browser.hook(asking('/api/d'));
  await answer('d');
  shown.again(asking('/api/e'));
  expect(shown.current).toMatchObject({ data: undefined, isLoading: true });
  await answer({ error: 'Broken.' }, 500);
  expect(shown.current).toMatchObject({ data: undefined, problem: 'Broken.', isLoading: false });
  shown.again(asking('/api/d'));
  expect(shown.current).toMatchObject({ data: 'd', problem: undefined, isLoading: true });
  await answer({ error: 'Gone.' }, 404);
  expect(shown.current).toMatchObject({ data: 'd', problem: 'Gone.', isLoading: false });
  shown.again(asking(undefined));
  expect(shown.current).toMatchObject({ data: undefined, problem: undefined, isLoading: false });
});

it('ignores the answer to a question that is not asked any more', async () => {
  const shown = browser.hook(asking('/api/f'));
  const [first] = server.questions;
  shown.again(asking('/api/g'));
  expect(first?.signal?.aborted).toBe(true);
  await answer('g');
  expect(shown.current).toMatchObject({ data: 'g', problem: undefined, isLoading: false });
  shown.again(asking('/api/f'));
  expect(shown.current).toMatchObject({ data: undefined, problem: undefined, isLoading: true });
  shown.again(asking('/api/g'));
  await browser.settled();
  shown.again(asking('/api/f'));
  expect(shown.current).toMatchObject({ data: undefined, problem: undefined, isLoading: true });
});

it('keeps the answers of the last 20 paths', async () => {
  const shown = browser.hook(asking(undefined));
  const visit = async (path: string) => {
    shown.again(asking(path));
    const { data } = shown.current;
    await answer(path);
    return data;
  };
  for (let index = 1; index <= 20; index += 1) await visit(`/api/k${index}`);
  // What was seen again is new.
  expect(await visit('/api/k1')).toBe('/api/k1');
  await visit('/api/k21');
  expect(await visit('/api/k1')).toBe('/api/k1');
  expect(await visit('/api/k3')).toBe('/api/k3');
  expect(await visit('/api/k2')).toBeUndefined();
});

it('asks one question at a time, and once more 200 ms after the answer if it was asked to in between', async () => {
  const shown = browser.hook(asking('/api/h'));
  for (let time = 0; time < 3; time += 1) shown.current.reload();
  expect(server.questions).toHaveLength(1);
  await answer(1);
  shown.current.reload();
  await pause(199);
  expect(server.questions).toHaveLength(1);
  await pause(1);
  expect(server.questions).toHaveLength(2);
  await answer(2);
  await pause(1_000);
  expect(server.questions).toHaveLength(2);
  shown.current.reload();
  expect(server.questions).toHaveLength(3);
  shown.current.reload();
  browser.show(null);
  await pause(1_000);
  expect(server.questions).toHaveLength(3);
});

describe('asks again', () => {
  it('when something of these types changes, and when the stream begins', async () => {
    browser.hook(asking('/api/i', ['runs', 'run'], (change) => 'id' in change && change.id === 'x'));
    await answer(1);
    await pause();
    server.asked();
    const asked = async () => {
      await browser.settled();
      const paths = server.asked();
      return paths.length;
    };
    const countAfter = async (change: object) => {
      changed(change);
      const count = await asked();
      await pause();
      return count;
    };
    server.always('/api/i', 2);
    expect(await countAfter({ type: 'run', id: 'x' })).toBe(1);
    expect(await countAfter({ type: 'run', id: 'y' })).toBe(0);
    expect(await countAfter({ type: 'log', id: 'x' })).toBe(0);
    browser.fire(stream, 'open');
    expect(await asked()).toBe(1);
  });

  it('by default at each change of the types, which are none', async () => {
    server.always('/api/j', 1);
    const shown = browser.hook(asking('/api/j'));
    await pause();
    changed({ type: 'runs' });
    expect(server.asked()).toHaveLength(1);
    shown.again(asking('/api/j', ['runs']));
    changed({ type: 'runs' });
    expect(server.asked()).toHaveLength(1);
  });
});
