import type { BuildpackProperties } from '../../../../modules/container/buildpack/language';
import { markerHolds } from '../../../../modules/container/buildpack/python/marker';
import { requirement } from '../../../../modules/container/buildpack/python/requirement';
import { inRange } from '../../../../modules/container/buildpack/python/version';
import { removeFolders } from '../../folder';
import { dockerfileOf, made, problemsOf } from '../made';

type Files = { readonly [path: string]: string };
type Settings = BuildpackProperties['languageSpecificConfig'];

afterEach(removeFolders);

const given = (files: Files) => ({ 'job.py': '', ...files });
const version = (files: Files, languageSpecificConfig?: Settings) =>
  /python:(\d+\.\d+)\./.exec(
    dockerfileOf(made(given(files), { entryfilePath: 'job.py', languageSpecificConfig }))[0] ?? '',
  )?.[1];

const POETRY = (python: string) => `[tool.poetry]\nname = "a"\n[tool.poetry.dependencies]\npython = "${python}"\n`;
const PROJECT = (range: string) => `[project]\nname = "a"\nversion = "1"\nrequires-python = "${range}"\n`;

describe('the version of Python', () => {
  it.each<[string, Files, Settings, string]>([
    ['the default', {}, {}, '3.12'],
    ['.python-version', { '.python-version': '3.11\n' }, {}, '3.11'],
    ['with a patch version', { '.python-version': '3.10.4\n' }, {}, '3.10'],
    ['the first of several lines', { '.python-version': '# comment\n3.13\n3.11\n' }, {}, '3.13'],
    ['a virtual environment of pyenv', { '.python-version': '3.11.9/envs/acme\n' }, {}, '3.11'],
    ['cpython by name', { '.python-version': 'cpython-3.11' }, {}, '3.11'],
    ['runtime.txt', { 'runtime.txt': 'python-3.9.18' }, {}, '3.9'],
    ['.tool-versions', { '.tool-versions': 'nodejs 20\npython 3.11.2 3.10.1\n' }, {}, '3.11'],
    ['mise.toml', { 'mise.toml': '[tools]\npython = "3.13"\n' }, {}, '3.13'],
    ['requires-python that the default satisfies', { 'pyproject.toml': PROJECT('>=3.9') }, {}, '3.12'],
    ['requires-python above the default', { 'pyproject.toml': PROJECT('>=3.13,<3.14') }, {}, '3.13'],
    ['requires-python below the default', { 'pyproject.toml': PROJECT('<3.11,>=3.9') }, {}, '3.10'],
    [
      'requires-python beside requirements.txt',
      { 'pyproject.toml': PROJECT('~=3.10.0'), 'requirements.txt': 'six' },
      {},
      '3.10',
    ],
    ['Poetry', { 'pyproject.toml': POETRY('~3.11'), 'poetry.lock': '' }, {}, '3.11'],
    ['Poetry, several ranges', { 'pyproject.toml': POETRY('~3.9 || ~3.10'), 'poetry.lock': '' }, {}, '3.10'],
    ['Pipfile', { Pipfile: '[requires]\npython_version = "3.13"\n', 'Pipfile.lock': '{}' }, {}, '3.13'],
    ['Pipfile, full', { Pipfile: '[requires]\npython_full_version = "3.11.2"\n', 'Pipfile.lock': '{}' }, {}, '3.11'],
    ['setup.cfg', { 'setup.cfg': '[options]\npython_requires = >=3.13\n' }, {}, '3.14'],
    ["the config's before all", { '.python-version': '3.11' }, { pythonVersion: '3.13' }, '3.13'],
    ['3.10 in quotes', {}, { pythonVersion: '3.10' }, '3.10'],
  ])('is that of %s', (_, files, settings, expected) => {
    expect(version(files, settings)).toBe(expected);
  });

  it.each<[Files, Settings, string]>([
    [{ '.python-version': 'pypy3.10-7.3.15' }, {}, '.python-version, which says "pypy3.10-7.3.15"'],
    [{ '.python-version': '3.4' }, {}, '.python-version, which says "3.4"'],
    [{ 'pyproject.toml': PROJECT('>=3.99') }, {}, 'pyproject.toml, which says requires-python = ">=3.99"'],
    [
      { '.python-version': '3.10', 'pyproject.toml': PROJECT('>=3.11') },
      {},
      '.python-version, which says "3.10", and pyproject.toml, which says requires-python = ">=3.11"',
    ],
    [
      { 'pyproject.toml': PROJECT('>=3.11') },
      { pythonVersion: '3.9' },
      '"3.9", and pyproject.toml, which says requires-python = ">=3.11"',
    ],
  ])('is refused: %j %j', (files, languageSpecificConfig, found) => {
    const problems = problemsOf(given(files), { entryfilePath: 'job.py', languageSpecificConfig });
    expect(problems.map((one) => one.found)).toEqual([found]);
    expect(problems[0]?.accepted).toMatch(/3\.1[0-4]/);
  });
});

it.each([
  ['3.12.15', '>=3.9,<4', true],
  ['3.12.15', '>=3.9, <3.12', false],
  ['3.12.15', '>= 3.9 < 4', true],
  ['3.12.15', '^3.11', true],
  ['4.0', '^3.11', false],
  ['0.3.1', '^0.2', false],
  ['0.2.9', '^0.2.3', true],
  ['3.12.15', '~3.12', true],
  ['3.13.0', '~3.12', false],
  ['3.13.0', '~=3.12', true],
  ['3.13.0', '~=3.12.0', false],
  ['3.12.15', '==3.12.*', true],
  ['3.12.15', '3.12.*', true],
  ['3.12.15', '!=3.12.*', false],
  ['3.12.15', '!=3.12', true],
  ['3.10.0', '3.9.* || 3.10.*', true],
  ['2.0rc1', '>=2.0', false],
  ['2.0.post1', '>2.0', true],
  ['1.0', '1.0.0', true],
  ['1.0', 'latest', undefined],
])('version %s in %s: %s', (one, range, expected) => {
  expect(inRange(one, range)).toBe(expected);
});

it.each<[string, string[], boolean]>([
  ["python_version >= '3.9'", [], true],
  ["'3.9' <= python_version", [], true],
  ["python_version < '3.9' or (sys_platform == 'linux' and os_name != 'nt')", [], true],
  ["python_version in '3.11 3.12'", [], true],
  ["platform_machine not in 'x86_64'", [], true],
  ["platform_machine == 'aarch64'", [], true],
  ["sys_platform == 'win32'", [], false],
  ["extra == 's3'", [], false],
  ["extra == 's3'", ['s3'], true],
  ["platform_release > '5'", [], true],
  ["implementation_name == 'pypy'", [], false],
])('marker %s with %j: %s', (marker, extras, expected) => {
  expect(markerHolds(marker, { version: '3.12.15', architecture: 'arm64' }, extras)).toBe(expected);
});

it.each([
  ['six', { name: 'six', extras: [], specifier: '' }],
  [
    'Foo_Bar[s3, Http] >=1, <2 ; python_version > "3"',
    { name: 'foo-bar', extras: ['s3', 'http'], specifier: '>=1,<2', marker: 'python_version > "3"' },
  ],
  ['PySocks (>=1.5.6,!=1.5.7)', { name: 'pysocks', extras: [], specifier: '>=1.5.6,!=1.5.7' }],
  ['a @ git+https://x/y@z', { name: 'a', extras: [], specifier: '', url: 'git+https://x/y@z' }],
  ['boto3', { name: 'boto3', extras: [], specifier: '' }],
  ['boto3==1.2', { name: 'boto3', extras: [], specifier: '==1.2' }],
  ['backports.zstd(1.0)', { name: 'backports-zstd', extras: [], specifier: '1.0' }],
  ['six ; python_version > "3"', { name: 'six', extras: [], specifier: '', marker: 'python_version > "3"' }],
  ['--index-url x', undefined],
  ['two words', undefined],
])('requirement %s', (text, expected) => {
  expect(requirement(text)).toEqual(expected);
});
