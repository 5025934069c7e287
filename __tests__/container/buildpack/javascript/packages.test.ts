import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { BuildContext } from '../../../../modules/container/build-context';
import { bundle } from '../../../../modules/container/buildpack/javascript/bundle';
import type { BuildpackProperties, BuildpackSource } from '../../../../modules/container/buildpack/language';
import { imageBuildpackContext } from '../../../../modules/container/image-buildpack';
import { folder, removeFolders } from '../../folder';
import { dockerfileOf, paths, textOf } from '../made';
import { type Files, HEAVY, importing, locked, MEMBER, manifest, placed, workspaceWith } from './heavy-project';
import { WORKSPACES } from './workspace';

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

/** The command that installs packages. */
const installs = (made: BuildContext) =>
  dockerfileOf(made).find((line) => line.startsWith('RUN') && !/apk|apt-get/.test(line));
const keepOut = (...names: string[]): Given => ({ languageSpecificConfig: { dependenciesToExcludeFromBundle: names } });

afterEach(removeFolders);

describe('packages', () => {
  it('are bundled', () => {
    const made = context({ ...importing('plain'), ...placed('plain') });
    expect(textOf(made.files, 'app/jobs/job.mjs')).toContain('plain is here');
    expect(dockerfileOf(made)[0]).not.toContain('AS packages');
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
    expect(textOf(made.files, 'app/jobs/job.mjs')).toContain('plain is here');
    expect(textOf(made.files, 'app/jobs/job.mjs')).not.toContain('heavy is here');
    expect(dockerfileOf(made).slice(0, 8)).toEqual([
      'FROM public.ecr.aws/docker/library/node:24.21.0-alpine3.24 AS packages',
      'WORKDIR /packages',
      'RUN apk add --no-cache python3 make g++',
      'COPY packages/ /packages/',
      'RUN npm ci --omit=dev --no-audit --no-fund && mkdir -p node_modules',
      '',
      'FROM public.ecr.aws/docker/library/node:24.21.0-alpine3.24',
      'RUN mkdir -p /app && chown 1000:1000 /app',
    ]);
    expect(dockerfileOf(made)).toContain(
      'COPY --from=packages --chown=1000:1000 /packages/node_modules ./node_modules',
    );
    expect(
      paths(made)
        .sort()
        .filter((path) => path.startsWith('packages/')),
    ).toEqual(['packages/.npmrc', 'packages/package-lock.json', 'packages/package.json']);
    expect(JSON.parse(textOf(made.files, 'packages/package.json'))).toEqual({
      name: 'jobs',
      dependencies: { heavy: '^1.0.0' },
    });
    expect(textOf(made.files, 'packages/.npmrc')).toBe('registry=https://registry.example.com\n');
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
        dockerfileOf(made).slice(0, dockerfileOf(made).indexOf('')),
        made.files
          .filter(({ path }) => path.startsWith('packages/'))
          .map(({ path }) => [path, textOf(made.files, path)]),
      ];
    expect(stage(one)).toEqual(stage(other));
    expect(one && textOf(one.files, 'app/jobs/job.mjs')).not.toBe(other && textOf(other.files, 'app/jobs/job.mjs'));
    // All that comes from the context into the stage.
    expect(
      one &&
        dockerfileOf(one)
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
    expect(textOf(made.files, 'app/jobs/job.mjs')).toContain('require("heavy")');
    expect(dockerfileOf(made)[0]).toContain('AS packages');
  });

  it('can be left out altogether', () => {
    const made = context(importing('optional', 'other'), {
      excludeDependencies: ['optional'],
      languageSpecificConfig: { dependenciesToExcludeFromDeploymentPackage: ['other'] },
    });
    expect(textOf(made.files, 'app/jobs/job.mjs')).toContain('require("optional")');
    expect(dockerfileOf(made)[0]).not.toContain('AS packages');
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
    expect(textOf(made.files, 'packages/jobs/prisma/schema.prisma')).toBe(
      'generator client {\n  provider = "prisma-client-js"\n}\nmodel User { id Int @id }\n',
    );
    const added = dockerfileOf(made).filter((line) => /apk add/.test(line));
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

describe.each(WORKSPACES.filter(([manager]) => ['npm', 'Yarn 4'].includes(manager)))(
  'a bundle in a workspace of %s',
  (_, lockfile, files) => {
    it("gets a member's own version, with the manifests of all members, at the places that they have", () => {
      const made = context(workspaceWith(files, "import p from 'heavy';\nconsole.log(p);\n"), {
        ...MEMBER,
        ...keepOut('heavy'),
      });
      expect(paths(made)).toContain('app/packages/a/src/job.mjs');
      const onMachine = made.launch?.installed?.at(-1)?.onMachine ?? '';
      expect(made.launch?.installed).toEqual(
        ['packages/a/src', 'packages/a', 'packages', ''].map((path) => ({
          inImage: join('/app', path),
          onMachine: join(onMachine, path),
        })),
      );
      expect(existsSync(join(onMachine, lockfile))).toBe(true);
      expect(
        paths(made)
          .sort()
          .filter((path) => path.startsWith('packages/')),
      ).toEqual(
        [lockfile, 'package.json', 'packages/a/package.json', 'packages/b/package.json']
          .sort()
          .map((path) => `packages/${path}`),
      );
      expect(dockerfileOf(made)).toEqual(
        expect.arrayContaining([
          'COPY --from=packages --chown=1000:1000 /packages/node_modules ./node_modules',
          'COPY --from=packages --chown=1000:1000 /packages/packages/a/node_modules ./packages/a/node_modules',
          'CMD ["node","--enable-source-maps","/opt/stp/start.cjs","/app/packages/a/src/job.mjs"]',
        ]),
      );
      expect(installs(made)).toMatch(/ && mkdir -p node_modules packages\/a\/node_modules$/);
    });

    it('gets a package of a bundled package', () => {
      const made = context(workspaceWith(files, "import p from 'mid';\nconsole.log(p);\n"), {
        ...MEMBER,
        ...keepOut('once'),
      });
      expect(textOf(made.files, 'app/packages/a/src/job.mjs')).toContain('require("once")');
    });

    it('keeps an importer out with a package that only this importer finds', () => {
      // `high` finds `deep` 2.0.0, and the bundle would find 1.0.0, or none.
      const made = context(workspaceWith(files, "import p from 'lib';\nconsole.log(p);\n"), {
        ...MEMBER,
        ...keepOut('deep'),
      });
      expect(textOf(made.files, 'app/packages/a/src/job.mjs')).toContain('require("high")');
    });

    it('is refused for another version than the bundle would find', () => {
      const code = {
        ...workspaceWith(files, ''),
        'packages/b/index.js': "module.exports = require('heavy');\n",
        'packages/a/src/job.ts': "import p from 'lib';\nconsole.log(p);\n",
      };
      expect(problems(code, { ...MEMBER, ...keepOut('heavy') })).toEqual([
        expect.objectContaining({
          found: '"heavy" 1.0.0, imported from the root; the bundle in packages/a/src would get 2.0.0',
          fix: 'have the same version of "heavy" in packages/a/package.json as in package.json and install again',
        }),
      ]);
    });
  },
);

it('with a login are bundled: a project that installs nothing sends no settings', () => {
  const files = { ...importing('plain'), ...placed('plain'), '.npmrc': '//registry.npmjs.org/:_authToken=abc\n' };
  expect(problems(files)).toEqual([]);
});
