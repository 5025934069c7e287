import { removeFolders } from '../../../folder';
import { paths, textOf } from '../../made';
import { HEAVY, importing, manifest, placed } from '../heavy-project';
import { installation, refused } from './kept';

const HEAVY_ROOT = { dependencies: { heavy: '^1.0.0' } };

afterEach(removeFolders);

describe('the package manager', () => {
  const pnpm = (format: string, more = '') =>
    `lockfileVersion: '${format}'\nimporters:\n  .:\n    dependencies:\n      heavy: {specifier: ^1.0.0, version: 1.0.0}\n${more}packages:\n  ${format === '9.0' ? '' : '/'}heavy@1.0.0: {}\n`;
  const hash = 'e043a9ff263fba6110674fc309f078a0a07851b6946f8ae6e943953de0955e75';
  const berry = (format: number) =>
    `__metadata:\n  version: ${format}\n\n"heavy@npm:^1.0.0":\n  version: 1.0.0\n  resolution: "heavy@npm:1.0.0"\n`;
  const bun = (format: number) =>
    `{"lockfileVersion":${format},"workspaces":{"":{"dependencies":{"heavy":"^1.0.0"}}},"packages":{"heavy":["heavy@1.0.0","",{},""]}}`;
  const focus = 'YARN_NODE_LINKER=node-modules YARN_ENABLE_IMMUTABLE_INSTALLS=false';

  it.each<[string, string, string, object, string]>([
    [
      'npm of the base image',
      'npm-shrinkwrap.json',
      HEAVY['package-lock.json'],
      {},
      'npm ci --omit=dev --no-audit --no-fund',
    ],
    [
      'npm of packageManager',
      'package-lock.json',
      HEAVY['package-lock.json'],
      { packageManager: 'npm@10.9.2' },
      'npx --yes npm@10.9.2 ci',
    ],
    [
      'pnpm by the format',
      'pnpm-lock.yaml',
      pnpm('9.0'),
      {},
      'npx --yes pnpm@10.34.9 install --prod --frozen-lockfile --config.node-linker=hoisted',
    ],
    ['pnpm by an older format', 'pnpm-lock.yaml', pnpm('6.0'), {}, 'npx --yes pnpm@8.15.9 '],
    [
      'pnpm by hashes of patches',
      'pnpm-lock.yaml',
      pnpm('9.0', 'patchedDependencies:\n  x@1: {}\n').replace(
        '{}',
        `\n    hash: toreb4zxrb7q2ks5agbs6c2eiy\n    path: p`,
      ),
      {},
      'npx --yes pnpm@9.15.9 ',
    ],
    [
      'pnpm by newer hashes',
      'pnpm-lock.yaml',
      pnpm('9.0', `patchedDependencies:\n  x@1: ${hash}\n`),
      {},
      'npx --yes pnpm@12.21.0 ',
    ],
    [
      'pnpm of packageManager',
      'pnpm-lock.yaml',
      pnpm('9.0'),
      { packageManager: 'pnpm@9.1.2+sha512.ab' },
      'npx --yes pnpm@9.1.2 ',
    ],
    ['pnpm of engines', 'pnpm-lock.yaml', pnpm('9.0'), { engines: { pnpm: '>=9 <10' } }, 'npx --yes pnpm@9.15.9 '],
    [
      'pnpm of devEngines',
      'pnpm-lock.yaml',
      pnpm('9.0'),
      { devEngines: { packageManager: { name: 'pnpm', version: '^11' } } },
      'npx --yes pnpm@11.28.10 ',
    ],
    [
      'Yarn 1',
      'yarn.lock',
      'heavy@^1.0.0:\n  version "1.0.0"\n',
      {},
      'npx --yes yarn@1.22.22 install --frozen-lockfile --production --non-interactive',
    ],
    [
      'Yarn 1 of volta',
      'yarn.lock',
      'heavy@^1.0.0:\n  version "1.0.0"\n',
      { volta: { yarn: '1.22.19' } },
      'npx --yes yarn@1.22.19 ',
    ],
    ['Yarn 4', 'yarn.lock', berry(8), {}, `${focus} npx --yes @yarnpkg/cli-dist@4.18.1 install`],
    ['Yarn 3', 'yarn.lock', berry(6), {}, `${focus} npx --yes @yarnpkg/cli-dist@3.8.7 install`],
    [
      'Yarn of packageManager',
      'yarn.lock',
      berry(8),
      { packageManager: 'yarn@4.5.0' },
      `${focus} npx --yes @yarnpkg/cli-dist@4.5.0 install`,
    ],
    ['Bun', 'bun.lock', bun(1), {}, 'npx --yes bun@1.3.14 install --production --frozen-lockfile --linker=hoisted'],
    ['Bun of a newer format', 'bun.lock', bun(2), {}, 'npx --yes bun@1.4.5 install'],
    [
      'Bun of packageManager',
      'bun.lock',
      bun(1),
      { packageManager: 'bun@1.2.5' },
      'npx --yes bun@1.2.5 install --production --frozen-lockfile ',
    ],
  ])(
    'is that of the lockfile, in the version that the project names or that reads it: %s',
    (_, name, text, more, command) => {
      const files = {
        ...importing('heavy'),
        ...placed('heavy'),
        ...manifest({ dependencies: { heavy: '^1.0.0' }, ...more }),
      };
      const made = installation({ ...files, [name]: text, p: '' }, ['heavy']);
      expect(`${made.command} `).toContain(command);
      expect(textOf(made.files, `packages/${name}`)).toBe(text);
    },
  );

  it('gets what lockfile and settings name, without what is for the machines of developers', () => {
    const settings = {
      yarnPath: '.yarn/releases/yarn.cjs',
      plugins: [{ path: '.yarn/plugins/a.cjs', spec: 'x' }],
      supportedArchitectures: { os: ['darwin'] },
    };
    const lock = `${berry(8)}\n"pad@patch:pad@npm%3A1.3.0#~/.yarn/patches/pad.patch":\n  version: 1.3.0\n  resolution: "pad@patch:pad@npm%3A1.3.0#~/.yarn/patches/pad.patch::version=1.3.0&hash=9d"\n`;
    const files = {
      ...importing('heavy'),
      ...placed('heavy'),
      ...manifest({ dependencies: { heavy: '^1.0.0' }, devDependencies: { heavy: '^1.0.0' } }),
      'yarn.lock': lock,
      '.yarnrc.yml': JSON.stringify(settings)
        .replace(/"supported/, '\n"supported')
        .replace(/^\{/, '{\n'),
      '.yarn/releases/yarn.cjs': 'yarn',
      '.yarn/plugins/a.cjs': 'a',
      '.yarn/patches/pad.patch': 'diff',
      '.yarn/cache/other.zip': 'zip',
    };
    const yaml =
      'yarnPath: .yarn/releases/yarn.cjs\nplugins:\n  - path: .yarn/plugins/a.cjs\n    spec: x\nsupportedArchitectures:\n  os: [darwin]\n';
    const made = installation({ ...files, '.yarnrc.yml': yaml }, ['heavy']);
    expect(
      paths(made)
        .sort()
        .filter((path) => path.startsWith('packages/.')),
    ).toEqual([
      'packages/.yarn/patches/pad.patch',
      'packages/.yarn/plugins/a.cjs',
      'packages/.yarn/releases/yarn.cjs',
      'packages/.yarnrc.yml',
    ]);
    expect(textOf(made.files, 'packages/.yarnrc.yml')).not.toContain('supportedArchitectures');
    expect(made.command).toBe(`${focus} node ".yarn/releases/yarn.cjs" install`);
    // Yarn would install them.
    expect(JSON.parse(textOf(made.files, 'packages/package.json'))).not.toHaveProperty('devDependencies');
    const { '.yarn/patches/pad.patch': _, ...without } = { ...files, '.yarnrc.yml': yaml };
    expect(String(refused(without, ['heavy'])[0]?.found)).toContain('".yarn/patches/pad.patch", which yarn.lock');
  });

  it('gets the hooks, patches and workspace of pnpm', () => {
    const made = installation(
      {
        ...importing('heavy'),
        ...placed('heavy'),
        ...manifest({
          dependencies: { heavy: '^1.0.0' },
          pnpm: { supportedArchitectures: { os: ['darwin'] }, overrides: { a: '1' } },
        }),
        'pnpm-lock.yaml': pnpm('9.0', `patchedDependencies:\n  x@1:\n    hash: ${hash}\n    path: patches/x@1.patch\n`),
        'pnpm-workspace.yaml': 'packages: []\npatchedDependencies:\n  x@1: patches/x@1.patch\n',
        'patches/x@1.patch': 'diff',
        '.pnpmfile.cjs': 'module.exports = {};',
      },
      ['heavy'],
    );
    expect(
      paths(made)
        .sort()
        .filter((path) => path.startsWith('packages/')),
    ).toEqual([
      'packages/.pnpmfile.cjs',
      'packages/package.json',
      'packages/patches/x@1.patch',
      'packages/pnpm-lock.yaml',
      'packages/pnpm-workspace.yaml',
    ]);
    expect(JSON.parse(textOf(made.files, 'packages/package.json')).pnpm).toEqual({ overrides: { a: '1' } });
    expect(made.command).toContain('pnpm@10.34.9');
  });

  it('ignores peers if the lockfile does: npm refuses it otherwise', () => {
    const command = (peers: object, more: object = {}, own: object = {}) => {
      const entry = { version: '1.0.0', peerDependencies: peers, ...more };
      const packages = { '': HEAVY_ROOT, 'node_modules/heavy': entry, 'node_modules/react': { version: '18.3.1' } };
      const lock = { 'package-lock.json': JSON.stringify({ lockfileVersion: 3, packages }) };
      const files = { ...importing('heavy'), ...placed('heavy'), ...manifest({ ...HEAVY_ROOT, ...own }), ...lock };
      return installation(files, ['heavy']).command.replace('npm ci --omit=dev --no-audit --no-fund', '');
    };
    expect(command({ react: '^16.14.0' })).toBe(' --legacy-peer-deps');
    expect(command({ vue: '^3.0.0' })).toBe(' --legacy-peer-deps');
    expect(command({ react: '^18.0.0' })).toBe('');
    expect(command({ react: '^16.14.0' }, {}, { overrides: { react: '18.3.1' } })).toBe('');
    expect(command({ vue: '^3.0.0' }, { peerDependenciesMeta: { vue: { optional: true } } })).toBe('');
  });
});
