import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { imageBuildpackContext } from '../../../../modules/container/image-buildpack';
import { folder, removeFolders } from '../../folder';
import { textOf } from '../made';
import { context, type Files, type Given, output, refusals, started } from './job';

afterEach(removeFolders);

/** A package with its files. */
function module(name: string, code: string, more: object = {}): Files {
  return {
    [`node_modules/${name}/package.json`]: JSON.stringify({ name, version: '1.0.0', main: 'index.js', ...more }),
    [`node_modules/${name}/index.js`]: code,
  };
}

/** A project that has packages among its dependencies, and a lockfile. */
function depending(...names: string[]): Files {
  const dependencies = Object.fromEntries(names.map((name) => [name, '1.0.0']));
  const packages = Object.fromEntries(
    names.map((name) => [`node_modules/${name}`, { version: '1.0.0', resolved: `https://example.com/${name}.tgz` }]),
  );
  return {
    'package.json': JSON.stringify({ name: 'jobs', dependencies }),
    'package-lock.json': JSON.stringify({
      name: 'jobs',
      lockfileVersion: 3,
      packages: { '': { dependencies }, ...packages },
    }),
  };
}

const code = (files: Files, properties: Given = {}) =>
  textOf(context(files, properties).files, 'app/src/jobs/report.mjs');
const printing = (name: string) => ({
  'src/jobs/report.ts': `import p from '${name}';\nconsole.log(JSON.stringify(p));\n`,
});

describe('a package that is not installed', () => {
  it.each<[string, string, object]>([
    [
      'an optional peer',
      "exports.get = () => require('absent');",
      { peerDependenciesMeta: { absent: { optional: true } } },
    ],
    ['an optional dependency', "exports.get = () => require('absent');", { optionalDependencies: { absent: '1' } }],
    ['a driver that is loaded when it is wanted', "exports.get = () => require('absent');", {}],
    [
      'an import that is caught',
      "exports.get = () => { try { return require('absent'); } catch (e) { throw e; } };",
      {},
    ],
    ['a file of it', "exports.get = () => require('absent/lib/native');", { optionalDependencies: { absent: '1' } }],
    ['a module of another platform', "exports.get = () => require('cloudflare:sockets');", {}],
  ])('stays out by itself, and is missing as ever: %s', async (_, text, more) => {
    const files = {
      'src/jobs/report.ts':
        "import { get } from 'plain';\ntry {\n  get();\n} catch (error) {\n  console.log(error.code);\n}\n",
      ...module('plain', text, more),
    };
    expect(await output(files)).toMatch(/^(MODULE_NOT_FOUND|ERR_UNKNOWN_BUILTIN_MODULE)$/);
  });

  it('is missing only when the module that imports it is wanted', async () => {
    const files = {
      'src/jobs/report.ts': "import * as p from 'plain';\nconsole.log(p.name, typeof p.adapter);\n",
      ...module('plain', "export const name = 'plain';\nexport const adapter = () => import('./adapter.js');\n", {
        type: 'module',
        peerDependencies: { absent: '1' },
        peerDependenciesMeta: { absent: { optional: true } },
      }),
      'node_modules/plain/adapter.js': "import absent from 'absent';\nexport default absent;\n",
    };
    expect(await output(files)).toBe('plain function');
  });

  it('is bundled where it is installed', async () => {
    const files = {
      ...printing('plain'),
      ...module('plain', "module.exports = require('present');", { optionalDependencies: { present: '1' } }),
      ...module('present', "module.exports = 'present';"),
    };
    expect(await output(files)).toBe('"present"');
  });

  it.each<[string, Files, string]>([
    [
      'that a package needs',
      {
        ...printing('plain'),
        ...module('plain', "module.exports = require('absent');", { dependencies: { absent: '1' } }),
      },
      'node_modules/plain/index.js:1:26: Could not resolve "absent"\n-> install "absent", which plain needs, or add it to excludeDependencies if the job does not need it',
    ],
    [
      'that a package wants beside itself',
      {
        ...printing('plain'),
        ...module('plain', "module.exports = require('absent');", { peerDependencies: { absent: '1' } }),
      },
      '-> install "absent", which plain needs, or add it to excludeDependencies if the job does not need it',
    ],
    [
      'that a package imports at once',
      { ...printing('plain'), ...module('plain', "import 'absent';", { type: 'module' }) },
      '-> install "absent", which plain needs, or add it to excludeDependencies if the job does not need it',
    ],
    [
      "that the project's own code imports",
      printing('absent'),
      'src/jobs/report.ts:1:15: Could not resolve "absent"\n-> install "absent", which the code imports, or add it to excludeDependencies if the job does not need it',
    ],
    [
      'that package.json lists',
      { ...printing('absent'), ...depending('absent') },
      '-> install the packages of package.json, which lists "absent", or add it to excludeDependencies if the job does not need it',
    ],
  ])('is refused if the job needs it: %s', (_, files, expected) => {
    expect(refusals(files)).toEqual([expect.stringContaining(expected)]);
  });
});

describe('a package stays out of the bundle', () => {
  it.each<[string, Files]>([
    ['it is known to break', module('sql.js', "module.exports = 'here';")],
    ['it asks for its place', module('plain', 'module.exports = __dirname.length > 0 ? "here" : "";')],
    [
      'it asks for its place as a module',
      module('plain', 'export default import.meta.url ? "here" : "";', { type: 'module' }),
    ],
    [
      'it loads by names',
      module('plain', 'const load = (name) => require(name);\nmodule.exports = load ? "here" : "";'),
    ],
    ['it passes require on', module('plain', 'const load = require;\nmodule.exports = load ? "here" : "";')],
    ['it imports by names', module('plain', 'module.exports = "here";\nmodule.exports.load = (name) => import(name);')],
    [
      'it imports what is no code',
      { ...module('plain', "require('./a.html');\nmodule.exports = 'here';"), 'node_modules/plain/a.html': '' },
    ],
    ['a file of it is missing', module('plain', "exports.lazy = () => require('./gone');\nmodule.exports = 'here';")],
    [
      'a file of another package is not exported',
      {
        ...module('plain', "exports.lazy = () => require('other/inner');\nmodule.exports = 'here';", {
          dependencies: { other: '1' },
        }),
        ...module('other', '', { exports: { '.': './index.js' } }),
      },
    ],
    [
      'it does not parse',
      {
        ...module('plain', "exports.lazy = () => require('./a');\nmodule.exports = 'here';"),
        'node_modules/plain/a.js': '{{',
      },
    ],
    [
      'an import of it fails, and it has a binary',
      module('plain', "require('./build/Release/a.node');", { gypfile: true }),
    ],
  ])('if %s', (_, files) => {
    const [name = ''] = Object.keys(files).map((path) => path.split('/')[1]);
    const made = code({ ...printing(name), ...files, ...depending(name, ...(name === 'plain' ? ['other'] : [])) });
    expect(made).toMatch(new RegExp(`require\\("${name}"\\)|from ?"${name}"`));
    expect(made).not.toContain('"here"');
  });

  it('if the code looks up its path', () => {
    const files = {
      'src/jobs/report.ts': "console.log(require.resolve('plain/package.json'));\n",
      ...module('plain', ''),
    };
    expect(code({ ...files, ...depending('plain') })).toContain('plain/package.json');
    expect(textOf(context({ ...files, ...depending('plain') }).files, 'Dockerfile')).toContain('AS packages');
  });

  it('with all that it shares with the bundle, so that there is one of each', () => {
    const files = {
      'src/jobs/report.ts': "import 'outer';\nimport 'inner';\nimport 'deep';\nimport 'other';\n",
      ...module('outer', 'require("inner");\nexports.place = __dirname;\n', { dependencies: { inner: '1' } }),
      ...module('inner', 'exports.name = "inner";\n', { peerDependencies: { deep: '1' } }),
      ...module('deep', 'exports.name = "deep";\n'),
      ...module('other', 'exports.name = "other";\n'),
    };
    const made = code({ ...files, ...depending('outer', 'inner', 'deep', 'other') });
    expect([...made.matchAll(/require\("(\w+)"\)/g)].map(([, name]) => name).sort()).toEqual([
      'deep',
      'inner',
      'outer',
    ]);
    expect(made).toContain('exports.name = "other"');
  });

  it('and has the exports that it has in a bundle, even if Node.js finds fewer', async () => {
    const files = {
      'src/jobs/report.ts':
        "import standard, { hidden } from 'plain';\nimport * as all from 'plain';\nconsole.log(hidden, standard, Object.keys(all).sort().join(' '));\n",
      ...module(
        'plain',
        "Object.defineProperty(exports, '__esModule', { value: true });\nconst names = { hidden: 'h', default: 'd' };\nfor (const name of Object.keys(names)) exports[name] = names[name];\nexports.place = () => __dirname;\n",
      ),
      ...depending('plain'),
    };
    expect(await withPackages(files)).toBe('h d default hidden place\n');
  });

  it('as the ES module that it is', async () => {
    const files = {
      'src/jobs/report.ts':
        "import { name } from 'plain';\nimport { inner } from 'plain/inner';\nconsole.log(name, inner);\n",
      ...module('plain', 'await null;\nexport const name = typeof import.meta.url;\n', {
        type: 'module',
        exports: { '.': './index.js', './inner': './inner.js' },
      }),
      'node_modules/plain/inner.js': 'export const inner = 1;\n',
      ...depending('plain'),
    };
    expect(await withPackages(files)).toBe('string 1\n');
  });

  it('but for all of them, if that is asked for, and not with aliases of the project', () => {
    const files = {
      'src/jobs/report.ts':
        "import '@lib/a';\nimport 'plain';\nimport 'node:fs';\nimport { sep } from 'path';\nconsole.log(sep);\n",
      'src/lib/a.ts': "console.log('from lib');\n",
      'tsconfig.json': '{"compilerOptions":{"paths":{"@lib/*":["./src/lib/*"]}}}',
      ...module('plain', "console.log('here');"),
      ...depending('plain'),
    };
    const made = code(files, { languageSpecificConfig: { dependenciesToExcludeFromBundle: ['*'] } });
    expect(made).toContain('from lib');
    expect(made).not.toContain('here');
  });
});

it('takes what works though it mentions its place', async () => {
  const files = { ...printing('@smithy/core'), ...module('@smithy/core', 'module.exports = typeof __dirname;') };
  expect(await output(files)).toBe('"string"');
});

/** What a job prints whose packages are installed in the image. */
async function withPackages(files: Files): Promise<string> {
  const root = folder(files);
  const made = imageBuildpackContext({ entryfilePath: 'src/jobs/report.ts' }, 'x86_64', root);
  if ('problems' in made) throw new Error(JSON.stringify(made.problems));
  const { stdout, stderr } = await started(made.context, {}, (app) =>
    symlinkSync(join(root, 'node_modules'), join(app, 'node_modules')),
  );
  return stderr + stdout;
}

it('a file that is no code is imported as a string or as bytes, by its ending or by an attribute', async () => {
  const files = {
    'src/jobs/report.ts': [
      "import sql from './a.sql';\nimport page from '../a.html';\nimport wasm from './a.wasm';\nimport data from './a.json' with { type: 'json' };",
      "import text from './a.other' with { type: 'text' };\nimport bytes from './a.other' with { type: 'bytes' };\nimport picture from './a.PNG';",
      'console.log(JSON.stringify([sql, page, [...wasm], data, text, [...bytes], [...picture]]));\n',
    ].join('\n'),
    'src/jobs/a.sql': 'select',
    'src/a.html': '<p>',
    'src/jobs/a.wasm': '\0a',
    'src/jobs/a.json': '{"a":1}',
    'src/jobs/a.other': 'é',
    'src/jobs/a.PNG': 'p',
  };
  expect(await output(files)).toBe('["select","<p>",[0,97],{"a":1},"é",[195,169],[112]]');
});

describe('traces name lines of the source', () => {
  it.each(['esm', 'cjs'] as const)('of every file, in a bundle of %s', async (outputModuleFormat) => {
    const failing =
      'interface A {\n  a: string;\n}\nconst a: A = { a: __filename };\nexport function fail(): never {\n  throw new Error(a.a);\n}\n';
    const files = {
      'src/jobs/report.ts': "#!/usr/bin/env node\nimport { fail } from '../lib/fail';\n\ntype B = string;\nfail();\n",
      'src/lib/fail.ts': failing,
    };
    const { stderr } = await started(context(files, { languageSpecificConfig: { outputModuleFormat } }));
    expect(stderr).toContain('Error: /app/src/lib/fail.ts\n');
    expect(stderr).toContain('/app/src/lib/fail.ts:6:9');
    expect(stderr).toContain('/app/src/jobs/report.ts:5:1');
  });
});
