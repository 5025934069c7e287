import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type FoundLog, Logs } from '../../../../../cli/console/log/logs';
import { Changes } from '../../../../../cli/console/server/changes';
import type { ConsoleContext } from '../../../../../cli/console/server/context';
import { RouteQuery, StreamedLines, type StreamedText } from '../../../../../cli/console/server/route';
import { logRoutes } from '../../../../../cli/console/server/routes/log';
import type { Change } from '../../../../../cli/model/console';
import type { LogPage } from '../../../../../cli/model/log';

const folder = mkdtempSync(join(tmpdir(), 'console-log-'));
const file = join(folder, 'log.tsv');
const changes = new Changes();
const logs = new Logs(changes);
let found: FoundLog = { file, isComplete: true };
logs.in('local', async (id) => (id === 'run' ? found : undefined));

beforeEach(() => {
  found = { file, isComplete: true };
  writeFileSync(file, '1\t1.1\to\tone\n2\t1.2\te\ttwo\n3\t1.2\tm\t{"title":"Attempt 1 failed"}\n4\t2.1\to\tthree\n');
});
afterAll(() => {
  logs.close();
  rmSync(folder, { recursive: true });
});

/** What a route answers to a query. */
async function answer<T>(path: string, query: string): Promise<T> {
  const route = logRoutes.find((one) => one.path === path);
  const request = {
    query: new RouteQuery(new URLSearchParams(query)),
    body: undefined,
    signal: new AbortController().signal,
  };
  return (await route?.answer(request, { logs } as unknown as ConsoleContext)) as T;
}

async function values(answer: StreamedLines | StreamedText): Promise<unknown[]> {
  const all: unknown[] = [];
  for await (const value of answer instanceof StreamedLines ? answer.values : answer.pieces) all.push(value);
  return all;
}

test('Lines are answered with the totals of the filter', async () => {
  const page = await answer<LogPage>('/api/log', 'id=run&from=1&count=5&start=1');
  expect(page).toEqual({
    lines: [
      { number: 1, at: 2, start: '1.2', stream: 'stderr', text: 'two' },
      {
        number: 2,
        at: 3,
        start: '1.2',
        stream: 'mark',
        text: '',
        mark: { kind: 'note', title: 'Attempt 1 failed', detail: '' },
      },
    ],
    from: 1,
    total: 3,
    written: 2,
    bytes: 8,
    streams: ['stdout', 'stderr'],
    isComplete: true,
  });
  const end = await answer<LogPage>('/api/log', 'id=run&from=-1&count=1');
  expect([end.from, end.lines[0]?.text]).toEqual([3, 'three']);
  expect((await answer<LogPage>('/api/log', 'id=run&count=0')).lines).toEqual([]);
});

test('A run without a file has an empty log, and says what keeps lines from it', async () => {
  found = { file: join(folder, 'none'), isComplete: false, problem: 'Log group /a does not exist.' };
  expect(await answer<LogPage>('/api/log', 'id=run')).toMatchObject({
    lines: [],
    total: 0,
    isComplete: false,
    problem: 'Log group /a does not exist.',
  });
});

test('A whole line, a search and a download are of the same log', async () => {
  expect(await answer('/api/log/line', 'id=run&number=3')).toEqual({ text: 'three', bytes: 5 });
  expect(await values(await answer('/api/log/search', 'id=run&q=T&start=1.2'))).toEqual([
    { number: 1, index: 0 },
    { number: 2, index: 1 },
    { count: 2, isComplete: true },
  ]);
  appendFileSync(file, '5\t2.1\to\tError: no rates\n');
  expect(await values(await answer('/api/log/search', 'id=run&errors=1'))).toEqual([
    { number: 4, index: 4 },
    { count: 1, isComplete: true },
  ]);
  const download = await answer<StreamedText>('/api/log/download', 'id=run&start=1&stream=stderr');
  expect([download.fileName, Buffer.concat((await values(download)) as Buffer[]).toString()]).toEqual([
    'run-1-stderr.log',
    'two\n',
  ]);
});

test.each([
  ['/api/log', 'id=other', 404, 'There is no run other. It may have been deleted.'],
  ['/api/log', 'id=run&start=2.x', 400, 'The parameter "start" must be an attempt'],
  ['/api/log', 'id=run&stream=log', 400, 'The parameter "stream" must be "stdout" or "stderr".'],
  ['/api/log', 'id=run&count=501', 400, 'The parameter "count" must be a whole number from 0 to 500.'],
  ['/api/log/line', 'id=run&number=9', 404, 'The log has no such line any more.'],
  ['/api/log/search', 'id=run', 400, 'The parameter "q" is missing.'],
  ['/api/log/search', `id=run&q=${'x'.repeat(1001)}`, 400, 'Search for at most 1000 characters.'],
])('%s?%s is answered with %i', async (path, query, status, message) => {
  await expect(answer(path, query)).rejects.toMatchObject({ status, message: expect.stringContaining(message) });
});

test('A log that cannot be read is an error of the request', async () => {
  found = { file: folder, isComplete: true };
  await expect(answer('/api/log', 'id=run&from=-1')).rejects.toThrow('EISDIR');
  await expect(answer('/api/log', 'id=run')).rejects.toThrow('EISDIR');
});

test('A page that shows a run is notified when its log grows, at most 10 times a second, and others are not', async () => {
  found = { file, isComplete: false };
  const told: Change[] = [];
  const stop = changes.follow({
    place: 'local',
    watched: { place: 'local', id: 'run' },
    tell: (change) => told.push(change),
  });
  const began = Date.now();
  for (let rows = 4; told.at(-1)?.type !== 'log' || (told.at(-1) as { lines: number }).lines < 40; rows += 1) {
    if (rows < 40) appendFileSync(file, 'x\n');
    await sleep(10);
  }
  expect(told.length).toBeLessThanOrEqual(Math.ceil((Date.now() - began) / 100) + 1);
  stop();
  appendFileSync(file, 'x\n');
  const before = told.length;
  await sleep(250);
  expect(told).toHaveLength(before);
});
