import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { BuildpackSource } from '../../../modules/container/buildpack/language';
import { installationOf } from '../../../modules/container/buildpack/python/install';
import { findManifest } from '../../../modules/container/buildpack/python/manifest';
import { functionRequirements } from '../../../modules/container/python-function/requirements';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'requirements-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** What a function with these files beside its own needs. */
function needs(files: { readonly [path: string]: string }) {
  for (const [path, text] of Object.entries({ 'main.py': '', ...files })) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const source: BuildpackSource = {
    properties: { entryfilePath: 'main.py' },
    architecture: 'arm64',
    baseDir: folder,
    entry: join(folder, 'main.py'),
    distribution: 'debian',
    secrets: [],
  };
  const found = findManifest(source);
  if ('problem' in found) throw new Error(String(found.problem.found));
  const target = { version: '3.12.15', architecture: 'arm64' } as const;
  return functionRequirements(found.manifest, installationOf(found.manifest, {}, target, []));
}

const PROJECT = '[project]\nname = "a"\nversion = "1"\nrequires-python = ">=3.12"\n';
const DEPENDS = `${PROJECT}dependencies = ["six>=1"]\n`;

const LOCK = `version = 1
requires-python = ">=3.12"

[[package]]
name = "a"
version = "1"
source = { virtual = "." }
dependencies = [{ name = "six" }]

[package.metadata]
requires-dist = [{ name = "six", specifier = ">=1" }]

[[package]]
name = "six"
version = "1.17.0"
source = { registry = "https://pypi.org/simple" }
sdist = { url = "https://a/six-1.17.0.tar.gz", hash = "sha256:bb" }
wheels = [{ url = "https://a/six-1.17.0-py2.py3-none-any.whl", hash = "sha256:aa" }]
`;

it.each<[{ readonly [path: string]: string }]>([
  [{}],
  [{ 'requirements.txt': '# none\n' }],
  [{ 'pyproject.toml': PROJECT }],
])('nothing of %j', (files) => {
  expect(needs(files)).toBeUndefined();
});

it('the file with requirements, and the texts of those that it includes', () => {
  expect(needs({ 'requirements.txt': '-r more.txt\nsix\n', 'more.txt': 'idna\n' })).toEqual({
    from: { path: join(folder, 'requirements.txt') },
    folder,
    texts: ['-r more.txt\nsix\n', 'idna\n'],
    whole: false,
  });
});

it.each<[{ readonly [path: string]: string }, string, boolean]>([
  [{ 'pyproject.toml': DEPENDS }, 'six>=1', false],
  [
    { 'pyproject.toml': DEPENDS, 'uv.lock': LOCK },
    'six==1.17.0 \\\n    --hash=sha256:aa \\\n    --hash=sha256:bb',
    true,
  ],
  [{ 'main.py': '# /// script\n# dependencies = ["six"]\n# ///\n' }, 'six\n', false],
])('the packages of %j', (files, text, whole) => {
  expect(needs(files)).toMatchObject({ from: { text }, texts: [text], whole });
});

it.each<[{ readonly [path: string]: string }, string, string]>([
  [{ 'setup.py': 'setup()' }, 'packages in setup.py or setup.cfg, which a function does not get', 'requirements.txt'],
  [
    { 'requirements.txt': './lib\n', 'lib/setup.py': '' },
    '"lib", a package in a folder: only what an index has is installed for a function',
    'publish it, or build the code before synthesis, and use custom-artifact',
  ],
  [
    { 'pyproject.toml': `${PROJECT}dynamic = ["dependencies"]\n` },
    'packages in dynamic dependencies of pyproject.toml, which a function does not get',
    'requirements.txt',
  ],
  [
    { 'pylock.toml': 'lock-version = "1.0"\n' },
    'packages in pylock.toml, which a function does not get',
    'requirements.txt',
  ],
])('none of %j', (files, found, fix) => {
  expect(needs(files)).toMatchObject({ problem: { found, fix: expect.stringContaining(fix) } });
});
