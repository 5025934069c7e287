import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { install, type Platform } from '../../../modules/container/python-function/installer';

let folder: string;
const { PATH } = process.env;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'installer-'));
  process.env.PATH = folder;
});
afterEach(() => {
  process.env.PATH = PATH;
  rmSync(folder, { recursive: true });
});

/** A program that notes its arguments. */
function installer(name: string, does = ''): void {
  const script = `#!/bin/sh
case "$*" in *--version) exit 0;; esac
echo "${name} $*" >> ${folder}/calls
${does}
`;
  writeFileSync(join(folder, name), script);
  chmodSync(join(folder, name), 0o755);
}

function calls(): string {
  const path = join(folder, 'calls');
  return existsSync(path) ? readFileSync(path, 'utf8') : '';
}

const ARM: Platform = { version: '3.12', architecture: 'arm64' };

const installed = (platform = ARM, whole = false) =>
  install('needs.txt', folder, whole, platform, join(folder, 'packages'));

it.each<[Platform, string]>([
  [ARM, '--python-platform aarch64-manylinux_2_34 --python-version 3.12 --only-binary :all:'],
  [
    { version: '3.11', architecture: 'x86_64' },
    '--python-platform x86_64-manylinux2014 --python-version 3.11 --only-binary :all:',
  ],
])('uv installs for %j', (platform, words) => {
  installer('uv');
  installer('python3');
  expect(installed(platform)).toBeUndefined();
  expect(calls()).toMatch(/^uv pip install [^\n]* -r needs.txt\n$/);
  expect(calls()).toContain(words);
});

it.each<[Platform, number, string]>([
  [ARM, 19, 'manylinux_2_34_aarch64'],
  [{ version: '3.11', architecture: 'x86_64' }, 11, 'manylinux_2_26_x86_64'],
])('pip installs for %j what is for this system or an older one', (platform, systems, newest) => {
  installer('python3');
  expect(installed(platform)).toBeUndefined();
  expect(calls()).toMatch(
    /^python3 \S+\/lambda_pip.py \{\S+\} install [^\n]*--only-binary=:all:[^\n]* -r needs.txt\n$/,
  );
  expect(calls()).toContain(`--platform ${newest} `);
  expect(calls().match(/--platform \S+/g)).toHaveLength(systems);
});

it('pip reads conditions as of Lambda', () => {
  installer('python');
  installed();
  const { python_version, sys_platform, platform_machine } = JSON.parse(/\{\S+\}/.exec(calls())?.[0] ?? '');
  expect([python_version, sys_platform, platform_machine]).toEqual(['3.12', 'linux', 'aarch64']);
});

it('a whole list has all that packages depend on', () => {
  installer('uv');
  installed(ARM, true);
  expect(calls()).toContain(' --no-deps ');
});

it('says what to install if there is no installer', () => {
  expect(installed()).toMatchObject({
    problem: {
      found: 'packages to install, and neither uv nor Python 3 with pip on this machine',
      fix: 'install uv or Python 3 with pip. Or build the code before synthesis, and use custom-artifact',
    },
  });
});

it('reports the last lines of a failed installation', () => {
  installer('uv', 'for n in 1 2 3 4 5 6 7 8; do echo "line $n" >&2; done; exit 1');
  const head = 'packages that uv cannot install for Python 3.12 on arm64:';
  const found = [head, ...[3, 4, 5, 6, 7, 8].map((n) => `line ${n}`)].join('\n');
  expect(installed()).toMatchObject({ problem: { found, fix: expect.stringContaining('use custom-artifact') } });
});
