import { LogStore } from '../../../../../cli/console/page/log/log-store';
import type { LogLine } from '../../../../../cli/model/console';
import type { LogFilter, LogPage } from '../../../../../cli/model/log';

/** A server that has a log of so many lines, and what was asked. */
class Server {
  readonly asked: (readonly [from: number, count: number])[] = [];
  problem?: string;
  private waiting: (() => void)[] = [];
  isSlow = false;

  constructor(public total: number) {}

  readonly ask = async (_: LogFilter, from: number, count: number): Promise<LogPage> => {
    this.asked.push([from, count]);
    if (this.isSlow) await new Promise<void>((resolve) => this.waiting.push(resolve));
    if (this.problem !== undefined) throw new Error(this.problem);
    const { total } = this;
    const first = from < 0 ? Math.max(0, total - count) : from;
    const numbers = Array.from({ length: Math.max(0, Math.min(count, total - first)) }, (_, index) => first + index);
    const lines = numbers.map(
      (number): LogLine => ({ number, at: 0, start: '1.1', stream: 'stdout', text: `${number}` }),
    );
    return { lines, from: first, total, written: total, bytes: total, streams: ['stdout'], isComplete: false };
  };

  answer(): void {
    for (const resolve of this.waiting.splice(0)) resolve();
  }
}

/** Lets answers arrive. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
}

function storeOf(server: Server): LogStore {
  return new LogStore({}, server.ask, () => {});
}

test('What is in view is asked for once, and what was read before is not asked for again', async () => {
  const server = new Server(10_000);
  const store = storeOf(server);
  store.look();
  await settled();
  expect(store.totals?.total).toBe(10_000);
  store.want(5_000, 5_100);
  await settled();
  store.want(5_050, 5_150);
  await settled();
  expect(server.asked).toEqual([
    [-1, 300],
    [4_950, 300],
  ]);
  expect([store.line(5_000)?.text, store.line(9_999)?.text, store.line(3)]).toEqual(['5000', '9999', undefined]);
});

test('While an answer is awaited, only the latest view is remembered', async () => {
  const server = new Server(1_000_000);
  const store = storeOf(server);
  store.look();
  await settled();
  server.isSlow = true;
  for (const first of [1_000, 200_000, 400_000, 800_000]) store.want(first, first + 100);
  server.answer();
  await settled();
  server.answer();
  await settled();
  expect(server.asked.slice(1)).toEqual([
    [950, 300],
    [799_950, 300],
  ]);
});

test('A log of any length takes a bounded amount of memory', async () => {
  const server = new Server(1_000_000);
  const store = storeOf(server);
  store.look();
  await settled();
  for (let first = 0; first < 50_000; first += 250) {
    store.want(first, first + 100);
    await settled();
  }
  const kept = Array.from({ length: 50_000 }, (_, index) => index).filter((index) => store.line(index) !== undefined);
  expect(kept.length).toBeLessThan(7_000);
  expect(store.line(49_800)?.text).toBe('49800');
});

test('A log that became shorter is another one', async () => {
  const server = new Server(100);
  const store = storeOf(server);
  store.look();
  await settled();
  server.total = 10;
  store.look();
  await settled();
  expect([store.totals?.total, store.line(50)]).toEqual([10, undefined]);
});

test('A problem is reported, and gone after the next answer', async () => {
  const server = new Server(10);
  const store = storeOf(server);
  server.problem = 'The log could not be read.';
  store.look();
  await settled();
  expect([store.problem, server.asked.length]).toEqual(['The log could not be read.', 1]);
  server.problem = undefined;
  store.look();
  await settled();
  expect([store.problem, store.totals?.total]).toEqual([undefined, 10]);
});

test('Answers for a log that is not shown any more are ignored', async () => {
  const server = new Server(10);
  const store = storeOf(server);
  server.isSlow = true;
  store.look();
  store.close();
  server.answer();
  await settled();
  expect(store.totals).toBeUndefined();
});
