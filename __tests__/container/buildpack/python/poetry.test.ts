import { poetry } from '../../../../modules/container/buildpack/python/poetry';
import { poetryHashes } from '../../../../modules/container/buildpack/python/poetry-hash';
import { NOTHING, PIP, TARGET } from './installed';

interface Given {
  readonly packages?: readonly object[];
  readonly settings?: object;
  readonly metadata?: object;
  readonly secrets?: readonly string[];
}

/** What is installed of a project in `/project`. */
function installed(pyproject: object, { packages = [], settings = {}, metadata = {}, secrets = [] }: Given = {}) {
  return poetry('/project', { ...pyproject }, { package: packages, metadata }, settings, TARGET, secrets);
}
const tool = (own: object, more: object = {}) => ({ tool: { poetry: own }, ...more });
const needs = (dependencies: object) => tool({ dependencies });
const named = (...names: string[]) => names.map((name) => ({ name, version: '1' }));

it('an empty project installs nothing', () => {
  expect(installed({})).toEqual({ ...NOTHING, archives: new Map() });
});

describe('what a project needs', () => {
  it.each<[string, object, string]>([
    ['a range', { A_B: '^1', python: '^3.12' }, 'a-b==1\n'],
    ['any version', { 'a-b': '*' }, 'a-b==1\n'],
    ['a table', { 'a-b': { version: '*' } }, 'a-b==1\n'],
    ['a table without a version', { 'a-b': {} }, 'a-b==1\n'],
    ['a marker that holds', { 'a-b': { markers: "python_version > '3.9'" } }, 'a-b==1\n'],
    ['a marker that does not', { 'a-b': { markers: "python_version < '3.9'" } }, ''],
    ['the platform', { 'a-b': { platform: 'linux' } }, 'a-b==1\n'],
    ['another platform', { 'a-b': { platform: 'win32' } }, ''],
    [
      'a marker or a part of it, and another platform',
      { 'a-b': { markers: "os_name == 'posix' or os_name == 'nt'", platform: 'win32' } },
      '',
    ],
    ['this Python', { 'a-b': { python: '>=3.12' } }, 'a-b==1\n'],
    ['an older Python', { 'a-b': { python: '<3.12' } }, ''],
    ['one of several', { 'a-b': [{ python: '<3.12' }, { python: '>=3.12' }] }, 'a-b==1\n'],
    ['none of several', { 'a-b': [{ python: '<3.12' }, { platform: 'win32' }] }, ''],
    ['what is optional', { 'a-b': { optional: true } }, ''],
    ['what is optional, with a marker', { 'a-b': { optional: true, markers: "os_name == 'posix'" } }, ''],
  ])('can be said by %s', (_, dependencies, requirements) => {
    expect(installed(needs(dependencies), { packages: named('a-b', 'python') }).requirements).toBe(requirements);
  });

  it('has the version in its range', () => {
    const packages = [
      { name: 'a', version: '1.4' },
      { name: 'a', version: '2.1' },
    ];
    expect(installed(needs({ a: '^2' }), { packages }).requirements).toBe('a==2.1\n');
    expect(installed(needs({ a: { version: '^2' } }), { packages }).requirements).toBe('a==2.1\n');
    expect(installed(needs({ a: '*' }), { packages }).requirements).toBe('a==1.4\n');
  });

  it('is in [project] too, and then the own table only says from where', () => {
    const pyproject = { project: { dependencies: ['a==1'] }, ...needs({ a: { version: '2', source: 'x' }, b: '*' }) };
    const packages = [{ name: 'a', version: '1' }, { name: 'a', version: '2' }, ...named('b')];
    expect(installed(pyproject, { packages }).requirements).toBe('a==1\nb==1\n');
  });
});

describe('extras', () => {
  const pyproject = tool({
    dependencies: { boto3: { optional: true }, six: { version: '*', optional: true }, idna: '*' },
    extras: { S3: ['Boto3'], all: ['boto3', 'six'] },
  });
  const packages = named('boto3', 'six', 'idna');

  it.each([
    [{}, 'idna==1\n'],
    [{ uvOptionalDependencies: ['s3'] }, 'boto3==1\nidna==1\n'],
    [{ uvOptionalDependencies: ['ALL'] }, 'boto3==1\nidna==1\nsix==1\n'],
  ])('bring what is optional: %j', (settings, requirements) => {
    expect(installed(pyproject, { packages, settings })).toMatchObject({ requirements, problems: [] });
  });

  it('are known once, with those of [project]', () => {
    const both = { ...pyproject, project: { 'optional-dependencies': { s3: [], mail: [] } } };
    expect(installed(both, { settings: { uvOptionalDependencies: ['gcs'] } }).problems).toEqual([
      {
        found: 'the extra "gcs", which the project does not have',
        accepted: '"s3", "mail", "all"',
        fix: 'correct uvOptionalDependencies',
      },
    ]);
  });

  it('of a package bring what the lockfile says, with a marker or as in old ones', () => {
    const current = { six: { version: '*', optional: true, markers: 'extra == "s3"' } };
    const a = { name: 'a', version: '1', dependencies: current };
    const dependencies = { six: { version: '*', optional: true } };
    const old = { ...a, dependencies, extras: { s3: ['six (>=1)', 'rich'], mail: ['idna'] } };
    for (const one of [a, old]) {
      const given = { packages: [one, ...named('six')] };
      expect(installed(needs({ a: '*' }), given).requirements).toBe('a==1\n');
      expect(installed(needs({ a: { version: '*', extras: ['S3'] } }), given).requirements).toBe('a==1\nsix==1\n');
      expect(installed(needs({ a: { version: '*', extras: ['mail'] } }), given).requirements).toBe('a==1\n');
    }
  });
});

describe('groups', () => {
  const pyproject = tool(
    {
      group: { dev: { dependencies: { mypy: '*' } }, job: { dependencies: { six: '*' } } },
      'dev-dependencies': { rich: '*' },
    },
    { 'dependency-groups': { job: ['idna'] } },
  );
  const packages = named('mypy', 'six', 'rich', 'idna');

  it.each([
    [{}, ''],
    [{ uvWithGroups: ['job'] }, 'idna==1\nsix==1\n'],
    [{ uvWithGroups: ['dev'] }, 'mypy==1\nrich==1\n'],
  ])('are of all tables, and installed if they are wanted: %j', (settings, requirements) => {
    expect(installed(pyproject, { packages, settings }).requirements).toBe(requirements);
  });

  it('are no others', () => {
    const accepted = (given: object) =>
      installed(given, { settings: { uvWithGroups: ['none'] } }).problems?.map((problem) => problem.accepted);
    expect(accepted(pyproject)).toEqual(['"job", "dev"']);
    expect(accepted(tool({ 'dev-dependencies': {} }))).toEqual(['none: the project has no groups']);
  });
});

describe('a package of the lockfile', () => {
  it('has its hashes, and its files are known', () => {
    const files = [
      { file: 'a-1.whl', hash: 'sha256:1' },
      { url: 'https://example.com/a.tar.gz#x', hash: 'sha256:2' },
      {},
    ];
    const given = { packages: [{ name: 'A', version: '1', files }] };
    const { requirements, archives } = installed(needs({ a: '*' }), given);
    expect(requirements).toBe('a==1 \\\n    --hash=sha256:1 \\\n    --hash=sha256:2\n');
    expect(archives?.get('a')).toEqual(['a-1.whl', 'https://example.com/a.tar.gz']);
  });

  it('is left out if its marker does not hold', () => {
    const packages = [{ name: 'a', version: '1', markers: "sys_platform == 'win32'" }];
    expect(installed(needs({ a: '*' }), { packages }).requirements).toBe('');
  });

  it.each<[object, string]>([
    [{ type: 'git', url: 'https://h/a', resolved_reference: 'abc', reference: 'main' }, 'a @ git+https://h/a@abc\n'],
    [{ type: 'git', url: 'https://h/a', reference: 'main' }, 'a @ git+https://h/a@main\n'],
    [{ type: 'git', url: 'git@h.example:me/a.git', reference: 'b' }, 'a @ git+ssh://git@h.example/me/a.git@b\n'],
    [{ type: 'git', url: 'ssh://git@h:22/a', reference: 'b' }, 'a @ git+ssh://git@h:22/a@b\n'],
    [
      { type: 'git', url: 'https://h/a', reference: 'b', subdirectory: 'lib' },
      'a @ git+https://h/a@b#subdirectory=lib\n',
    ],
    [{ type: 'url', url: 'https://h/a.whl' }, 'a @ https://h/a.whl\n'],
    [
      { type: 'legacy', url: 'https://pypi.example.com/simple' },
      '--extra-index-url https://pypi.example.com/simple\na==1\n',
    ],
    [{ type: 'legacy', url: 'https://pypi.org/simple' }, 'a==1\n'],
    [{ type: 'legacy', url: 'https://pypi.python.org/simple' }, 'a==1\n'],
    [
      { type: 'legacy', url: 'https://m.example.com/https://pypi.org/' },
      '--extra-index-url https://m.example.com/https://pypi.org/\na==1\n',
    ],
    [{ type: 'other', url: 'https://h' }, 'a==1\n'],
    [{}, 'a==1\n'],
  ])('is from where the lockfile says: %j', (source, requirements) => {
    const given = { packages: [{ name: 'a', version: '1', source }] };
    expect(installed(needs({ a: '*' }), given)).toMatchObject({ requirements, fromSources: [], beside: [] });
  });

  it.each([
    [{ source: { type: 'directory', url: '../lib' }, develop: true }, `--editable '../lib'`, '/lib'],
    [{ source: { type: 'directory', url: 'lib' }, develop: false }, `'./lib'`, '/project/lib'],
    [{ source: { type: 'file', url: 'a.whl' } }, `'./a.whl'`, '/project/a.whl'],
  ])('can be a folder or file: %j', (more, words, path) => {
    const given = { packages: [{ name: 'a', version: '1', ...more }] };
    expect(installed(needs({ a: '*' }), given)).toMatchObject({
      requirements: '',
      fromSources: [`${PIP} --no-deps ${words}`],
      beside: [path],
    });
  });
});

describe('an index with credentials', () => {
  const URL = 'https://pypi.example.com/simple';
  const source = [{ name: 'none' }, { name: 'my.own-index', url: `${URL}/` }];
  const pyproject = tool({ dependencies: { a: '*' }, source });
  const packages = [{ name: 'a', version: '1', source: { type: 'legacy', url: URL } }];
  const [user, password] = ['POETRY_HTTP_BASIC_MY_OWN_INDEX_USERNAME', 'POETRY_HTTP_BASIC_MY_OWN_INDEX_PASSWORD'];

  it('has them of the build secrets that Poetry would read', () => {
    expect(installed(pyproject, { packages, secrets: [user, password] }).requirements).toBe(
      `--extra-index-url https://\${${user}}:\${${password}}@pypi.example.com/simple\na==1\n`,
    );
  });

  it.each([[[user]], [[password]], [[]]])('has none with %j alone', (secrets) => {
    expect(installed(pyproject, { packages, secrets }).requirements).toBe(`--extra-index-url ${URL}\na==1\n`);
  });
});

describe('the project itself', () => {
  const PACKAGE = tool({ name: 'a', packages: [{ include: 'a' }], group: { dev: {} } }, { 'build-system': {} });

  it('is installed if it is a package', () => {
    expect(installed(PACKAGE).fromSources).toEqual([`${PIP} --no-deps --editable .`]);
    expect(installed(tool({ name: 'a' })).fromSources).toEqual([]);
  });

  it('is not installed without it', () => {
    expect(installed(PACKAGE, { settings: { uvOnlyGroups: ['dev'] } }).fromSources).toEqual([]);
  });
});

describe('a lockfile', () => {
  const pyproject = needs({ a: '*' });

  it('fits by any hash that a version of Poetry writes, and without one', () => {
    const hashes = [undefined, ...poetryHashes(pyproject)];
    expect(hashes).toHaveLength(4);
    for (const hash of hashes) {
      expect(installed(pyproject, { metadata: { 'content-hash': hash } }).problems).toEqual([]);
    }
  });

  it('of other dependencies is refused', () => {
    expect(installed(pyproject, { metadata: { 'content-hash': 'old' } }).problems).toEqual([
      {
        found: "a poetry.lock that does not fit pyproject.toml: the project's dependencies have changed since",
        accepted: 'a lockfile of the same dependencies',
        fix: 'run poetry lock, and commit the file',
      },
    ]);
  });
});
