import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const RUN = resolve(__dirname, '../.ci/run');

let project: string;

beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), 'ci-'));
  mkdirSync(join(project, 'bin'));
  mkdirSync(join(project, 'node_modules'));
  cpSync(RUN, join(project, '.ci/run'));
});
afterEach(() => rmSync(project, { recursive: true }));

/** Writes down what npm was asked for, and by which Node.js; its tests pass, and an installation of Node.js is one line. */
const NPM = `#!/bin/bash
echo "$(node --version) npm $*" >> "$LOG"
echo "until $TESTS_UNTIL" >> "$LOG"
case "$1 $2" in
  'install --prefix')
    [[ -n $NO_REGISTRY ]] && exit 1
    mkdir -p "$3/node_modules/.bin"
    printf '#!/bin/bash\\necho v%s\\n' "\${@: -1:1}" | sed 's/node@//' > "$3/node_modules/.bin/node"
    chmod +x "$3/node_modules/.bin/node" ;;
  'test '|'run test:e2e') [[ -n $FAILING ]] && { echo 'Tests:  1 failed, 9 passed'; exit 1; }; echo 'Tests:  1 skipped, 10 passed' ;;
esac`;

/** The checks, with replacements for every program that they start. */
function run(version: string, variables: { readonly [name: string]: string } = {}) {
  const log = join(project, 'log');
  writeFileSync(log, '');
  const programs = {
    npm: NPM,
    node: `#!/bin/bash\necho v${version}`,
    'apt-get': '#!/bin/bash\nexit 1',
    sudo: '#!/bin/bash\nexit 1',
  };
  for (const [name, text] of Object.entries(programs)) writeFileSync(join(project, 'bin', name), text, { mode: 0o755 });
  // None of the machine's own: no Terraform, no Python, no Podman.
  for (const name of [
    'bash',
    'cat',
    'chmod',
    'dirname',
    'env',
    'grep',
    'mkdir',
    'mktemp',
    'rm',
    'sed',
    'tail',
    'tee',
    'head',
  ]) {
    spawnSync('ln', [
      '-sf',
      String(spawnSync('which', [name], { encoding: 'utf8' }).stdout).trim(),
      join(project, 'bin', name),
    ]);
  }
  const { status, stdout } = spawnSync('/bin/bash', [join(project, '.ci/run')], {
    env: { PATH: join(project, 'bin'), LOG: log, TMPDIR: tmpdir(), ...variables },
    encoding: 'utf8',
  });
  const asked = readFileSync(log, 'utf8').trim().split('\n');
  return { status, stdout, last: stdout.trim().split('\n').at(-1), asked };
}

/** The versions of Node.js that ran a command. */
const on = (command: string, asked: readonly string[]) =>
  asked.filter((line) => line.endsWith(` ${command}`)).map((line) => line.split(' ')[0]);

it('unit tests run on the oldest and the newest version of Node.js too, the example on each', () => {
  const { status, last, asked } = run('20.20.2');
  expect(on('npm test', asked)).toEqual(['v20.20.2', 'v20.9.0', 'v26.10.0']);
  expect(on('npm start', asked)).toEqual(['v20.20.2', 'v20.9.0', 'v22.23.3', 'v24.21.0', 'v26.10.0']);
  expect(on('npm run test:e2e', asked)).toEqual(['v20.20.2']);
  expect({ status, last }).toEqual({ status: 0, last: '40 passed, 0 failed, 4 skipped' });
});

it('ends with the seconds of each step', () => {
  const { stdout, asked } = run('20.9.0', { NO_REGISTRY: '1' });
  const [, whole = '', steps = ''] = /\n=== (\d+) s in all\n([\s\S]*)\n\n\d+ passed, /.exec(stdout) ?? [];
  const lines = steps.split('\n').map((line) => /^ *(\d+) s {2}(.*)$/.exec(line)?.slice(1) ?? [line]);
  expect(lines.map(([, name]) => name)).toEqual([
    'npm ci && npm test',
    'npm start',
    'npm start, Node.js 20.9.0',
    'npm run lint',
    'npm run typecheck',
    'engines',
    'npm run test:e2e',
  ]);
  expect(lines.reduce((sum, [seconds]) => sum + Number(seconds), 0)).toBeLessThanOrEqual(Number(whole) + lines.length);
  expect(asked.length).toBeGreaterThan(0);
});

it.each([
  ['20.9.0', ['v20.9.0', 'v26.10.0']],
  ['26.3.1', ['v26.3.1', 'v20.9.0']],
  ['24.0.0', ['v24.0.0', 'v20.9.0', 'v26.10.0']],
])('no suite runs twice where the machine has Node.js %s', (version, versions) => {
  expect(on('npm test', run(version).asked)).toEqual(versions);
});

it('says what cannot be had, and counts it as no failure', () => {
  const { status, stdout, last, asked } = run('22.0.0', { NO_REGISTRY: '1' });
  expect(stdout).toContain('Node.js 20.9.0 cannot be had from the package registry: nothing is run on it.');
  expect(stdout).toContain(
    'podman buildah runc catatonit mmdebstrap uidmap busybox-static cannot be had: tests that need them are skipped.',
  );
  expect(stdout).toContain('chromium cannot be had: tests that need a browser are skipped.');
  expect(on('npm test', asked)).toEqual(['v22.0.0']);
  expect({ status, last }).toEqual({ status: 0, last: '20 passed, 0 failed, 2 skipped' });
});

it('says until when end-to-end tests may begin: 40 of 45 minutes after the start', () => {
  const began = Math.floor(Date.now() / 1_000);
  const { asked } = run('20.9.0', { NO_REGISTRY: '1' });
  const ended = Math.ceil(Date.now() / 1_000);
  const [until] = asked.flatMap((line) => /^until (\d*)$/.exec(line)?.[1] ?? []).filter((text) => text !== '');
  expect(Number(until)).toBeGreaterThanOrEqual(began + 2_400 - 1);
  expect(Number(until)).toBeLessThanOrEqual(ended + 2_400 + 1);
  // The unit tests have no limit.
  expect(asked.filter((line) => line === 'until ')).not.toEqual([]);
});

it('fails if a suite fails', () => {
  const { status, last } = run('20.9.0', { FAILING: '1', NO_REGISTRY: '1' });
  expect({ status, last }).toEqual({ status: 1, last: '18 passed, 2 failed, 0 skipped' });
});
