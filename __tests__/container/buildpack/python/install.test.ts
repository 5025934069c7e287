import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { imageBuildpackContext } from '../../../../modules/container/image-buildpack';
import { removeFolders } from '../../folder';
import { dockerfileOf, made, paths, textOf } from '../made';
import { image, problems, type Settings } from './installed';

afterEach(removeFolders);

/** As Python's json and hashlib make it of the dependencies in the test. */
const PDM_HASH = 'adc3007d84571f723b7b4adb2a1843ea59b1fdc0bde55431591838591e405d7b';

describe('the lockfile of a real project', () => {
  /** The context of a fixture, changed. */
  function fixture(name: string, change: (text: string) => string, settings: Settings, entryfilePath: string) {
    const dir = mkdtempSync(join(tmpdir(), 'fixture-'));
    try {
      cpSync(join(__dirname, '../../../fixtures/projects', name, 'project'), dir, { recursive: true });
      const path = join(dir, name.includes('pipenv') ? 'Pipfile' : 'pyproject.toml');
      const text = change(readFileSync(path, 'utf8'));
      writeFileSync(path, text);
      const result = imageBuildpackContext({ entryfilePath, languageSpecificConfig: settings }, 'x86_64', dir);
      if ('problems' in result) return { problems: result.problems.map(({ found }) => String(found)), lines: [] };
      const [first] = [textOfRequirements(result.context.files)];
      return { problems: [], lines: first.split('\n').filter((line) => /^\S/.test(line)) };
    } finally {
      rmSync(dir, { recursive: true });
    }
  }
  const textOfRequirements = (files: Parameters<typeof textOf>[0]) =>
    files.some(({ path }) => path === 'requirements.txt') ? textOf(files, 'requirements.txt') : '';
  const same = (text: string) => text;
  const names = (lines: readonly string[]) => lines.map((line) => line.replace(/==.*/, ''));

  it("is read: Poetry's, with groups and extras", () => {
    const read = (settings: Settings) => names(fixture('python-poetry-1', same, settings, 'report/__init__.py').lines);
    expect(read({})).toEqual(['six']);
    expect(read({ uvOptionalDependencies: ['names'] })).toEqual(['idna', 'six']);
    expect(read({ uvWithGroups: ['dev'] })).toEqual(['iniconfig', 'six']);
    expect(read({ uvOnlyGroups: ['dev'] })).toEqual(['iniconfig']);
  });

  it("is read: Pipenv's", () => {
    expect(names(fixture('python-pipenv', same, {}, 'job.py').lines)).toEqual(['idna']);
    expect(names(fixture('python-pipenv', same, { uvWithGroups: ['dev'] }, 'job.py').problems)).toEqual([]);
  });

  it.each([
    ['python-poetry-1', 'report/__init__.py', 'six = "^1.16"', 'six = "^1.17"', 'a poetry.lock that does not fit'],
    ['python-poetry-2', 'job.py', 'six (>=1.16', 'six (>=1.17', 'a poetry.lock that does not fit'],
    ['python-pipenv', 'job.py', 'idna = ">=3"', 'idna = ">=3.1"', 'a Pipfile.lock that does not fit'],
    ['python-uv', 'src/report/text.py', '"idna>=3"', '"idna>=3", "six"', 'a uv.lock that does not fit'],
    ['python-uv', 'src/report/text.py', '"idna>=3"', '"idna>=3.1"', 'a uv.lock that does not fit'],
    ['python-uv', 'src/report/text.py', '"iniconfig"', '', 'a uv.lock that does not fit'],
  ])('is refused if it does not fit: %s %s %s', (name, entry, before, after, found) => {
    expect(fixture(name, same, {}, entry).problems).toEqual([]);
    expect(fixture(name, (text) => text.replace(before, after), {}, entry).problems).toEqual([
      expect.stringContaining(found),
    ]);
    // What no dependency is may change.
    expect(fixture(name, (text) => text.replace(/^version = .*$/m, 'version = "9"'), {}, entry).problems).toEqual([]);
  });

  it("is read: PDM's, with what an extra of a package brings", () => {
    const pyproject =
      '[project]\nname = "a"\nversion = "1"\nrequires-python = ">=3.9"\ndependencies = ["requests[socks]>=2"]\n[dependency-groups]\ndev = ["iniconfig"]\n';
    const entry = (name: string, more = '') =>
      `[[package]]\nname = "${name}"\nversion = "1.0"\n${more}files = [{file = "x", hash = "sha256:1"}]\n`;
    const lock = `[metadata]\ncontent_hash = "sha256:${PDM_HASH}"\n${entry('requests', 'dependencies = ["idna<4"]\n')}${entry(
      'requests',
      'extras = ["socks"]\ndependencies = ["PySocks!=1.5.7", "requests==1.0"]\n',
    )}${entry('pysocks')}${entry('idna')}${entry('iniconfig')}`;
    const files = { 'pyproject.toml': pyproject, 'pdm.lock': lock };
    const read = (settings: Settings) =>
      textOfRequirements(image(files, settings).files)
        .split('\n')
        .filter((line) => /^\S/.test(line))
        .map((line) => line.replace(/==.*/, ''));
    expect(read({})).toEqual(['idna', 'pysocks', 'requests']);
    expect(read({ uvOnlyGroups: ['dev'] })).toEqual(['iniconfig']);
    const changed = { ...files, 'pyproject.toml': pyproject.replace('>=2', '>=2.1') };
    expect(problems(changed).map(({ found }) => found)).toEqual([
      expect.stringContaining('a pdm.lock that does not fit'),
    ]);
  });

  it("is read: Poetry's, with folders, repositories and a private index", () => {
    const pyproject = `[tool.poetry]
package-mode = false
[tool.poetry.dependencies]
python = "^3.9"
lib = { path = "../lib", develop = true }
tool = { git = "https://example.com/tool.git" }
six = { version = "*", source = "own" }
old = { version = "1", python = "<3.9" }
[[tool.poetry.source]]
name = "own"
url = "https://packages.example.com/simple/"
`;
    const lock = `[[package]]
name = "lib"
version = "1"
develop = true
[package.source]
type = "directory"
url = "../lib"
[[package]]
name = "tool"
version = "1"
[package.source]
type = "git"
url = "https://example.com/tool.git"
resolved_reference = "abc"
[[package]]
name = "six"
version = "1.17.0"
files = [{file = "x", hash = "sha256:1"}]
[package.source]
type = "legacy"
url = "https://packages.example.com/simple"
reference = "own"
[[package]]
name = "old"
version = "1"
`;
    const files = { 'a/pyproject.toml': pyproject, 'a/poetry.lock': lock, 'lib/lib/__init__.py': '', 'a/job.py': '' };
    const buildSecrets = {
      POETRY_HTTP_BASIC_OWN_USERNAME: "$Secret('own.username')",
      POETRY_HTTP_BASIC_OWN_PASSWORD: "$Secret('own.password')",
    };
    const context = made(files, { entryfilePath: 'a/job.py', buildSecrets });
    // A repository has no hash: then pip checks none.
    expect(textOf(context.files, 'requirements.txt')).toBe(
      '--extra-index-url https://${POETRY_HTTP_BASIC_OWN_USERNAME}:${POETRY_HTTP_BASIC_OWN_PASSWORD}@packages.example.com/simple\nsix==1.17.0\ntool @ git+https://example.com/tool.git@abc\n',
    );
    const lines = dockerfileOf(context);
    expect(lines.filter((line) => line.endsWith(`--no-deps --editable '../lib'`))).toHaveLength(1);
    expect(paths(context)).toContain('app/lib/lib/__init__.py');
    expect(textOf(made(files, { entryfilePath: 'a/job.py' }).files, 'requirements.txt')).toContain(
      '--extra-index-url https://packages.example.com/simple\n',
    );
  });
});
