import { createHash } from 'node:crypto';
import { pdm } from '../../../../modules/container/buildpack/python/pdm';
import { NOTHING, PIP, TARGET } from './installed';

/** What is installed of a project in `/project`. */
function installed(pyproject: object, packages: readonly object[] = [], settings = {}, metadata: object = {}) {
  return pdm('/project', { ...pyproject }, { package: packages, metadata }, settings, TARGET);
}
const project = (...dependencies: string[]) => ({ project: { name: 'a', dependencies } });
const sha256 = (text: string) => `sha256:${createHash('sha256').update(text).digest('hex')}`;

it('an empty project installs nothing', () => {
  expect(installed({})).toEqual({ ...NOTHING, archives: new Map() });
});

describe('a package of the lockfile', () => {
  it('is installed with its hashes, if the project needs it in the image', () => {
    const files = [
      { file: 'six-1.whl', hash: 'sha256:1' },
      { url: 'https://example.com/six-1.tar.gz#x', hash: 'sha256:2' },
      {},
    ];
    const packages = [
      { name: 'Six', version: '1', files },
      { name: 'idna', version: '3', marker: "sys_platform == 'win32'" },
      { name: 'rich', version: '2' },
    ];
    const { requirements, archives, distributions } = installed(project('six', 'idna'), packages);
    expect(requirements).toBe('six==1 \\\n    --hash=sha256:1 \\\n    --hash=sha256:2\n');
    expect(archives?.get('six')).toEqual(['six-1.whl', 'https://example.com/six-1.tar.gz']);
    expect(distributions.installed).toEqual(new Set(['six']));
  });

  it('brings those that it and its extras need', () => {
    const packages = [
      { name: 'a', version: '1', dependencies: ['b'] },
      { name: 'a', version: '1', extras: ['S3'], dependencies: ['c'] },
      { name: 'b', version: '1' },
      { name: 'c', version: '1' },
    ];
    expect(installed(project('a'), packages).requirements).toBe('a==1\nb==1\n');
    expect(installed(project('a[s3]'), packages).requirements).toBe('a==1\nb==1\nc==1\n');
  });

  it.each([
    [{ git: 'https://example.com/a', revision: 'abc', ref: 'main' }, 'a @ git+https://example.com/a@abc\n'],
    [{ git: 'https://example.com/a', ref: 'main' }, 'a @ git+https://example.com/a@main\n'],
    [{ url: 'https://example.com/a.whl' }, 'a @ https://example.com/a.whl\n'],
    [{}, 'a==1\n'],
  ])('is from where the lockfile says: %j', (more, requirements) => {
    expect(installed(project('a'), [{ name: 'a', version: '1', ...more }])).toMatchObject({
      requirements,
      fromSources: [],
    });
  });

  it.each([
    [{ path: './lib' }, `${PIP} --no-deps './lib'`, '/project/lib'],
    [{ path: '../lib', editable: true }, `${PIP} --no-deps --editable '../lib'`, '/lib'],
  ])('can be a folder: %j', (more, command, path) => {
    expect(installed(project('a'), [{ name: 'a', version: '1', ...more }])).toMatchObject({
      requirements: '',
      fromSources: [command],
      beside: [path],
    });
  });
});

it('further indexes of the project come first', () => {
  const source = [{ url: 'https://pypi.example.com/simple' }, { name: 'none' }];
  const pyproject = { ...project('six'), tool: { pdm: { source } } };
  expect(installed(pyproject, [{ name: 'six', version: '1' }]).requirements).toBe(
    '--extra-index-url https://pypi.example.com/simple\nsix==1\n',
  );
});

describe('the project itself', () => {
  const BUILD = { ...project(), 'build-system': {} };
  const ITSELF = [`${PIP} --no-deps --editable .`];

  it.each<[string, object, object, string[]]>([
    ['is installed if it can be built', BUILD, {}, ITSELF],
    ['is not installed without a build', project(), {}, []],
    ['is not installed without it', { ...BUILD, 'dependency-groups': { dev: [] } }, { uvOnlyGroups: ['dev'] }, []],
    ['is not installed as no distribution', { ...BUILD, tool: { pdm: { distribution: false } } }, {}, []],
    ['is not installed as an application', { ...BUILD, tool: { pdm: { 'package-type': 'application' } } }, {}, []],
    ['is installed as a library', { ...BUILD, tool: { pdm: { 'package-type': 'library' } } }, {}, ITSELF],
    [
      'is installed as a distribution, whatever the older property says',
      { ...BUILD, tool: { pdm: { distribution: true, 'package-type': 'application' } } },
      {},
      ITSELF,
    ],
  ])('%s', (_, pyproject, settings, fromSources) => {
    expect(installed(pyproject, [], settings).fromSources).toEqual(fromSources);
  });
});

describe('groups', () => {
  const pyproject = {
    ...project(),
    'dependency-groups': { job: ['six'] },
    tool: { pdm: { 'dev-dependencies': { job: ['idna'], test: ['rich'] } } },
  };
  const packages = ['six', 'idna', 'rich'].map((name) => ({ name, version: '1' }));

  it('are of the standard table and of the former one, and installed if they are wanted', () => {
    expect(installed(pyproject, packages).requirements).toBe('');
    expect(installed(pyproject, packages, { uvWithGroups: ['job'] }).requirements).toBe('idna==1\nsix==1\n');
    expect(installed(pyproject, packages, { uvWithGroups: ['test'] }).requirements).toBe('rich==1\n');
  });

  it('must be there', () => {
    expect(installed(pyproject, packages, { uvWithGroups: ['docs'] }).problems).toEqual([
      {
        found: 'the group "docs", which the project does not have',
        accepted: '"job", "test"',
        fix: 'correct uvWithGroups',
      },
    ]);
  });
});

describe('a lockfile', () => {
  const EMPTY =
    '{"dependencies": [], "dev-dependencies": {}, "optional-dependencies": {}, "requires-python": "", "resolution": {}, "sources": []}';
  const pyproject = {
    project: { dependencies: ['six'], 'optional-dependencies': { s3: ['boto3'] }, 'requires-python': '>=3.9' },
    'dependency-groups': { My_Job: ['idna'] },
    tool: {
      pdm: {
        source: [{ url: 'https://a' }],
        resolution: { 'allow-prereleases': true },
        'dev-dependencies': { 'my-job': ['rich'], test: ['mypy'] },
      },
    },
  };
  const WHOLE =
    '{"dependencies": ["six"], "dev-dependencies": {"my-job": ["idna", "rich"], "test": ["mypy"]}, ' +
    '"optional-dependencies": {"s3": ["boto3"]}, "requires-python": ">=3.9", "resolution": {"allow-prereleases": true}, ' +
    '"sources": [{"url": "https://a"}]}';

  it.each([
    [{}, EMPTY],
    [pyproject, WHOLE],
  ])('fits %j if it has the hash of its dependencies', (given, text) => {
    expect(installed(given, [], {}, { content_hash: sha256(text) }).problems).toEqual([]);
  });

  it('without a hash fits', () => {
    expect(installed(pyproject).problems).toEqual([]);
  });

  it('of other dependencies is refused', () => {
    expect(installed(pyproject, [], {}, { content_hash: sha256(EMPTY) }).problems).toEqual([
      {
        found: "a pdm.lock that does not fit pyproject.toml: the project's dependencies have changed since",
        accepted: 'a lockfile of the same dependencies',
        fix: 'run pdm lock, and commit the file',
      },
    ]);
  });
});
