import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installFunctionPackages } from '../../../modules/container/python-function/packages';

let folder: string;
const { PATH } = process.env;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'packages-'));
  process.env.PATH = folder;
});
afterEach(() => {
  process.env.PATH = PATH;
  rmSync(folder, { recursive: true });
});

/** A program that installs: it notes its arguments, one line for each call that is not about its version. */
function installer(name: string, does: string): void {
  const script = `#!/bin/sh
case "$*" in *--version) exit 0;; esac
echo "$*" >> ${folder}/calls
while [ "$1" != --target ]; do shift; done
cd "$(/usr/bin/dirname "$2")" && /bin/mkdir -p "$2" && cd "$2"
${does}
`;
  writeFileSync(join(folder, name), script);
  chmodSync(join(folder, name), 0o755);
}

const INSTALLS = `/bin/mkdir -p bin six-1.0.dist-info __pycache__ more-2.dist-info
echo 'x = 1' > six.py; echo y > more.py; echo z > bin/six; echo z > __pycache__/six.pyc
echo m > six-1.0.dist-info/METADATA; echo a > more-2.dist-info/METADATA
echo 'six.py,sha256=a,6' > six-1.0.dist-info/RECORD; echo 'six-1.0.dist-info/METADATA,,' >> six-1.0.dist-info/RECORD
echo pip > six-1.0.dist-info/INSTALLER`;

function packages(text: string, { excluded, whole = false }: { excluded?: string[]; whole?: boolean } = {}) {
  const requirements = { from: { text }, folder, texts: [text], whole };
  const platform = { version: '3.12', architecture: 'arm64' } as const;
  return installFunctionPackages(requirements, platform, excluded, join(folder, 'cache'));
}

function calls(): string[] {
  const path = join(folder, 'calls');
  return existsSync(path) ? readFileSync(path, 'utf8').trim().split('\n') : [];
}

it('has the files of packages, without those of the machine', () => {
  installer('uv', INSTALLS);
  expect(packages('six==1.0')).toMatchObject(
    ['more-2.dist-info/METADATA', 'more.py', 'six-1.0.dist-info/METADATA', 'six.py'].map((path) => ({ path })),
  );
});

it('installs the same requirements once', () => {
  installer('uv', INSTALLS);
  expect(packages('six==1.0')).toEqual(packages('six==1.0'));
  expect(calls()).toHaveLength(1);
  packages('six==2.0');
  packages('six==1.0', { whole: true });
  expect(calls()).toHaveLength(3);
  expect(calls().map((call) => call.includes('--no-deps'))).toEqual([false, false, true]);
});

it('leaves out packages by name', () => {
  installer('uv', INSTALLS);
  const found = packages('six==1.0', { excluded: ['Six'] });
  expect(found).toMatchObject([{ path: 'more-2.dist-info/METADATA' }, { path: 'more.py' }]);
  expect(packages('six==1.0')).toHaveLength(4);
});

it('keeps nothing of a failed installation', () => {
  installer('uv', 'echo half > half.py; exit 1');
  expect(packages('six')).toHaveProperty('problem');
  expect(packages('six')).toHaveProperty('problem');
  expect(calls()).toHaveLength(2);
});
