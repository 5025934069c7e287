import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BuildpackProperties } from '../../../../modules/container/buildpack/language';
import { imageBuildpackContext } from '../../../../modules/container/image-buildpack';
import { removeFolders } from '../../folder';
import { commandOf, dockerfileOf, made, paths, problemsOf, textOf } from '../made';

type Files = { readonly [path: string]: string };
type Settings = BuildpackProperties['languageSpecificConfig'];

afterEach(removeFolders);

const PIP = '/venv/bin/python -m pip install --no-cache-dir';
const SYNC =
  'UV_PROJECT_ENVIRONMENT=/venv UV_PYTHON=/venv/bin/python UV_PYTHON_DOWNLOADS=never UV_LINK_MODE=copy uv sync --no-cache --inexact';

const image = (files: Files, languageSpecificConfig?: Settings, entryfilePath = 'job.py') =>
  made(
    { [entryfilePath.replace(/:.*/, '')]: 'def run():\n    pass\n', ...files },
    { entryfilePath, languageSpecificConfig },
  );
const problems = (files: Files, languageSpecificConfig?: Settings, entryfilePath = 'job.py') =>
  problemsOf({ [entryfilePath]: '', ...files }, { entryfilePath, languageSpecificConfig });
/** Commands of the stage that installs, and the copies between them. */
const stage = (files: Files, settings?: Settings, entry?: string) => {
  const lines = dockerfileOf(image(files, settings, entry));
  const start = lines.findIndex((line) => line.startsWith('RUN cp /opt/stp/event.pth'));
  return lines.slice(start + 1, lines.indexOf('')).map((line) => line.replace(/^RUN /, ''));
};

/** As Python's json and hashlib make it of the dependencies in the test. */
const PDM_HASH = 'adc3007d84571f723b7b4adb2a1843ea59b1fdc0bde55431591838591e405d7b';

const PROJECT = '[project]\nname = "report"\nversion = "1"\n';
const BUILD = '[build-system]\nrequires = ["hatchling"]\nbuild-backend = "hatchling.build"\n';

describe('what declares packages', () => {
  it.each<[string, Files, Settings, string[]]>([
    ['requirements.txt', { 'requirements.txt': 'six' }, {}, ['COPY packages/ /app/', `${PIP} -r 'requirements.txt'`]],
    [
      'requirements.txt by uv',
      { 'requirements.txt': 'six' },
      { packageManager: 'uv' },
      [
        'pip install --no-cache-dir uv==0.13.9',
        'COPY packages/ /app/',
        "uv pip install --no-cache --python /venv/bin/python -r 'requirements.txt'",
      ],
    ],
    [
      'a pyproject.toml of tools alone beside requirements.txt',
      { 'requirements.txt': 'six', 'pyproject.toml': '[tool.ruff]\n' },
      {},
      ['COPY packages/ /app/', `${PIP} -r 'requirements.txt'`],
    ],
    [
      'a project without packages beside requirements.txt',
      { 'requirements.txt': 'six', 'pyproject.toml': PROJECT },
      {},
      ['COPY packages/ /app/', `${PIP} -r 'requirements.txt'`],
    ],
    [
      'requirements.txt that pip-tools made of the project',
      { 'requirements.txt': '# by pip-compile\nsix==1', 'pyproject.toml': `${PROJECT}dependencies = ["six"]\n` },
      {},
      ['COPY packages/ /app/', `${PIP} -r 'requirements.txt'`],
    ],
    [
      'a project without a lockfile',
      { 'pyproject.toml': `${PROJECT}dependencies = ["six"]\n` },
      {},
      ['pip install --no-cache-dir uv==0.13.9', 'COPY packages/ /app/', `${SYNC} --no-dev --no-install-local`],
    ],
    [
      'a project that is built, by uv',
      { 'pyproject.toml': `${PROJECT}dependencies = ["six"]\n${BUILD}` },
      {},
      [
        'pip install --no-cache-dir uv==0.13.9',
        'COPY packages/ /app/',
        `${SYNC} --no-dev --no-install-local`,
        'COPY app/ /app/',
        '# What is built of the sources themselves: a change of one builds it again.',
        `${SYNC} --no-dev`,
      ],
    ],
    [
      'extras and groups',
      {
        'pyproject.toml': `${PROJECT}[project.optional-dependencies]\ns3 = ["six"]\n[dependency-groups]\njob = ["six"]\ndocs = ["six"]\n`,
      },
      { uvOptionalDependencies: ['s3'], uvWithGroups: ['job'], uvWithoutGroups: ['docs'] },
      [
        'pip install --no-cache-dir uv==0.13.9',
        'COPY packages/ /app/',
        `${SYNC} --no-dev --extra 's3' --group 'job' --no-group 'docs' --no-install-local`,
      ],
    ],
    [
      'one group alone',
      { 'pyproject.toml': `${PROJECT}[dependency-groups]\njob = ["six"]\n` },
      { uvOnlyGroups: ['job'] },
      [
        'pip install --no-cache-dir uv==0.13.9',
        'COPY packages/ /app/',
        `${SYNC} --only-group 'job' --no-install-local`,
      ],
    ],
    [
      'dependencies that only a build knows',
      { 'pyproject.toml': `[project]\nname = "a"\ndynamic = ["version", "dependencies"]\n${BUILD}` },
      {},
      [
        'pip install --no-cache-dir uv==0.13.9',
        'COPY app/ /app/',
        '# What is built of the sources themselves: a change of one builds it again.',
        `export SETUPTOOLS_SCM_PRETEND_VERSION=0.0.0 PDM_BUILD_SCM_VERSION=0.0.0 POETRY_DYNAMIC_VERSIONING_BYPASS=0.0.0 && ${SYNC} --no-dev`,
      ],
    ],
    [
      'setup.py',
      { 'setup.py': '' },
      {},
      [
        'COPY app/ /app/',
        '# What is built of the sources themselves: a change of one builds it again.',
        `${PIP} --editable .`,
      ],
    ],
    [
      'setup.cfg',
      { 'setup.cfg': '[metadata]\nname = a\n' },
      {},
      [
        'COPY app/ /app/',
        '# What is built of the sources themselves: a change of one builds it again.',
        `${PIP} --editable .`,
      ],
    ],
    ['a setup.cfg of tools alone', { 'setup.cfg': '[flake8]\n' }, {}, []],
    [
      'setup.py whose packages are not in requirements.txt',
      { 'setup.py': 'setup(install_requires=["six"])', 'requirements.txt': 'idna' },
      {},
      [
        'COPY packages/ /app/',
        `${PIP} -r 'requirements.txt'`,
        'COPY app/ /app/',
        '# What is built of the sources themselves: a change of one builds it again.',
        `${PIP} --editable .`,
      ],
    ],
    [
      'pylock.toml',
      { 'pylock.toml': 'lock-version = "1.0"\n[[packages]]\nname = "six"\nversion = "1"\n' },
      {},
      [
        'pip install --no-cache-dir uv==0.13.9',
        'COPY packages/ /app/',
        "uv pip install --no-cache --python /venv/bin/python -r 'pylock.toml'",
      ],
    ],
    ['nothing', {}, {}, []],
  ])('%s', (_, files, settings, expected) => {
    expect(stage(files, settings)).toEqual(expected);
  });

  it('is the script itself, if it says so', () => {
    const script =
      '# /// script\n# requires-python = ">=3.13"\n# dependencies = [\n#   "six",\n# ]\n# ///\nimport six\n';
    const context = image({ 'job.py': script, 'requirements.txt': 'idna' });
    expect(textOf(context.files, 'requirements.txt')).toBe('six\n');
    expect(dockerfileOf(context)[0]).toContain('python:3.14');
  });

  it('is a file for requirements in a separate folder, with those that it names', () => {
    const files = {
      'requirements/prod.txt': '-r base.txt\n-c limits.txt\nidna\n',
      'requirements/base.txt': 'six\n',
      'requirements/limits.txt': 'idna<4\n',
      'shared/a.py': '',
    };
    const context = image(files, { packageManagerFile: 'requirements/prod.txt' }, 'job/main.py');
    expect(paths(context)).toEqual(
      expect.arrayContaining(['app/shared/a.py', 'packages/requirements/base.txt', 'packages/requirements/limits.txt']),
    );
    expect(commandOf(context).at(-1)).toBe('job/main.py');
    expect(dockerfileOf(context)).toContain(`RUN ${PIP} -r 'requirements/prod.txt'`);
  });

  it('is installed without the sources: their change leaves what the layer is made of', () => {
    const files = { 'requirements.txt': 'six\n', 'job.py': 'print(1)\n' };
    const stageOf = (more: Files) => {
      const context = image({ ...files, ...more });
      const lines = dockerfileOf(context);
      const until = lines.slice(0, lines.indexOf(`RUN ${PIP} -r 'requirements.txt'`) + 1);
      const copied = paths(context).filter((path) => /^(packages\/|event.pth)/.test(path));
      return [until, copied.map((path) => [path, textOf(context.files, path)])];
    };
    expect(stageOf({ 'job.py': 'print(2)\n' })).toEqual(stageOf({}));
    expect(stageOf({ 'requirements.txt': 'idna\n' })).not.toEqual(stageOf({}));
  });

  it.each<[string, Files, Settings, string, string]>([
    ['Conda', { 'environment.yml': '' }, {}, 'environment.yml, which Conda', 'custom-dockerfile'],
    [
      'Poetry without its lockfile',
      { 'pyproject.toml': '[tool.poetry.dependencies]\nsix = "^1"\n' },
      {},
      'a Poetry project without poetry.lock',
      'run poetry lock',
    ],
    ['Pipenv without its lockfile', { Pipfile: '' }, {}, 'a Pipfile without Pipfile.lock', 'run pipenv lock'],
    [
      'a workspace of uv without a lockfile',
      { 'pyproject.toml': '[tool.uv.workspace]\nmembers = []\n' },
      {},
      'a workspace of uv without uv.lock',
      'run uv lock',
    ],
    [
      'two lockfiles',
      { 'pyproject.toml': PROJECT, 'uv.lock': '', 'pdm.lock': '' },
      {},
      'several lockfiles: uv.lock, pdm.lock',
      'set packageManagerFile to the one to use',
    ],
    [
      'no TOML',
      { 'pyproject.toml': 'x = 1\n[project' },
      {},
      'pyproject.toml, which is not valid TOML: ',
      'correct pyproject.toml in line 2',
    ],
    [
      'a manifest that declares nothing, named',
      { 'pyproject.toml': '[tool.ruff]\n', 'requirements.txt': '' },
      { packageManagerFile: 'pyproject.toml' },
      '"pyproject.toml", which declares no project',
      'name requirements.txt',
    ],
    [
      'a file of another kind, named',
      { 'go.mod': '' },
      { packageManagerFile: 'go.mod' },
      '"go.mod"',
      'name one of these',
    ],
    [
      'a group that is not there',
      { 'pyproject.toml': `${PROJECT}[dependency-groups]\njob = []\n` },
      { uvWithGroups: ['jobs'] },
      'the group "jobs", which the project does not have',
      'correct uvWithGroups',
    ],
    [
      'an extra that is not there',
      { 'pyproject.toml': PROJECT },
      { uvOptionalDependencies: ['s3'] },
      'the extra "s3", which the project does not have',
      'correct uvOptionalDependencies',
    ],
    [
      'a missing file of requirements',
      { 'requirements.txt': '-r base.txt\n' },
      {},
      '"-r base.txt" in requirements.txt: no such file',
      'correct the line',
    ],
    [
      'a path of this machine alone',
      { 'requirements.txt': '-e /home/me/lib\n' },
      {},
      'a path of this machine alone',
      'write a relative path',
    ],
    [
      'a path of Conda',
      { 'requirements.txt': 'idna @ file:///home/conda/idna\n' },
      {},
      'a path of this machine alone',
      'pip list --format=freeze',
    ],
    [
      'a folder that is not there',
      { 'requirements.txt': '-e ./lib\n' },
      {},
      '"-e ./lib" in requirements.txt: no such file or folder',
      'correct the line',
    ],
    [
      'uv for a Python that it does not know',
      { 'pyproject.toml': PROJECT },
      { pythonVersion: '3.7' },
      'Python 3.7.17, which uv does not install packages for',
      'newer pythonVersion',
    ],
  ])('is refused: %s', (_, files, settings, found, fix) => {
    const [problem, ...others] = problems(files, settings);
    expect(others).toEqual([]);
    expect(String(problem?.found)).toContain(found);
    expect(problem?.fix).toContain(fix);
    expect(problem?.property).toEqual(
      settings?.packageManagerFile || /Python 3.7/.test(found) ? expect.anything() : ['entryfilePath'],
    );
  });

  it('notes a requirements.txt that is not installed', () => {
    const context = image({ 'pyproject.toml': `${PROJECT}dependencies = ["six"]\n`, 'requirements.txt': 'idna\n' });
    expect(context.notes?.map(({ message }) => message)).toEqual([
      expect.stringMatching(/^the packages of pyproject.toml are installed, and not those of requirements.txt/),
    ]);
  });
});

it('says nothing of a requirements.txt that pyproject.toml itself reads', () => {
  const pyproject = '[project]\nname = "a"\ndynamic = ["version", "dependencies"]\n';
  expect(image({ 'pyproject.toml': pyproject, 'requirements.txt': 'idna\n' }).notes).toEqual([]);
});

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
