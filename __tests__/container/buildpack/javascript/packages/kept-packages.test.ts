import { removeFolders } from '../../../folder';
import { type Files, HEAVY, importing, locked, MEMBER, manifest, placed, workspaceWith } from '../heavy-project';
import { WORKSPACES } from '../workspace';
import { type Given, refused } from './kept';

afterEach(removeFolders);

describe.each(WORKSPACES)('a workspace of %s', (_, lockfile, files) => {
  it('is refused for a package of development', () => {
    expect(refused(workspaceWith(files, ''), ['tool'], MEMBER)).toEqual([
      {
        property: ['entryfilePath'],
        found: '"tool", which stays out of the bundle (it has a binary) and is for development only',
        accepted: `a package in dependencies of packages/a/package.json, at the version in ${lockfile}`,
        fix: 'move "tool" from devDependencies to dependencies in packages/a/package.json and install again, or add it to excludeDependencies if the job never imports "tool"',
      },
    ]);
  });

  it('is refused if node_modules is not what the lockfile says', () => {
    const old = {
      ...workspaceWith(files, "import p from 'heavy';\nconsole.log(p);\n"),
      ...placed('heavy', { version: '1.9.0' }, 'packages/a/'),
    };
    expect(refused(old, ['heavy'], MEMBER)).toEqual([
      expect.objectContaining({
        found: `"heavy" 1.9.0 in node_modules, and 2.0.0 in ${lockfile}`,
        fix: 'install the packages from the lockfile, or update the lockfile',
      }),
    ]);
  });
});

describe('a package that cannot be in the image as it is here is refused:', () => {
  const native = (optional: readonly string[], entries: object = {}) => ({
    ...importing('heavy'),
    ...placed('heavy', { optionalDependencies: Object.fromEntries(optional.map((name) => [name, '1.0.0'])) }),
    ...manifest({ dependencies: { heavy: '^1.0.0' } }),
    ...locked({
      heavy: { version: '1.0.0', optionalDependencies: Object.fromEntries(optional.map((name) => [name, '1.0.0'])) },
      ...entries,
    }),
  });
  const all = ['@heavy/linux-x64-gnu', '@heavy/linux-x64-musl', '@heavy/darwin-arm64'];
  const entry = (...libc: string[]) => ({ version: '1.0.0', optional: true, os: ['linux'], cpu: ['x64'], libc });

  it.each<[string, Files, Given, string, string]>([
    [
      'no lockfile',
      { ...importing('heavy'), ...placed('heavy') },
      {},
      '"heavy" (it has a binary), and no lockfile',
      'with a package manager that writes a lockfile',
    ],
    [
      'not in the lockfile',
      { ...importing('heavy'), ...placed('heavy'), ...manifest({}), ...locked({}) },
      {},
      'and is not in package-lock.json',
      'add "heavy" to dependencies in package.json',
    ],
    [
      'a lockfile that is out of date',
      {
        ...importing('heavy'),
        ...placed('heavy'),
        ...HEAVY,
        ...manifest({ dependencies: { heavy: '^2.0.0', new: '1' } }),
      },
      {},
      'package-lock.json does not have "heavy@^2.0.0", which is in package.json\npackage-lock.json does not have "new@1"',
      'install again',
    ],
    [
      'a folder of the project',
      {
        ...importing('heavy'),
        ...placed('heavy'),
        'lib/package.json': '{"name":"heavy"}',
        ...manifest({ dependencies: { heavy: 'file:lib' } }),
        ...locked({ heavy: { link: true, resolved: 'lib' } }),
      },
      {},
      'is the folder lib of the project',
      'remove "heavy" from dependenciesToExcludeFromBundle',
    ],
    [
      'binaries for other machines only',
      native(all, { '@heavy/darwin-arm64': { version: '1.0.0', os: ['darwin'], cpu: ['arm64'] } }),
      {},
      'package-lock.json has none of its binaries for Linux on x86_64, with musl',
      'delete node_modules and package-lock.json and install again',
    ],
    [
      'no binary for musl in the lockfile',
      native(all, { '@heavy/linux-x64-gnu': entry('glibc') }),
      {},
      'with musl',
      'delete node_modules and package-lock.json',
    ],
    [
      'no binary for musl at all',
      native(['@heavy/linux-x64-gnu'], { '@heavy/linux-x64-gnu': entry('glibc') }),
      {},
      'no binary for Linux on x86_64, with musl',
      'set requiresGlibcBinaries to true',
    ],
    [
      'another system',
      {
        ...importing('heavy'),
        ...placed('heavy'),
        ...HEAVY,
        ...locked({ heavy: { version: '1.0.0', os: ['darwin'] } }),
      },
      {},
      'which is for darwin only',
      'excludeDependencies',
    ],
  ])('%s', (_, files, given, found, fix) => {
    expect(refused(files, ['heavy'], given)).toEqual([
      expect.objectContaining({ found: expect.stringContaining(found), fix: expect.stringContaining(fix) }),
    ]);
  });

  it.each<[string, Files, Given]>([
    ['a binary for musl', native(all, { '@heavy/linux-x64-musl': entry('musl') }), {}],
    ['a binary for glibc', native(all, { '@heavy/linux-x64-gnu': entry('glibc') }), { requiresGlibcBinaries: true }],
    [
      'a binary for any C library',
      native(['@heavy/linux-x64'], { '@heavy/linux-x64': { os: ['linux'], cpu: ['x64'] } }),
      {},
    ],
    [
      'a package for all but Windows',
      {
        ...importing('heavy'),
        ...placed('heavy'),
        ...HEAVY,
        ...locked({ heavy: { version: '1.0.0', os: ['!win32'] } }),
      },
      {},
    ],
  ])('but not %s', (_, files, given) => {
    expect(refused(files, ['heavy'], given)).toEqual([]);
  });
});

it('is refused with a lockfile above all that may be sent', () => {
  const files = { '.git/HEAD': '', 'repo/.git/HEAD': '', ...HEAVY, 'repo/jobs/job.ts': '', ...placed('heavy') };
  expect(refused(files, ['heavy'], { config: 'repo' })).toEqual([
    expect.objectContaining({
      found: expect.stringContaining('outside the folders that can be sent'),
      fix: 'move the config to the folder of the lockfile, or synthesize in the repository',
    }),
  ]);
});
describe('logins to registries', () => {
  const job = { ...importing('heavy'), ...placed('heavy'), ...HEAVY };

  it.each([
    ['a token', '.npmrc', '//registry.npmjs.org/:_authToken=npm_0123456789', 'the value of _authToken'],
    ['a password', '.npmrc', '//npm.example.com/:_password="cGFzcw=="', 'the value of _password'],
    [
      'a variable that no build secret gives',
      '.npmrc',
      '//registry.npmjs.org/:_authToken=${NPM_TOKEN}',
      'the variable "NPM_TOKEN"',
    ],
  ])('by %s are refused with buildSecrets', (_, name, line, found) => {
    expect(refused({ ...job, [name]: `${line}\n` }, ['heavy'])).toEqual([
      expect.objectContaining({
        property: ['buildSecrets'],
        found: expect.stringContaining(found),
        fix: expect.stringContaining('buildSecrets'),
      }),
    ]);
  });

  it('in a comment, or with a substitute for the variable, are none', () => {
    const lines =
      '# //registry.npmjs.org/:_authToken=abc\n; _auth=abc\nregistry=https://registry.npmjs.org/\nemail=${EMAIL-nobody}\n';
    expect(refused({ ...job, '.npmrc': lines }, ['heavy'])).toEqual([]);
  });
});
