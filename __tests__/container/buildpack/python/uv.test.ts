import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Installation } from '../../../../modules/container/buildpack/python/installation';
import { type UvProject, uv } from '../../../../modules/container/buildpack/python/uv';
import { folder, removeFolders } from '../../folder';

afterEach(removeFolders);

const TARGET = { version: '3.13.1', architecture: 'x86_64' } as const;
type Settings = Parameters<typeof uv>[1];

const REGISTRY = { registry: 'https://pypi.org/simple' };
const wheel = (name: string, version = '1.0') => ({
  name,
  version,
  source: REGISTRY,
  wheels: [{ url: `https://files/${name}.whl` }],
});

const PYPROJECT = {
  project: { name: 'job', dependencies: ['requests>=2'], 'optional-dependencies': { s3: ['boto3'] } },
  'dependency-groups': { dev: ['pytest'], report: ['rich'] },
};
const OWN = {
  name: 'job',
  source: { virtual: '.' },
  dependencies: [{ name: 'requests' }],
  'optional-dependencies': { s3: [{ name: 'boto3' }] },
  'dev-dependencies': { dev: [{ name: 'pytest' }], report: [{ name: 'rich' }] },
};
const LOCK = {
  package: [
    OWN,
    { ...wheel('requests'), dependencies: [{ name: 'idna' }] },
    ...['idna', 'boto3', 'pytest', 'rich'].map((name) => wheel(name)),
  ],
};

function project(more: Partial<UvProject> = {}, files: { readonly [path: string]: string } = {}): UvProject {
  const root = folder({ 'pyproject.toml': '', ...files });
  return { folder: root, workspace: root, pyproject: PYPROJECT, root: PYPROJECT, lock: LOCK, ...more };
}

const installed = ({ distributions }: Installation) => [...distributions.installed].sort();
const of = (settings: Settings = {}, more: Partial<UvProject> = {}) => uv(project(more), settings, TARGET);

describe('with a lockfile', () => {
  it('installs the dependencies of the project, and what they need, as locked', () => {
    const found = of();
    expect(installed(found)).toEqual(['idna', 'requests']);
    expect(found.commands).toEqual([
      expect.stringMatching(/ uv sync --no-cache --inexact --frozen --no-dev --no-install-local$/),
    ]);
    expect(found.fromSources).toEqual([]);
    expect(found.distributions.whole).toBe(true);
    expect(found.archives?.get('idna')).toEqual(['https://files/idna.whl']);
    expect([...(found.archives?.keys() ?? [])].sort()).toEqual(['idna', 'requests']);
  });

  it.each<[Settings, string[], string]>([
    [{ uvOptionalDependencies: ['s3'] }, ['boto3', 'idna', 'requests'], '--frozen --no-dev --extra'],
    [{ uvWithGroups: ['report'] }, ['idna', 'requests', 'rich'], '--frozen --no-dev --group'],
    [{ uvWithGroups: ['dev'] }, ['idna', 'pytest', 'requests'], '--frozen --group'],
    [{ uvOnlyGroups: ['report'] }, ['rich'], '--frozen --only-group'],
    [{ uvWithoutGroups: ['report'] }, ['idna', 'requests'], '--frozen --no-dev --no-group'],
  ])('installs by %j: %j', (settings, names, options) => {
    const found = of(settings);
    expect(installed(found)).toEqual(names);
    expect(found.commands[0]).toContain(`--inexact ${options}`);
  });

  it('installs groups that are so by default, except for those of development', () => {
    const root = { tool: { uv: { 'default-groups': ['dev', 'report'] } } };
    expect(installed(of({}, { root }))).toEqual(['idna', 'requests', 'rich']);
    expect(installed(of({ uvWithoutGroups: ['report'] }, { root }))).toEqual(['idna', 'requests']);
    expect(installed(of({}, { root: { tool: { uv: { 'default-groups': 'all' } } } }))).toEqual([
      'idna',
      'requests',
      'rich',
    ]);
  });

  it('leaves what a marker excludes, and takes the version that is meant', () => {
    const lock = {
      package: [
        {
          ...OWN,
          dependencies: [
            { name: 'pywin32', marker: "sys_platform == 'win32'" },
            { name: 'numpy', version: '2.0', marker: "python_full_version >= '3.12'" },
            { name: 'numpy', version: '1.0', marker: "python_full_version < '3.12'" },
          ],
        },
        wheel('pywin32'),
        { ...wheel('numpy', '2.0'), wheels: [{ url: 'two.whl' }] },
        { ...wheel('numpy', '1.0'), wheels: [{ url: 'one.whl' }] },
      ],
    };
    const found = of({}, { lock });
    expect(installed(found)).toEqual(['numpy']);
    expect(found.archives?.get('numpy')).toEqual(['two.whl']);
  });

  it('installs the extras of a dependency that are asked for, and ends in a circle', () => {
    const lock = {
      package: [
        { ...OWN, dependencies: [{ name: 'a', extra: ['x'] }] },
        { ...wheel('a'), 'optional-dependencies': { x: [{ name: 'b' }], y: [{ name: 'c' }] } },
        { ...wheel('b'), dependencies: [{ name: 'a', extra: ['x'] }] },
        wheel('c'),
      ],
    };
    expect(installed(of({}, { lock }))).toEqual(['a', 'b']);
  });

  it('downloads what comes from a repository, and sends what comes from a folder', () => {
    const lock = {
      package: [
        { ...OWN, dependencies: [{ name: 'lib' }, { name: 'remote' }] },
        { name: 'lib', source: { editable: 'lib' } },
        { name: 'remote', source: { git: 'https://github.com/a/remote#1' } },
      ],
    };
    const given = project({ lock }, { 'lib/pyproject.toml': '[project]\nname = "lib"' });
    const found = uv(given, {}, TARGET);
    expect(found.repositories).toEqual(['https://github.com/a/remote#1']);
    expect(found.beside).toEqual([join(given.folder, 'lib')]);
    expect(found.fromSources).toEqual([expect.stringMatching(/--no-dev$/)]);
    expect(found.manifests?.map(({ path }) => path)).toContain(join(given.folder, 'lib/pyproject.toml'));
    expect([...(found.archives?.keys() ?? [])]).toEqual([]);
  });

  it('builds a project that is a package, by a build system or by its own word', () => {
    expect(of({}, { pyproject: { ...PYPROJECT, 'build-system': {} } }).fromSources).toHaveLength(1);
    expect(of({}, { pyproject: { ...PYPROJECT, tool: { uv: { package: true } } } }).fromSources).toHaveLength(1);
    const isNone = { ...PYPROJECT, 'build-system': {}, tool: { uv: { package: false } } };
    expect(of({}, { pyproject: isNone }).fromSources).toEqual([]);
  });

  it('names a member of a workspace, and works in the workspace', () => {
    const workspace = folder({ 'pyproject.toml': '', 'uv.lock': '', 'uv.toml': '' });
    const member = join(workspace, 'member');
    mkdirSync(member);
    writeFileSync(join(member, 'pyproject.toml'), '');
    const lock = { package: [{ ...OWN, source: { virtual: 'member' } }, wheel('requests')] };
    const found = uv({ folder: member, workspace, pyproject: PYPROJECT, root: {}, lock }, {}, TARGET);
    expect(found.folder).toBe(workspace);
    expect(found.commands[0]).toMatch(/--frozen --package "?'?job'?"? --no-dev/);
    expect(found.manifests?.map(({ path }) => path)).toEqual(
      ['pyproject.toml', 'member/pyproject.toml', 'uv.lock', 'uv.toml'].map((name) => join(workspace, name)),
    );
    expect(installed(found)).toEqual(['requests']);
  });

  it('has the groups of a workspace without a project in the lockfile itself', () => {
    const lock = { manifest: { 'dependency-groups': { report: [{ name: 'rich' }] } }, package: [wheel('rich')] };
    const pyproject = { 'dependency-groups': { report: ['rich'] } };
    const found = of({ uvWithGroups: ['report'] }, { pyproject, root: pyproject, lock });
    expect(installed(found)).toEqual(['rich']);
    expect(found.problems).toEqual([]);
  });
});

describe('a lockfile', () => {
  const problems = (toml: string, metadata: object, lock: object = {}) => {
    const given = project(
      { lock: { package: [{ ...OWN, metadata }, wheel('requests')], ...lock } },
      { 'pyproject.toml': toml },
    );
    return (uv(given, {}, TARGET).problems ?? []).map(({ found }) => String(found).replace(/^.*pyproject\.toml: /, ''));
  };
  const declaring = (...list: string[]) => `[project]\nname = "job"\ndependencies = ${JSON.stringify(list)}\n`;

  it.each<[string, string[], object[], string[]]>([
    ['of the same dependencies', ['requests>=2'], [{ name: 'requests', specifier: '>=2' }], []],
    ['with conditions in another order', ['requests>=2,<3'], [{ name: 'requests', specifier: '<3,>=2' }], []],
    ['with a pre-release in another spelling', ['a>=1.0-beta1'], [{ name: 'a', specifier: '>=1.0beta1' }], []],
    ['of another range', ['requests>=3'], [{ name: 'requests', specifier: '>=2' }], ['"requests >=3" is not in it']],
    ['without one', ['requests', 'new'], [{ name: 'requests' }], ['"new" is not in it']],
    [
      'with one too many',
      ['requests'],
      [{ name: 'requests' }, { name: 'old' }],
      ['"old" is in it, and no dependency any more'],
    ],
    ['with one of a repository, whose range can be missing', ['a>=1'], [{ name: 'a', git: 'https://x' }], []],
  ])('%s', (_, declared, locked, expected) => {
    expect(problems(declaring(...declared), { 'requires-dist': locked })).toEqual(expected);
  });

  it('that lacks a dependency of a group', () => {
    const toml = `${declaring()}[dependency-groups]\nreport = ["rich"]\n`;
    expect(problems(toml, {})).toEqual(['"rich" is not in it']);
    expect(problems(toml, { 'requires-dev': { report: [{ name: 'rich' }] } })).toEqual([]);
  });

  it('is not compared with dependencies that only the build knows', () => {
    expect(
      problems('[project]\nname = "job"\ndynamic = ["dependencies"]\n', { 'requires-dist': [{ name: 'a' }] }),
    ).toEqual([]);
  });

  it('without the project of a member of a workspace', () => {
    const workspace = folder({ 'pyproject.toml': '', 'member/pyproject.toml': '' });
    const given = {
      folder: join(workspace, 'member'),
      workspace,
      pyproject: PYPROJECT,
      root: {},
      lock: { package: [] },
    };
    expect(uv(given, {}, TARGET).problems).toMatchObject([
      { found: expect.stringContaining('the project is not in it'), fix: 'run uv lock, and commit the file' },
    ]);
  });
});

describe('without a lockfile', () => {
  const unlocked = (pyproject: object, settings: Settings = {}) =>
    uv(project({ pyproject: pyproject as never, root: {}, lock: undefined }), settings, TARGET);

  it('lets uv resolve what is declared', () => {
    const found = unlocked(PYPROJECT, { uvWithGroups: ['report'] });
    expect(found.commands[0]).not.toContain('--frozen');
    expect(installed(found)).toEqual(['requests', 'rich']);
    expect(found.distributions).toMatchObject({ whole: false, opaque: false });
    expect(found.archives?.get('requests')).toEqual([]);
  });

  it('installs the former group of development by its name', () => {
    const pyproject = { project: PYPROJECT.project, tool: { uv: { 'dev-dependencies': ['ruff'] } } };
    expect(installed(unlocked(pyproject))).toEqual(['requests']);
    expect(installed(unlocked(pyproject, { uvWithGroups: ['dev'] }))).toEqual(['requests', 'ruff']);
  });

  it('leaves what a marker excludes', () => {
    const dependencies = ["a; sys_platform == 'win32'", 'b'];
    expect(installed(unlocked({ project: { name: 'job', dependencies } }))).toEqual(['b']);
  });

  it('installs in one step what only the build knows', () => {
    const found = unlocked({ project: { name: 'job', dynamic: ['dependencies'] } });
    expect(found.commands).toEqual([]);
    expect(found.fromSources).toHaveLength(1);
    expect(found.distributions.opaque).toBe(true);
  });

  it('sends folders of sources, and builds from them', () => {
    const sources = { lib: { path: '../lib' }, both: [{ path: 'a', marker: 'x' }, { path: 'b' }] };
    const found = unlocked({ ...PYPROJECT, tool: { uv: { sources } } });
    expect(found.beside?.map((path) => path.split('/').at(-1))).toEqual(['lib', 'a', 'b']);
    expect(found.fromSources).toHaveLength(1);
    expect(found.distributions.opaque).toBe(true);
  });
});

it('refuses a group that the project does not have', () => {
  expect(of({ uvWithGroups: ['nowhere'] }).problems).toMatchObject([
    { found: expect.stringContaining('"nowhere"'), fix: 'correct uvWithGroups' },
  ]);
});
