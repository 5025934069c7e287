import { removeFolders } from '../../../folder';
import { paths } from '../../made';
import { type Files, HEAVY, importing, MEMBER, manifest, placed, workspaceWith } from '../heavy-project';
import { WORKSPACES } from '../workspace';
import { installation } from './kept';

afterEach(removeFolders);

it('gets the patches that a script of the project applies, of packages that are installed', () => {
  const patched = {
    ...importing('heavy'),
    ...placed('heavy'),
    ...HEAVY,
    'patches/heavy+1.0.0.patch': 'diff',
    'patches/@a+tool+1.0.0.patch': 'diff',
  };
  const script = (postinstall: string) => manifest({ dependencies: { heavy: '^1.0.0' }, scripts: { postinstall } });
  const made = installation({ ...patched, ...script('husky && patch-package') }, ['heavy']);
  expect(
    paths(made)
      .sort()
      .filter((path) => path.includes('patches')),
  ).toEqual(['packages/patches/heavy+1.0.0.patch']);
  expect(made.command).toBe('npm ci --omit=dev --no-audit --no-fund && npx --yes patch-package@8.0.1');
  expect(installation({ ...patched, ...script('husky') }, ['heavy']).command).not.toContain('patch-package');
  const elsewhere = { ...script('patch-package --patch-dir ./fixes'), 'fixes/heavy+1.0.0.patch': 'diff' };
  expect(installation({ ...patched, ...elsewhere }, ['heavy']).command).toMatch(
    /patch-package@8.0.1 --patch-dir fixes$/,
  );
});

it('gets manifests of folders next to the project, whose packages no lockfile has', () => {
  const files = {
    'app/jobs/job.ts': '',
    ...Object.fromEntries(Object.entries(placed('heavy')).map(([path, text]) => [`app/${path}`, text])),
    'app/package.json': '{"dependencies":{"heavy":"^1.0.0","lib":"link:../lib"}}',
    'lib/package.json': '{"name":"lib","dependencies":{"other":"1"},"scripts":{"test":"jest"}}',
  };
  const lock = `lockfileVersion: '9.0'
importers:
  .:
    dependencies:
      heavy: {specifier: ^1.0.0, version: 1.0.0}
      lib: {specifier: link:../lib, version: link:../lib}
packages:
  heavy@1.0.0: {}
`;
  const of = (more: Files) => installation({ ...files, ...more }, ['heavy'], { config: 'app' });
  const made = of({ 'app/pnpm-lock.yaml': lock });
  expect(paths(made).sort()).toEqual([
    'packages/app/package.json',
    'packages/app/pnpm-lock.yaml',
    'packages/lib/package.json',
  ]);
  expect(made).toMatchObject({ folder: 'app', modules: [{ from: 'app/node_modules', to: 'node_modules' }] });
  expect(of({ 'app/yarn.lock': 'heavy@^1.0.0:\n  version "1.0.0"\n' }).folder).toBe('app');
});

it('has Git only where something comes from it', () => {
  const source = { ...manifest({ dependencies: { heavy: 'git+https://example.com/heavy.git' } }) };
  const lock = {
    'package-lock.json': JSON.stringify({
      packages: {
        '': { dependencies: { heavy: 'git+https://example.com/heavy.git' } },
        'node_modules/heavy': { version: '1.0.0', resolved: 'git+https://example.com/heavy.git#0123' },
      },
    }),
  };
  const made = installation({ ...importing('heavy'), ...placed('heavy'), ...source, ...lock }, ['heavy']);
  expect(made.tools).toEqual(['python3', 'make', 'g++', 'git']);
});

it.each(WORKSPACES)(
  "gets a member's own version in a workspace of %s, with the manifests of all members, at the places that they have",
  (_, lockfile, files) => {
    const made = installation(workspaceWith(files, ''), ['heavy'], MEMBER);
    expect(paths(made).sort()).toEqual(
      [lockfile, 'package.json', 'packages/a/package.json', 'packages/b/package.json']
        .sort()
        .map((path) => `packages/${path}`),
    );
    expect(made.modules).toEqual([
      { from: 'node_modules', to: 'node_modules' },
      { from: 'packages/a/node_modules', to: 'packages/a/node_modules' },
    ]);
  },
);
