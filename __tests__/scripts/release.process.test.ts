import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const SCRIPT = resolve(__dirname, '../../scripts/release.ts');
const CHANGELOG = '# Changelog\n\n## [Unreleased]\n\n### Added\n\n- Everything.\n';

/** A repository before any release, and its copy for one test. */
let repository: string;
let folder: string;
let registry: Server;
/** What was published: the versions and their tarballs, by the registry. */
let published: { readonly versions: object; readonly _attachments: object }[];
/** What the registry answers. */
let answer: number;

/** A registry of packages, as far as `npm publish` asks it. */
beforeAll(async () => {
  registry = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => {
      if (request.method !== 'PUT') response.writeHead(404);
      else {
        response.writeHead(answer);
        if (answer < 300) published.push(JSON.parse(body));
      }
      response.end('{}');
    });
  });
  await new Promise<void>((listening) => registry.listen(0, '127.0.0.1', listening));
  repository = mkdtempSync(join(tmpdir(), 'repository-'));
  folder = repository;
  const { port } = registry.address() as AddressInfo;
  write('.npmrc', `registry=http://127.0.0.1:${port}/\n//127.0.0.1:${port}/:_authToken=secret\nfetch-retries=0\n`);
  write('index.js', '');
  write('.gitignore', '.npmrc\nbuilt\n');
  write('CHANGELOG.md', CHANGELOG);
  const scripts = { 'check:package': 'node -e "fs.writeFileSync(\'built\', process.env.npm_package_version)"' };
  write('package.json', JSON.stringify({ name: 'scratch', version: '0.1.0', files: ['index.js'], scripts }, null, 2));
  await run('git', 'init', '--quiet', '--initial-branch', 'main');
  await run('git', 'config', 'user.name', 'Somebody');
  await run('git', 'config', 'user.email', 'somebody@example.com');
  await run('git', 'add', '--all');
  await run('git', 'commit', '--quiet', '--message', 'All there is');
});
afterAll(() => {
  registry.close();
  rmSync(repository, { recursive: true, force: true });
});

beforeEach(() => {
  published = [];
  answer = 201;
  folder = mkdtempSync(join(tmpdir(), 'release-'));
  cpSync(repository, folder, { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(path: string, text: string): void {
  writeFileSync(join(folder, path), text);
}

function read(path: string): string {
  return readFileSync(join(folder, path), 'utf8');
}

function run(program: string, ...words: string[]) {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(npm_|git_|tsx_)/i.test(name)));
  const child = spawn(program, words, { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const output = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream].setEncoding('utf8').on('data', (chunk: string) => {
      output[stream] += chunk;
    });
  }
  return new Promise<{ code: number | null; stdout: string; stderr: string }>((done, failed) => {
    child.on('error', failed).on('close', (code) => done({ code, ...output }));
  });
}

function release(...words: string[]) {
  return run(process.execPath, '--import', require.resolve('tsx'), SCRIPT, ...words);
}

/** What somebody sees of the repository. */
async function state() {
  const [log, tags, status] = await Promise.all([
    run('git', 'log', '--format=%s'),
    run('git', 'tag', '--list'),
    run('git', 'status', '--porcelain'),
  ]);
  return { log: log.stdout.trim().split('\n'), tags: tags.stdout.trim(), status: status.stdout };
}

const UNTOUCHED = { log: ['All there is'], tags: '', status: '' };

it('commits, tags and publishes a version, with its changes under its name', async () => {
  await expect(release('0.2.0')).resolves.toMatchObject({
    code: 0,
    stdout: expect.stringContaining('Published 0.2.0'),
  });
  expect(await state()).toEqual({ log: ['Release 0.2.0', 'All there is'], tags: 'v0.2.0', status: '' });
  const today = new Date().toISOString().slice(0, 10);
  expect(read('CHANGELOG.md')).toBe(
    `# Changelog\n\n## [Unreleased]\n\n## [0.2.0] - ${today}\n\n### Added\n\n- Everything.\n`,
  );
  expect(JSON.parse(read('package.json')).version).toBe('0.2.0');
  // The package was built and checked as the version that it became.
  expect(read('built')).toBe('0.2.0');
  expect(published.map(({ versions }) => Object.keys(versions))).toEqual([['0.2.0']]);
  expect(Object.keys(published[0]?._attachments ?? {})).toEqual(['scratch-0.2.0.tgz']);
});

it('publishes the version that package.json has, if it is the first one', async () => {
  await expect(release('0.1.0')).resolves.toMatchObject({ code: 0 });
  expect(await state()).toMatchObject({ tags: 'v0.1.0' });
  await expect(release('0.1.0')).resolves.toMatchObject({
    code: 1,
    stderr: 'The tag v0.1.0 exists already. Choose another version.\n',
  });
});

it('leaves nothing behind of a trial', async () => {
  await expect(release('1.0.0', '--dry-run')).resolves.toMatchObject({ code: 0 });
  expect(await state()).toEqual(UNTOUCHED);
  expect(read('CHANGELOG.md')).toBe(CHANGELOG);
  expect(published).toEqual([]);
});

it('says what to do if the registry refuses', async () => {
  answer = 403;
  const { code, stderr } = await release('0.2.0');
  expect(code).toBe(1);
  expect(stderr).toContain('Version 0.2.0 is committed and tagged, but not published.');
  expect(await state()).toMatchObject({ tags: 'v0.2.0', status: '' });
});

it('publishes nothing that fails its checks', async () => {
  write('package.json', read('package.json').replace('node -e', 'exit 7; node -e'));
  await run('git', 'commit', '--quiet', '--all', '--message', 'Broken');
  const { code, stderr } = await release('0.2.0');
  expect(code).toBe(1);
  expect(stderr).toContain('Not released.');
  expect(await state()).toEqual({ log: ['Broken', 'All there is'], tags: '', status: '' });
  expect(published).toEqual([]);
});

it('refuses a tree with changes', async () => {
  write('index.js', 'changed');
  await expect(release('0.2.0')).resolves.toMatchObject({
    code: 1,
    stderr: 'There are uncommitted changes. Commit or stash them.\n',
  });
});

it('refuses a version that is not newer', async () => {
  await expect(release('0.0.9')).resolves.toMatchObject({
    code: 1,
    stderr: '0.0.9 is not newer than 0.1.0. Choose a newer version.\n',
  });
  expect(await state()).toEqual(UNTOUCHED);
});

it.each([['1.2'], ['v1.2.3'], ['patch'], ['']])('refuses "%s" as a version', async (version) => {
  await expect(release(version)).resolves.toMatchObject({
    code: 2,
    stderr: `"${version}" is not a version. Use a number such as 1.2.3.\n`,
  });
});

it('explains itself', async () => {
  await expect(release('--help')).resolves.toMatchObject({ code: 0, stdout: expect.stringContaining('--dry-run') });
  await expect(release()).resolves.toMatchObject({ code: 2, stderr: expect.stringContaining('VERSION') });
});
