import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { BuildContext } from '../../../../modules/container/build-context';
import { bundle } from '../../../../modules/container/buildpack/javascript/bundle';
import type { Installation } from '../../../../modules/container/buildpack/javascript/packages/installation';
import { keptPackages } from '../../../../modules/container/buildpack/javascript/packages/kept-packages';
import { appRoot } from '../../../../modules/container/buildpack/javascript/root';
import type { BuildpackProperties, BuildpackSource } from '../../../../modules/container/buildpack/language';
import { upward } from '../../../../modules/container/buildpack/repository';
import { imageBuildpackContext } from '../../../../modules/container/image-buildpack';
import { bytes } from '../../../../modules/container/tar';
import { folder, removeFolders } from '../../folder';
import { WORKSPACES } from './workspace';

type Files = { readonly [path: string]: string };
const HEAVY_ROOT = { dependencies: { heavy: '^1.0.0' } };
type Given = Partial<BuildpackProperties> & { readonly config?: string };

function result(files: Files, { config = '', ...properties }: Given = {}) {
  const root = join(folder({ '.git/HEAD': '', ...files }), config);
  return imageBuildpackContext({ entryfilePath: 'jobs/job.ts', ...properties }, 'x86_64', root);
}

function context(files: Files, given: Given = {}): BuildContext {
  const made = result(files, given);
  if ('problems' in made) throw new Error(JSON.stringify(made.problems, null, 2));
  return made.context;
}

function problems(files: Files, given: Given = {}) {
  const made = result(files, given);
  return 'problems' in made ? made.problems : [];
}

/** What becomes of packages that stay out of a bundle, which is not made for it. */
function kept(files: Files, names: readonly string[], given: Given & { readonly secrets?: readonly string[] } = {}) {
  const { config = '', secrets = [], ...properties } = given;
  const root = folder({ '.git/HEAD': '', ...files });
  const entry = join(root, config, properties.entryfilePath ?? 'jobs/job.ts');
  const source: BuildpackSource = {
    properties: { entryfilePath: 'jobs/job.ts', ...properties },
    architecture: 'x86_64',
    baseDir: join(root, config),
    entry,
    distribution: properties.requiresGlibcBinaries ? 'debian' : 'alpine',
    secrets,
  };
  const packages = names.map((name) => {
    const at = upward(dirname(entry)).find((above) => existsSync(join(above, 'node_modules', name)));
    return { name, reason: 'it has a binary', importers: [''], folder: at && join(at, 'node_modules', name) };
  });
  return keptPackages(source, appRoot(source), packages);
}

function refused(...given: Parameters<typeof kept>) {
  const made = kept(...given);
  return 'problems' in made ? made.problems.map((problem) => ({ ...problem, found: String(problem.found) })) : [];
}

function installation(...given: Parameters<typeof kept>): Installation {
  const made = kept(...given);
  if (!('installation' in made) || made.installation === undefined) throw new Error(JSON.stringify(made, null, 2));
  return made.installation;
}

const paths = ({ files }: Pick<BuildContext, 'files'>) => files.map(({ path }) => path).sort();
const file = ({ files }: Pick<BuildContext, 'files'>, wanted: string) => {
  const found = files.find(({ path }) => path === wanted);
  return found === undefined ? '' : bytes(found.content).toString();
};
const dockerfile = (made: BuildContext) => file(made, 'Dockerfile').trim().split('\n');
const installs = (made: BuildContext) =>
  dockerfile(made).find((line) => line.startsWith('RUN') && !/apk|apt-get/.test(line));

const manifest = (more: object) => ({ 'package.json': JSON.stringify({ name: 'jobs', ...more }) });
const placed = (name: string, more: object = {}, at = '') => ({
  [`${at}node_modules/${name}/package.json`]: JSON.stringify({ name, version: '1.0.0', main: 'index.js', ...more }),
  [`${at}node_modules/${name}/index.js`]: `module.exports = '${name} is here';\n`,
});
const importing = (...names: string[]) => ({
  'jobs/job.ts': names.map((name, i) => `import p${i} from '${name}';\nconsole.log(p${i});\n`).join(''),
});
const locked = (packages: object) => ({
  'package-lock.json': JSON.stringify({
    lockfileVersion: 3,
    packages: Object.fromEntries(Object.entries(packages).map(([path, entry]) => [`node_modules/${path}`, entry])),
  }),
});
const keepOut = (...names: string[]): Given => ({ languageSpecificConfig: { dependenciesToExcludeFromBundle: names } });
const HEAVY = { ...manifest({ dependencies: { heavy: '^1.0.0' } }), ...locked({ heavy: { version: '1.0.0' } }) };

afterEach(removeFolders);

describe('packages', () => {
  it('are bundled', () => {
    const made = context({ ...importing('plain'), ...placed('plain') });
    expect(file(made, 'app/jobs/job.mjs')).toContain('plain is here');
    expect(dockerfile(made)[0]).not.toContain('AS packages');
    expect(made.launch?.installed).toBeUndefined();
  });

  it('that stay out of the bundle are installed as the lockfile says, from what an installation reads alone', () => {
    const settings = { scripts: { postinstall: 'husky' }, engines: { node: '24' }, jest: {}, devEngines: {} };
    const made = context(
      {
        ...importing('heavy', 'plain'),
        ...placed('heavy'),
        ...placed('plain'),
        ...HEAVY,
        ...manifest({ dependencies: { heavy: '^1.0.0' }, ...settings }),
        '.npmrc': 'registry=https://registry.example.com\nos=darwin\ncpu = arm64\nomit=optional\n',
      },
      keepOut('heavy'),
    );
    expect(file(made, 'app/jobs/job.mjs')).toContain('plain is here');
    expect(file(made, 'app/jobs/job.mjs')).not.toContain('heavy is here');
    expect(dockerfile(made).slice(0, 8)).toEqual([
      'FROM public.ecr.aws/docker/library/node:24.21.0-alpine3.24 AS packages',
      'WORKDIR /packages',
      'RUN apk add --no-cache python3 make g++',
      'COPY packages/ /packages/',
      'RUN npm ci --omit=dev --no-audit --no-fund && mkdir -p node_modules',
      '',
      'FROM public.ecr.aws/docker/library/node:24.21.0-alpine3.24',
      'RUN mkdir -p /app && chown 1000:1000 /app',
    ]);
    expect(dockerfile(made)).toContain('COPY --from=packages --chown=1000:1000 /packages/node_modules ./node_modules');
    expect(paths(made).filter((path) => path.startsWith('packages/'))).toEqual([
      'packages/.npmrc',
      'packages/package-lock.json',
      'packages/package.json',
    ]);
    expect(JSON.parse(file(made, 'packages/package.json'))).toEqual({
      name: 'jobs',
      dependencies: { heavy: '^1.0.0' },
    });
    expect(file(made, 'packages/.npmrc')).toBe('registry=https://registry.example.com\n');
  });

  it('are installed in a layer that a change of a source, or of settings of other tools, leaves as it is', () => {
    const before = { ...importing('heavy'), ...placed('heavy'), ...HEAVY };
    const after = {
      ...before,
      'jobs/job.ts': `${before['jobs/job.ts']}console.log('changed');\n`,
      ...manifest({ dependencies: { heavy: '^1.0.0' }, scripts: { test: 'jest' } }),
    };
    const [one, other] = [before, after].map((files) => context(files, keepOut('heavy')));
    const stage = (made: BuildContext | undefined) =>
      made && [
        dockerfile(made).slice(0, dockerfile(made).indexOf('')),
        made.files.filter(({ path }) => path.startsWith('packages/')).map(({ path }) => [path, file(made, path)]),
      ];
    expect(stage(one)).toEqual(stage(other));
    expect(one && file(one, 'app/jobs/job.mjs')).not.toBe(other && file(other, 'app/jobs/job.mjs'));
    // All that comes from the context into the stage.
    expect(
      one &&
        dockerfile(one)
          .slice(0, 6)
          .filter((line) => /^(COPY|ADD)/.test(line)),
    ).toEqual(['COPY packages/ /packages/']);
  });

  it.each<[string, Files]>([
    ['a binding.gyp', { ...placed('heavy'), 'node_modules/heavy/binding.gyp': '{}' }],
    ['a dependency that finds binaries', placed('heavy', { dependencies: { bindings: '1' } })],
    ['a package for each platform', placed('heavy', { optionalDependencies: { '@heavy/linux-x64': '1' } })],
    [
      'a binary that it imports',
      {
        ...placed('heavy', { napi: {} }),
        'node_modules/heavy/index.js': "module.exports = require('./heavy.node');\n",
        'node_modules/heavy/heavy.node': 'ELF',
      },
    ],
  ])('with a binary are found and installed: %s', (_, files) => {
    const made = context({ ...importing('heavy'), ...files, ...HEAVY });
    expect(file(made, 'app/jobs/job.mjs')).toContain('require("heavy")');
    expect(dockerfile(made)[0]).toContain('AS packages');
  });

  it('can be left out altogether', () => {
    const made = context(importing('optional', 'other'), {
      excludeDependencies: ['optional'],
      languageSpecificConfig: { dependenciesToExcludeFromDeploymentPackage: ['other'] },
    });
    expect(file(made, 'app/jobs/job.mjs')).toContain('require("optional")');
    expect(dockerfile(made)[0]).not.toContain('AS packages');
  });
});

it('that a bundle found out about need not be found out again for the next one', () => {
  const files = {
    ...importing('heavy', 'light'),
    ...placed('heavy'),
    'node_modules/heavy/binding.gyp': '',
    ...placed('light'),
    'node_modules/light/index.js': "try { require('extra') } catch { module.exports = 'light' }\n",
  };
  const root = folder({ '.git/HEAD': '', ...files });
  const source: BuildpackSource = {
    properties: { entryfilePath: 'jobs/job.ts' },
    architecture: 'x86_64',
    baseDir: root,
    entry: join(root, 'jobs/job.ts'),
    distribution: 'alpine',
    secrets: [],
  };
  const request = { source, root, node: '24', keptOut: new Map(), left: [], codeBeside: false };
  const first = bundle(request);
  if ('problems' in first) throw new Error(JSON.stringify(first.problems));
  expect([...first.learned.keptOut]).toEqual([['heavy', 'it has a binary']]);
  expect(first.outputs.map(({ map }) => map === undefined)).toEqual([false]);
  expect(bundle({ ...request, ...first.learned })).toEqual(first);
});

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
      expect(file(made, `packages/${name}`)).toBe(text);
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
    expect(paths(made).filter((path) => path.startsWith('packages/.'))).toEqual([
      'packages/.yarn/patches/pad.patch',
      'packages/.yarn/plugins/a.cjs',
      'packages/.yarn/releases/yarn.cjs',
      'packages/.yarnrc.yml',
    ]);
    expect(file(made, 'packages/.yarnrc.yml')).not.toContain('supportedArchitectures');
    expect(made.command).toBe(`${focus} node ".yarn/releases/yarn.cjs" install`);
    // Yarn would install them.
    expect(JSON.parse(file(made, 'packages/package.json'))).not.toHaveProperty('devDependencies');
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
    expect(paths(made).filter((path) => path.startsWith('packages/'))).toEqual([
      'packages/.pnpmfile.cjs',
      'packages/package.json',
      'packages/patches/x@1.patch',
      'packages/pnpm-lock.yaml',
      'packages/pnpm-workspace.yaml',
    ]);
    expect(JSON.parse(file(made, 'packages/package.json')).pnpm).toEqual({ overrides: { a: '1' } });
    expect(made.command).toContain('pnpm@10.34.9');
  });

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
    expect(paths(made).filter((path) => path.includes('patches'))).toEqual(['packages/patches/heavy+1.0.0.patch']);
    expect(made.command).toBe('npm ci --omit=dev --no-audit --no-fund && npx --yes patch-package@8.0.1');
    expect(installation({ ...patched, ...script('husky') }, ['heavy']).command).not.toContain('patch-package');
    const elsewhere = { ...script('patch-package --patch-dir ./fixes'), 'fixes/heavy+1.0.0.patch': 'diff' };
    expect(installation({ ...patched, ...elsewhere }, ['heavy']).command).toMatch(
      /patch-package@8.0.1 --patch-dir fixes$/,
    );
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

  describe('with a client of Prisma, which no lockfile has', () => {
    const runtime = { 'node_modules/@prisma/client/runtime/library.js': 'exports.from = 1;\n' };
    const prisma = {
      ...importing('@prisma/client'),
      ...placed('@prisma/client'),
      ...runtime,
      ...manifest({ dependencies: { '@prisma/client': '1.0.0' } }),
      ...locked({ '@prisma/client': { version: '1.0.0' } }),
    };
    const schema = [
      'generator client {',
      '  provider = "prisma-client-js"',
      '  output = "../node_modules/.prisma/client"',
      '  binaryTargets = ["native", "rhel-openssl-3.0.x"]',
      '}',
      'generator docs {',
      '  provider = "prisma-docs-generator"',
      '}',
      'model User { id Int @id }',
      '',
    ].join('\n');
    const generated = { 'node_modules/.prisma/client/schema.prisma': schema };

    it('generates it in the image, for its platform, without what other generators make', () => {
      const made = context({ ...prisma, ...generated });
      expect(installs(made)).toContain(
        'npm ci --omit=dev --no-audit --no-fund && npx --yes prisma@1.0.0 generate --schema "jobs/prisma/schema.prisma"',
      );
      expect(file(made, 'packages/jobs/prisma/schema.prisma')).toBe(
        'generator client {\n  provider = "prisma-client-js"\n}\nmodel User { id Int @id }\n',
      );
      const added = dockerfile(made).filter((line) => /apk add/.test(line));
      expect(added).toEqual([expect.stringMatching(/ openssl\b/), expect.stringMatching(/ openssl\b/)]);
    });

    it('is refused where it is not generated, since its schema is not known', () => {
      expect(problems(prisma)).toEqual([
        {
          property: ['entryfilePath'],
          found: '"@prisma/client", whose client is not generated',
          accepted: 'a generated client, from which the schema is read',
          fix: 'run npx prisma generate',
        },
      ]);
    });

    it('generates none for a client in the sources of the project, which only imports what it runs by', () => {
      const own = { 'jobs/job.ts': "import { from } from '@prisma/client/runtime/library.js';\nconsole.log(from);\n" };
      expect(installs(context({ ...prisma, ...own }))).not.toContain('prisma@');
    });
  });

  it('gets manifests of folders next to the project, whose packages no lockfile has', () => {
    const files = {
      'app/jobs/job.ts': '',
      ...Object.fromEntries(Object.entries(placed('heavy')).map(([path, text]) => [`app/${path}`, text])),
      'app/package.json': '{"dependencies":{"heavy":"^1.0.0","lib":"link:../lib"}}',
      'lib/package.json': '{"name":"lib","dependencies":{"other":"1"},"scripts":{"test":"jest"}}',
    };
    const lock = pnpm('9.0').replace(
      'packages:',
      '      lib: {specifier: link:../lib, version: link:../lib}\npackages:',
    );
    const of = (more: Files) => installation({ ...files, ...more }, ['heavy'], { config: 'app' });
    const made = of({ 'app/pnpm-lock.yaml': lock });
    expect(paths(made)).toEqual([
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
});

const NODE_MODULES = {
  ...placed('heavy', {}),
  ...placed('heavy', { version: '2.0.0' }, 'packages/a/'),
  ...placed('mid', { dependencies: { deep: '^1.0.0', once: '^1.0.0' } }),
  ...placed('high', { dependencies: { deep: '^2.0.0' } }),
  ...placed('deep', { version: '1.0.0' }),
  ...placed('deep', { version: '2.0.0' }, 'node_modules/high/'),
  ...placed('once'),
  ...placed('tool'),
  'node_modules/high/index.js': "module.exports = require('deep');\n",
  'node_modules/mid/index.js': "module.exports = require('once');\n",
  'node_modules/lib': '-> ../packages/b',
  'packages/b/index.js': "module.exports = require('high');\n",
};
const at = (files: Files, code: string): Files => ({ ...files, ...NODE_MODULES, 'packages/a/src/job.ts': code });
const own = { entryfilePath: 'src/job.ts', config: 'packages/a' };

describe.each(WORKSPACES)('a workspace of %s', (_, lockfile, files) => {
  it("gets a member's own version, with the manifests of all members, at the places that they have", () => {
    const made = installation(at(files, ''), ['heavy'], own);
    expect(paths(made)).toEqual(
      [lockfile, 'package.json', 'packages/a/package.json', 'packages/b/package.json']
        .sort()
        .map((path) => `packages/${path}`),
    );
    expect(made.modules).toEqual([
      { from: 'node_modules', to: 'node_modules' },
      { from: 'packages/a/node_modules', to: 'packages/a/node_modules' },
    ]);
  });

  it('is refused for a package of development', () => {
    expect(refused(at(files, ''), ['tool'], own)).toEqual([
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
      ...at(files, "import p from 'heavy';\nconsole.log(p);\n"),
      ...placed('heavy', { version: '1.9.0' }, 'packages/a/'),
    };
    expect(refused(old, ['heavy'], own)).toEqual([
      expect.objectContaining({
        found: `"heavy" 1.9.0 in node_modules, and 2.0.0 in ${lockfile}`,
        fix: 'install the packages from the lockfile, or update the lockfile',
      }),
    ]);
  });
});

describe.each(WORKSPACES.filter(([manager]) => ['npm', 'Yarn 4'].includes(manager)))(
  'a bundle in a workspace of %s',
  (_, lockfile, files) => {
    it("gets a member's own version, with the manifests of all members, at the places that they have", () => {
      const made = context(at(files, "import p from 'heavy';\nconsole.log(p);\n"), { ...own, ...keepOut('heavy') });
      expect(paths(made)).toContain('app/packages/a/src/job.mjs');
      const onMachine = made.launch?.installed?.at(-1)?.onMachine ?? '';
      expect(made.launch?.installed).toEqual(
        ['packages/a/src', 'packages/a', 'packages', ''].map((path) => ({
          inImage: join('/app', path),
          onMachine: join(onMachine, path),
        })),
      );
      expect(existsSync(join(onMachine, lockfile))).toBe(true);
      expect(paths(made).filter((path) => path.startsWith('packages/'))).toEqual(
        [lockfile, 'package.json', 'packages/a/package.json', 'packages/b/package.json']
          .sort()
          .map((path) => `packages/${path}`),
      );
      expect(dockerfile(made)).toEqual(
        expect.arrayContaining([
          'COPY --from=packages --chown=1000:1000 /packages/node_modules ./node_modules',
          'COPY --from=packages --chown=1000:1000 /packages/packages/a/node_modules ./packages/a/node_modules',
          'CMD ["node","--enable-source-maps","/opt/stp/start.cjs","/app/packages/a/src/job.mjs"]',
        ]),
      );
      expect(installs(made)).toMatch(/ && mkdir -p node_modules packages\/a\/node_modules$/);
    });

    it('gets a package of a bundled package', () => {
      const made = context(at(files, "import p from 'mid';\nconsole.log(p);\n"), { ...own, ...keepOut('once') });
      expect(file(made, 'app/packages/a/src/job.mjs')).toContain('require("once")');
    });

    it('keeps an importer out with a package that only this importer finds', () => {
      // `high` finds `deep` 2.0.0, and the bundle would find 1.0.0, or none.
      const made = context(at(files, "import p from 'lib';\nconsole.log(p);\n"), { ...own, ...keepOut('deep') });
      expect(file(made, 'app/packages/a/src/job.mjs')).toContain('require("high")');
    });

    it('is refused for another version than the bundle would find', () => {
      const code = {
        ...at(files, ''),
        'packages/b/index.js': "module.exports = require('heavy');\n",
        'packages/a/src/job.ts': "import p from 'lib';\nconsole.log(p);\n",
      };
      expect(problems(code, { ...own, ...keepOut('heavy') })).toEqual([
        expect.objectContaining({
          found: '"heavy" 1.0.0, imported from the root; the bundle in packages/a/src would get 2.0.0',
          fix: 'have the same version of "heavy" in packages/a/package.json as in package.json and install again',
        }),
      ]);
    });
  },
);

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

  it("of a project that installs nothing are nobody's concern", () => {
    const files = { ...importing('plain'), ...placed('plain'), '.npmrc': '//registry.npmjs.org/:_authToken=abc\n' };
    expect(problems(files)).toEqual([]);
  });
});
