import { join } from 'node:path';
import type { BuildpackProperties, BuildpackSource } from '../../../../modules/container/buildpack/language';
import type { Manifest } from '../../../../modules/container/buildpack/python/manifest';
import { pythonVersion, versionRequirements } from '../../../../modules/container/buildpack/python/python-version';
import { folder, removeFolders } from '../../folder';

afterEach(removeFolders);

type Files = { readonly [path: string]: string };

function sourceOf(files: Files, languageSpecificConfig: object = {}): BuildpackSource {
  const baseDir = folder({ 'job/job.py': '', ...files });
  return {
    properties: { entryfilePath: 'job/job.py', languageSpecificConfig } as BuildpackProperties,
    architecture: 'x86_64',
    baseDir,
    entry: join(baseDir, 'job/job.py'),
    distribution: 'alpine',
    secrets: [],
  };
}
const none = (source: BuildpackSource): Manifest => ({ kind: 'none', folder: join(source.baseDir, 'job') });

/** What pins of a project say, and which of some versions they accept. */
function pinned(files: Files) {
  const source = sourceOf(files);
  const { asked, declared } = versionRequirements(source, none(source));
  expect(declared).toEqual([]);
  return asked.map(({ found, accepts }) => [found, VERSIONS.filter(accepts)]);
}
const VERSIONS = ['3.9', '3.10', '3.11', '3.12'];
const accepted = (pin: string) => pinned({ 'job/.python-version': pin })[0]?.[1];

describe('a pin', () => {
  it.each<[string, Files, unknown]>([
    ['none', {}, []],
    ['.python-version', { 'job/.python-version': '3.11\n' }, [['.python-version, which says "3.11"', ['3.11']]]],
    [
      'several versions, of which the first is used',
      { 'job/.python-version': '\uFEFF# ours\r\n3.11 3.12\r\n3.10 # old\n' },
      [['.python-version, which says "3.11", "3.12", "3.10"', ['3.11']]],
    ],
    [
      'runtime.txt',
      { 'job/runtime.txt': 'Python-3.9.1\nnode-20' },
      [['runtime.txt, which says "Python-3.9.1"', ['3.9']]],
    ],
    [
      '.tool-versions',
      { 'job/.tool-versions': 'nodejs 20\npython  3.10.2 3.9.1\nmy-python 3.9\n' },
      [['.tool-versions, which says "3.10.2"', ['3.10']]],
    ],
    ['mise.toml', { 'job/mise.toml': '[tools]\npython = "3.11"' }, [['mise.toml, which says "3.11"', ['3.11']]]],
    [
      '.mise.toml',
      { 'job/.mise.toml': '[tools]\npython = ["3.11", "3.9"]' },
      [['.mise.toml, which says "3.11"', ['3.11']]],
    ],
    [
      'mise.toml with a table',
      { 'job/mise.toml': '[tools]\npython = { version = "3.11", virtualenv = ".venv" }' },
      [['mise.toml, which says "3.11"', ['3.11']]],
    ],
    ['mise.toml without Python', { 'job/mise.toml': '[tools]\nnode = "20"' }, []],
    ['mise.toml that is none', { 'job/mise.toml': '[tools' }, []],
    [
      'an empty one',
      { 'job/.python-version': '\n# none\n', '.python-version': '3.9' },
      [['.python-version, which says "3.9"', ['3.9']]],
    ],
    [
      'the nearest one',
      { '.python-version': '3.9', 'job/mise.toml': '[tools]\npython = "3.11"' },
      [['mise.toml, which says "3.11"', ['3.11']]],
    ],
  ])('is %s', (_, files, expected) => {
    expect(pinned(files)).toEqual(expected);
  });

  it.each<[string, string[]]>([
    ['3', VERSIONS],
    ['2', []],
    ['3.1', []],
    ['3.12.4', ['3.12']],
    ['3.12-dev', ['3.12']],
    ['3.10.4/envs/acme', ['3.10']],
    ['cpython-3.11', ['3.11']],
    ['CPython@3.11', ['3.11']],
    ['python3.11', ['3.11']],
    ['latest', VERSIONS],
    ['system', VERSIONS],
    ['>=3.11', ['3.11', '3.12']],
    ['<3.10', ['3.9']],
    ['~=3.10.5', ['3.10']],
    ['!=3.9.*', ['3.10', '3.11', '3.12']],
    ['pypy3.10', []],
    ['3.12.4.5', []],
    ['newest', []],
  ])('%s accepts %j', (pin, expected) => {
    expect(accepted(pin)).toEqual(expected);
  });
});

describe('a manifest', () => {
  /** What a manifest declares, and which versions that accepts. */
  function declared(manifest: object, files: Files = {}) {
    const source = sourceOf(files);
    const whole = { folder: join(source.baseDir, 'job'), ...manifest } as Manifest;
    return versionRequirements(source, whole).declared.map(({ found, accepts }) => [found, VERSIONS.filter(accepts)]);
  }
  const project = (range: string) => ({ project: { 'requires-python': range } });
  const says = (file: string, range: string, key = 'requires-python') => `${file}, which says ${key} = "${range}"`;

  it.each<[string, object, unknown]>([
    [
      'a script',
      { kind: 'script', metadata: { 'requires-python': '<3.10' } },
      [[says('the script', '<3.10'), ['3.9']]],
    ],
    ['a script without', { kind: 'script', metadata: {} }, []],
    [
      'pylock.toml',
      { kind: 'pylock', lock: { 'requires-python': '==3.9.*' } },
      [[says('pylock.toml', '==3.9.*'), ['3.9']]],
    ],
    [
      'a Pipfile',
      { kind: 'pipenv', pipfile: { requires: { python_version: '3.11' } } },
      [['the Pipfile, which says "3.11"', ['3.11']]],
    ],
    [
      'a Pipfile with a full version',
      { kind: 'pipenv', pipfile: { requires: { python_version: '3.9', python_full_version: '3.11.2' } } },
      [['the Pipfile, which says "3.11.2"', ['3.11']]],
    ],
    ['a Pipfile without', { kind: 'pipenv', pipfile: {} }, []],
    ['PDM', { kind: 'pdm', pyproject: project('>=3.12') }, [[says('pyproject.toml', '>=3.12'), ['3.12']]]],
    [
      'Poetry',
      { kind: 'poetry', pyproject: { tool: { poetry: { dependencies: { python: '~3.9 || ~3.11' } } } } },
      [[says('pyproject.toml', '~3.9 || ~3.11', 'python'), ['3.9', '3.11']]],
    ],
    [
      'Poetry with several',
      {
        kind: 'poetry',
        pyproject: { ...project('>=3.9'), tool: { poetry: { dependencies: { python: ['>=3.10', '<3.12'] } } } },
      },
      [
        [says('pyproject.toml', '>=3.9'), VERSIONS],
        [says('pyproject.toml', '>=3.10', 'python'), ['3.10', '3.11', '3.12']],
        [says('pyproject.toml', '<3.12', 'python'), ['3.9', '3.10', '3.11']],
      ],
    ],
    [
      'uv, and its lockfile',
      { kind: 'uv', pyproject: project('>=3.11'), lock: { 'requires-python': '>=3.12' } },
      [
        [says('pyproject.toml', '>=3.11'), ['3.11', '3.12']],
        [says('uv.lock', '>=3.12'), ['3.12']],
      ],
    ],
    ['uv without', { kind: 'uv', pyproject: {} }, []],
  ])('can be of %s', (_, manifest, expected) => {
    expect(declared(manifest)).toEqual(expected);
  });

  it('can be beside requirements.txt', () => {
    const manifest = { kind: 'requirements', path: 'r.txt', setup: false };
    const files = {
      'job/pyproject.toml': '[project]\nrequires-python = ">=3.11"\n',
      'job/setup.cfg': '[options]\npython_requires =  <3.12 \n',
    };
    expect(declared(manifest, files)).toEqual([
      [says('pyproject.toml', '>=3.11'), ['3.11', '3.12']],
      [says('setup.cfg', '<3.12', 'python_requires'), ['3.9', '3.10', '3.11']],
    ]);
    expect(
      declared({ kind: 'setup' }, { 'job/pyproject.toml': '[project', 'job/setup.cfg': '# python_requires = 3' }),
    ).toEqual([]);
    expect(declared({ kind: 'none' })).toEqual([]);
  });

  it.each<[string, string[]]>([
    [' 3.11 ', ['3.11']],
    ['3.11.2', []],
    // The images have the newest patch release, which a lower bound never excludes.
    ['>=3.11.2', ['3.11', '3.12']],
    ['==3.11.0', ['3.11']],
    ['any', VERSIONS],
  ])('with the range %j accepts %j', (range, expected) => {
    expect(declared({ kind: 'pdm', pyproject: project(range) })[0]?.[1]).toEqual(expected);
  });
});

describe('the version of a job', () => {
  function version(files: Files, settings?: object, manifest?: (source: BuildpackSource) => Manifest) {
    const source = sourceOf(files, settings);
    return pythonVersion(source, (manifest ?? none)(source));
  }
  const uv =
    (range: string) =>
    (source: BuildpackSource): Manifest => {
      const pyproject = { project: { 'requires-python': range } };
      return { kind: 'uv', folder: source.baseDir, pyproject, workspace: source.baseDir, root: pyproject };
    };

  it('is the default, with its newest patch number', () => {
    expect(version({})).toEqual({ minor: '3.12', full: expect.stringMatching(/^3\.12\.\d+$/) });
  });

  it('fits the pin and the manifest', () => {
    expect(version({ '.python-version': '3' }, {}, uv('<3.12'))).toMatchObject({ minor: '3.11' });
  });

  it('is what the config says, whatever a pin says', () => {
    expect(version({ '.python-version': '3.9' }, { pythonVersion: '3.11' })).toMatchObject({ minor: '3.11' });
    expect(version({ '.python-version': '3.9' }, { pythonVersion: '3.11' }, uv('>=3.11'))).toMatchObject({
      minor: '3.11',
    });
  });

  it('is refused if no image has it', () => {
    expect(version({}, { pythonVersion: '2.6' })).toMatchObject({ ofSetting: true });
    expect(version({ '.python-version': '2.6' })).toMatchObject({ ofSetting: false });
  });

  it('is refused if the installer would refuse it', () => {
    expect(version({}, { pythonVersion: '3.9' }, uv('>=3.13'))).toEqual({
      finding: {
        found: '"3.9", and pyproject.toml, which says requires-python = ">=3.13"',
        accepted: '3.13, 3.14',
        options: expect.anything(),
        fix: 'change one of the two, or remove pythonVersion',
      },
      ofSetting: true,
    });
    expect(version({}, { pythonVersion: '3.9' }, uv('>=9'))).toMatchObject({
      finding: { accepted: 'a version that both name' },
    });
    const setup = (source: BuildpackSource): Manifest => ({ kind: 'setup', folder: join(source.baseDir, 'job') });
    const files = { 'job/setup.cfg': 'python_requires = >=3.13\n' };
    expect(version(files, { pythonVersion: '3.9' }, setup)).toMatchObject({ ofSetting: true });
    expect(version(files, { pythonVersion: '3.9' })).toMatchObject({ minor: '3.9' });
  });
});
