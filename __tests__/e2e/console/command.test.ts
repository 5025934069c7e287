import { chmodSync, existsSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { freePort } from '../engines/free-port';
import { gone } from '../engines/living-processes';
import { SpawnedCommand } from '../engines/spawned-command';
import { until } from '../engines/until';

// The command as a person runs it.

const CONFIG = { stackName: 'reports', region: 'eu-west-1', resources: {} };

let folder: string;
let running: SpawnedCommand[] = [];

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'console-command-')));
  writeFileSync(join(folder, 'batch-jobs.config.json'), JSON.stringify(CONFIG));
});
afterEach(async () => {
  for (const command of running) command.signal();
  await Promise.all(running.map(({ end }) => end));
  running = [];
  rmSync(folder, { recursive: true, force: true });
});

function started(words: readonly string[] = [], env: NodeJS.ProcessEnv = {}): SpawnedCommand {
  const { BATCH_JOBS_CONFIG, ...inherited } = process.env;
  const TSX_TSCONFIG_PATH = resolve('tsconfig.json');
  const command = new SpawnedCommand(['console', ...words], {
    cwd: folder,
    env: { ...inherited, TSX_TSCONFIG_PATH, ...env },
  });
  running.push(command);
  return command;
}

async function addressOf(command: SpawnedCommand): Promise<URL> {
  await command.until(/token=[\w-]{43}\b/);
  return new URL(/http:\S*token=[\w-]{43}/.exec(command.stdout)?.[0] ?? '');
}

/** A browser that was opened with the printed address. */
async function opened(address: URL) {
  const { headers, status } = await fetch(address, { redirect: 'manual' });
  expect([status, headers.get('location')]).toEqual([303, '/']);
  const cookie = (headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  const get = (path: string) => fetch(new URL(path, address), { headers: { cookie } });
  return { cookie, get, json: async (path: string) => JSON.parse(await (await get(path)).text()) };
}

/** Processes that a process has started. */
function childrenOf(pid: number): number[] {
  return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean).map(Number);
}

it('prints one line, serves the page and the stack, and leaves nothing behind at Ctrl-C', async () => {
  const command = started();
  const address = await addressOf(command);
  expect(command.stdout).toBe(`Console: ${address}\n`);
  expect(address.hostname).toBe('127.0.0.1');
  const { get, json } = await opened(address);
  for (const path of ['/', '/runs', '/aws/runs/x']) expect(await (await get(path)).text()).toContain('/assets/page.js');
  for (const name of ['page.js', 'page.css', 'icon.svg']) expect((await get(`/assets/${name}`)).status).toBe(200);
  const events = (await get('/api/events')).body?.getReader();
  await events?.read();
  const state = await json('/api/console');
  expect(state).toMatchObject({ configFile: 'batch-jobs.config.json', isReadOnly: false, aws: { kind: 'off' } });
  expect(state.commands).toMatchObject({
    deploy: 'npx batch-jobs deploy',
    'console --aws': 'npx batch-jobs console --aws',
  });
  for (let stack = { isStale: true }; stack.isStale; stack = await json('/api/stack')) {
    if (stack.isStale) await events?.read();
  }
  expect((await json('/api/stack')).picture.stackName).toBe('reports');
  expect((await json('/api/resource?address=aws_vpc.none')).error).toContain('no resource "aws_vpc.none"');

  const children = childrenOf(command.pid);
  expect(children.length).toBeGreaterThan(0);
  command.signal();
  expect(await command.end).toMatchObject({ code: 0, stderr: '' });
  // The stream ends, or breaks off.
  while (
    await events?.read().then(
      ({ done }) => !done,
      () => false,
    )
  );
  // The compiler of the page ends a moment after the process that has started it.
  await gone(...children);
  await expect(fetch(address)).rejects.toThrow();
});

it('two consoles at once do not meet: ports, cookies and tokens differ', async () => {
  // Nobody takes its port between its end and the next console there.
  const first = started(['--port', String(await freePort())]);
  const one = await addressOf(first);
  const second = started();
  const other = await addressOf(second);
  expect(new Set([one.port, other.port]).size).toBe(2);
  // One browser has the cookies of both.
  const [mine, theirs] = [await opened(one), await opened(other)];
  expect([mine.cookie, theirs.cookie].map((cookie) => cookie.split('=')[0])).toEqual([
    `batch-jobs-${one.port}`,
    `batch-jobs-${other.port}`,
  ]);
  const both = `${mine.cookie}; ${theirs.cookie}`;
  for (const address of [one, other]) {
    expect((await fetch(new URL('/api/console', address), { headers: { cookie: both } })).status).toBe(200);
  }
  expect((await fetch(new URL('/api/console', other), { headers: { cookie: mine.cookie } })).status).toBe(403);
  expect((await fetch(new URL(`/${one.search}`, other), { redirect: 'manual' })).status).toBe(403);

  const third = started(['--port', one.port]);
  expect(await third.end).toEqual({
    code: 2,
    stdout: '',
    stderr: `Port ${one.port} is in use. Choose another with --port, or leave it out to get a free one.\n`,
  });
  first.signal('SIGTERM');
  expect((await first.end).code).toBe(0);
  const again = started(['--port', one.port]);
  expect((await addressOf(again)).port).toBe(one.port);
  // The cookie of the console before it opens nothing.
  expect((await fetch(new URL('/api/console', one), { headers: { cookie: mine.cookie } })).status).toBe(403);
});

it('starts without a config, shows why, and prints one document with --json', async () => {
  rmSync(join(folder, 'batch-jobs.config.json'));
  writeFileSync(join(folder, 'cdktf.json'), '{');
  const command = started(['--json', '--read-only', '--config', 'reports.yml']);
  const address = await addressOf(command);
  expect(JSON.parse(command.stdout)).toEqual({ address: String(address) });
  const { get, json } = await opened(address);
  const { stackName, configFile, isReadOnly } = await json('/api/console');
  expect([stackName, configFile, isReadOnly]).toEqual(['', 'reports.yml', true]);
  const events = (await get('/api/events')).body?.getReader();
  let stack: { isStale: boolean; problems: object[] };
  do stack = await json('/api/stack');
  while (stack.isStale && (await events?.read()));
  expect(stack.problems).toMatchObject([
    { code: 'unreadable-file', file: 'reports.yml', instruction: expect.stringContaining('Create it') },
  ]);
  command.signal();
  expect((await command.end).stdout).toBe(`${JSON.stringify({ address: String(address) }, undefined, 2)}\n`);
});

it('opens the browser, and goes on without one', async () => {
  const opener = process.platform === 'darwin' ? 'open' : 'xdg-open';
  writeFileSync(join(folder, opener), `#!/bin/sh\nprintf %s "$1" > opened\n`);
  chmodSync(join(folder, opener), 0o755);
  const command = started(['--open'], { PATH: `${folder}:${process.env.PATH}` });
  const address = await addressOf(command);
  const opened = join(folder, 'opened');
  await until(
    () => existsSync(opened) && readFileSync(opened, 'utf8') === String(address),
    `the browser at ${address}`,
  );
  command.signal();
  expect((await command.end).stderr).toBe('');

  const without = started(['--open'], { PATH: folder.concat('/none') });
  await addressOf(without);
  await without.until('opened no browser');
  expect(without.stderr).toBe(`Note: ${opener} opened no browser. Open the address yourself.\n`);
});
