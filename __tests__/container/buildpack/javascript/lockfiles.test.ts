import { type NodeProject, nodeProject } from '../../../../modules/container/buildpack/javascript/packages/project';
import { folder, removeFolders } from '../../folder';
import { WORKSPACES } from './workspace';

type Files = { readonly [path: string]: string };

function project(files: Files): NodeProject {
  const found = nodeProject(folder(files));
  if ('found' in found) throw new Error(String(found.found));
  return found;
}

/** What a name means to a folder: a version, a folder, or why it is neither. */
function meaning({ lockfile }: NodeProject, name: string, from: string) {
  const found = lockfile.resolve(name, from);
  if (found.kind === 'unsure') return found.versions.join(' or ');
  return found.kind === 'installed' ? (found.locked.localFolder ?? found.locked.version) : found.kind;
}

const changed = (files: Files, path: string, change: (manifest: Record<string, unknown>) => object): Files => ({
  ...files,
  [path]: JSON.stringify(change(JSON.parse(files[path] ?? '{}'))),
});

afterEach(removeFolders);

describe.each(WORKSPACES)('the lockfile of %s', (manager, lockfile, files) => {
  it.each([
    ["a member's own version", 'heavy', 'packages/a/src', '2.0.0'],
    ["the root's version", 'heavy', '', '1.0.0'],
    ['an alias', 'other', 'packages/a', '3.0.0'],
    ['a member of the workspace', 'lib', 'packages/a', 'packages/b'],
    ['a package of a package, there once', 'once', 'packages/a', '1.0.0'],
    ['a package for development', 'tool', 'packages/a', 'development'],
    ['a package of one for development', 'helper', '', 'development'],
    ['nothing', 'missing', 'packages/a', 'absent'],
  ])('says what a name means: %s', (_, name, from, wanted) => {
    expect(meaning(project(files), name, from)).toBe(wanted);
  });

  it('says where a package of packages is only if it says in which folder each one is', () => {
    expect(meaning(project(files), 'deep', 'packages/a')).toBe(manager === 'npm' ? '1.0.0' : '1.0.0 or 2.0.0');
  });

  it('has what its manifests ask for', () => {
    const { lockfile: read, members: manifests } = project(files);
    expect([...manifests.keys()].sort()).toEqual(['', 'packages/a', 'packages/b']);
    expect(read.stale(manifests)).toEqual([]);
  });

  it('is out of date if a manifest asks for something else', () => {
    const more = changed(files, 'packages/a/package.json', (manifest) => ({
      ...manifest,
      devDependencies: { added: '^1.0.0' },
    }));
    const other = changed(files, 'package.json', (manifest) => ({ ...manifest, dependencies: { heavy: '^5.0.0' } }));
    const stale = [more, other].flatMap((given) => {
      const { lockfile: read, members: manifests } = project(given);
      return read.stale(manifests);
    });
    expect(stale).toEqual([
      { folder: 'packages/a', name: 'added', wanted: '^1.0.0' },
      { folder: '', name: 'heavy', wanted: '^5.0.0' },
    ]);
  });

  it('names no files of the project, and nothing that Git fetches', () => {
    expect(project(files).lockfile).toMatchObject({ files: [], git: false });
    expect(project(files).lockfileName).toBe(lockfile);
  });
});

describe('npm', () => {
  it('has a tree of packages in its first format', () => {
    const lock = {
      lockfileVersion: 1,
      dependencies: {
        heavy: { version: '1.0.0', requires: { deep: '^1.0.0' }, dependencies: { deep: { version: '1.0.0' } } },
        deep: { version: '2.0.0', dev: true },
        other: { version: 'npm:real@3.0.0' },
        lib: { version: 'file:lib' },
        source: { version: 'git+ssh://git@github.com/a/source.git#0123' },
      },
    };
    const made = project({
      'package.json': JSON.stringify({ dependencies: { heavy: '^1.0.0', other: 'npm:real@^3.0.0', lib: 'file:lib' } }),
      'lib/package.json': '{"name":"lib"}',
      'package-lock.json': JSON.stringify(lock),
    });
    expect(['heavy', 'deep', 'other', 'lib'].map((name) => meaning(made, name, 'jobs'))).toEqual([
      '1.0.0',
      'development',
      '3.0.0',
      'lib',
    ]);
    expect(made.lockfile.stale(made.members)).toEqual([]);
    expect(made.lockfile.git).toBe(true);
  });

  it('finds above what is only for development below, and a version that fits though it is asked for in other words', () => {
    const packages = {
      '': { dependencies: { heavy: '^1.0.0' } },
      'node_modules/heavy': { version: '1.5.0' },
      'packages/a/node_modules/heavy': { version: '2.0.0', dev: true },
      'node_modules/archive': { version: '1.0.0', resolved: 'file:vendor/archive.tgz' },
    };
    const made = project({
      'package.json': '{"dependencies":{"heavy":"^1.4.0"}}',
      'package-lock.json': JSON.stringify({ lockfileVersion: 2, packages }),
    });
    expect(meaning(made, 'heavy', 'packages/a')).toBe('1.5.0');
    expect(made.lockfile.stale(made.members)).toEqual([]);
    expect(made.lockfile.files).toEqual(['vendor/archive.tgz']);
  });
});

describe('pnpm', () => {
  it('has no importers where there is one project, and knows patches, archives, folders and Git', () => {
    const made = project({
      'package.json': JSON.stringify({
        dependencies: { 'is-a': '1.0.0', arc: 'file:arc.tgz', lib: 'file:lib', src: 'a/src' },
      }),
      'lib/package.json': '{"name":"lib"}',
      'pnpm-lock.yaml': `lockfileVersion: '6.0'
patchedDependencies:
  is-a@1.0.0: {hash: abc, path: patches/is-a@1.0.0.patch}
dependencies:
  arc: {specifier: file:arc.tgz, version: file:arc.tgz}
  is-a: {specifier: 1.0.0, version: 1.0.0(patch_hash=abc)}
  lib: {specifier: file:lib, version: file:lib}
  src: {specifier: a/src, version: github.com/a/src/0123}
packages:
  /is-a@1.0.0(patch_hash=abc): {patched: true}
  file:arc.tgz: {resolution: {tarball: file:arc.tgz}, name: arc, version: 4.0.0}
  file:lib: {resolution: {directory: lib, type: directory}, name: lib, version: 1.0.0}
  github.com/a/src/0123: {resolution: {type: git, repo: 'https://github.com/a/src', commit: '0123'}, name: src, version: 5.0.0}
`,
    });
    expect(['is-a', 'arc', 'lib', 'src'].map((name) => meaning(made, name, ''))).toEqual([
      '1.0.0',
      '4.0.0',
      'lib',
      '5.0.0',
    ]);
    expect(made.lockfile.stale(made.members)).toEqual([]);
    expect(made.lockfile).toMatchObject({ files: ['patches/is-a@1.0.0.patch', 'arc.tgz'], git: true });
  });

  it('writes an override where the manifest asks for something else, and is out of date if it has more than is asked for', () => {
    const lock = `lockfileVersion: '9.0'
overrides:
  heavy: 1.0.0
importers:
  .:
    dependencies:
      heavy: {specifier: 1.0.0, version: 1.0.0}
      gone: {specifier: 1.0.0, version: 1.0.0}
`;
    const made = project({ 'package.json': '{"dependencies":{"heavy":"^0.9.0"}}', 'pnpm-lock.yaml': lock });
    expect(made.lockfile.stale(made.members)).toEqual([{ folder: '', name: 'gone', wanted: undefined }]);
  });
});

describe('Yarn', () => {
  it('1 follows resolutions, has links only in manifests, and says that a package stays where it is not hoisted', () => {
    const manifest = {
      workspaces: { packages: ['packages/*'], nohoist: ['**/once'] },
      dependencies: { mid: '^1.0.0', lib: 'link:./lib', arc: 'file:./arc.tgz' },
      resolutions: { '**/once': '2.0.0' },
    };
    const made = project({
      'package.json': JSON.stringify(manifest),
      'lib/package.json': '{"name":"lib"}',
      'yarn.lock':
        'mid@^1.0.0:\n  version "1.0.0"\n  dependencies:\n    once "^1.0.0"\n\nonce@2.0.0, once@^1.0.0:\n  version "2.0.0"\n\n"arc@file:./arc.tgz":\n  version "1.0.0"\n  resolved "file:./arc.tgz#aa"\n',
    });
    expect(['mid', 'lib', 'once'].map((name) => meaning(made, name, ''))).toEqual(['1.0.0', 'lib', '2.0.0']);
    expect(made.lockfile.resolve('once', '').kind).toBe('unsure');
    expect(made.lockfile.stale(made.members)).toEqual([]);
    expect(made.lockfile.files).toEqual(['arc.tgz']);
  });

  it('4 follows resolutions and catalogs, and knows patches of the project and not its own', () => {
    const manifest = {
      dependencies: {
        mid: 'catalog:',
        cat: 'catalog:old',
        pad: 'patch:pad@npm%3A1.3.0#~/.yarn/patches/pad.patch',
        lib: 'portal:./lib',
      },
      resolutions: { once: '2.0.0', 'mid/deep': '3.0.0' },
    };
    const lock = `__metadata:
  version: 8

"cat@npm:^1.0.0":
  version: 1.2.0
  resolution: "cat@npm:1.2.0"

"deep@npm:3.0.0":
  version: 3.0.0
  resolution: "deep@npm:3.0.0"

"lib@portal:./lib::locator=root%40workspace%3A.":
  version: 0.0.0-use.local
  resolution: "lib@portal:./lib::locator=root%40workspace%3A."

"mid@npm:^1.0.0":
  version: 1.0.0
  resolution: "mid@npm:1.0.0"
  dependencies:
    deep: "npm:^1.0.0"
    once: "npm:^1.0.0"
    fsevents: "npm:2.3.3"
  dependenciesMeta:
    fsevents:
      optional: true

"fsevents@npm:2.3.3":
  version: 2.3.3
  resolution: "fsevents@npm:2.3.3"
  conditions: os=darwin

"fsevents@patch:fsevents@npm%3A2.3.3#optional!builtin<compat/fsevents>":
  version: 2.3.3
  resolution: "fsevents@patch:fsevents@npm%3A2.3.3#optional!builtin<compat/fsevents>::version=2.3.3&hash=df0bf1"

"once@npm:2.0.0":
  version: 2.0.0
  resolution: "once@npm:2.0.0"

"pad@patch:pad@npm%3A1.3.0#~/.yarn/patches/pad.patch":
  version: 1.3.0
  resolution: "pad@patch:pad@npm%3A1.3.0#~/.yarn/patches/pad.patch::version=1.3.0&hash=9db971"
`;
    const made = project({
      'package.json': JSON.stringify(manifest),
      'lib/package.json': '{"name":"lib"}',
      'yarn.lock': lock,
      '.yarnrc.yml': 'catalog:\n  mid: ^1.0.0\ncatalogs:\n  old:\n    cat: ^1.0.0\n',
    });
    const names = ['mid', 'cat', 'pad', 'once', 'deep', 'lib'];
    expect(names.map((name) => meaning(made, name, ''))).toEqual(['1.0.0', '1.2.0', '1.3.0', '2.0.0', '3.0.0', 'lib']);
    expect(made.lockfile.stale(made.members)).toEqual([]);
    expect(made.lockfile.files).toEqual(['.yarn/patches/pad.patch']);
    const mid = made.lockfile.resolve('mid', '');
    expect(mid.kind === 'installed' && mid.locked.optional.get('fsevents')).toEqual({ os: ['darwin'] });
  });

  it('4 keeps packages near those that need them by its setting', () => {
    const [, , files] = WORKSPACES.find(([manager]) => manager === 'Yarn 4') ?? [];
    const made = project({ ...files, '.yarnrc.yml': 'nmHoistingLimits: workspaces\n' });
    expect(made.lockfile.resolve('once', 'packages/a').kind).toBe('unsure');
  });
});

it('of Bun knows patches and archives', () => {
  const lock =
    '{"lockfileVersion":1,"workspaces":{"":{"dependencies":{"arc":"./arc.tgz"}}},"patchedDependencies":{"a@1.0.0":"patches/a.patch",},"packages":{"arc":["arc@./arc.tgz",{},"sha512-a"],}}';
  const made = project({ 'package.json': '{"dependencies":{"arc":"./arc.tgz"}}', 'bun.lock': lock });
  expect(made.lockfile.files).toEqual(['patches/a.patch', 'arc.tgz']);
  expect(meaning(made, 'arc', '')).toBeUndefined();
});

describe('a project', () => {
  const both = { 'package-lock.json': '{"packages":{}}', 'yarn.lock': '' };

  it.each<[string, Files, string]>([
    [
      'shrinkwrap before the other lockfile of npm',
      { 'npm-shrinkwrap.json': '{}', 'package-lock.json': '{}' },
      'npm-shrinkwrap.json',
    ],
    ['that of packageManager', { ...both, 'package.json': '{"packageManager":"yarn@1.22.22"}' }, 'yarn.lock'],
    ['the text before the binary of Bun', { 'bun.lock': '{}', 'bun.lockb': '' }, 'bun.lock'],
  ])('has one lockfile: %s', (_, files, name) => {
    expect(nodeProject(folder({ 'package.json': '{}', ...files }))).toMatchObject({ lockfileName: name });
  });

  it.each<[string, Files, string, string]>([
    ['several', both, 'package-lock.json, yarn.lock', 'delete the lockfiles that you do not use'],
    ['the binary one of Bun', { 'bun.lockb': '' }, 'bun.lockb', '--save-text-lockfile'],
    [
      'one with a conflict',
      { 'package-lock.json': '<<<<<<< HEAD\n{}' },
      'package-lock.json, which cannot be read',
      'resolve conflicts',
    ],
    ['one that is no YAML', { 'pnpm-lock.yaml': 'a: [' }, 'pnpm-lock.yaml, which cannot be read', 'resolve conflicts'],
    ['one with a conflict, of Bun', { 'bun.lock': '{<<<<' }, 'bun.lock, which cannot be read', 'resolve conflicts'],
  ])('whose lockfile cannot be told is refused: %s', (_, files, found, fix) => {
    expect(nodeProject(folder({ 'package.json': '{}', ...files }))).toMatchObject({
      found: expect.stringContaining(found),
      fix: expect.stringContaining(fix),
    });
  });
});
