import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Problem } from '../modules/problems/problem';

const UNCAUGHT = 'a program that throws no error outside of its exports';
const MODULES = {
  'default-export.ts': "const name: string = 'typed';\nexport default { stackName: name, resources: {} };",
  'mts-module.mts': "export default { stackName: 'mts', resources: {} };",
  'cts-module.cts': "export default { stackName: 'cts', resources: {} };",
  'mjs-module.mjs': "export default { stackName: 'mjs', resources: {} };",
  'module-exports.js': "module.exports = { stackName: 'js', resources: {} };",
  'cjs-module.cjs': "module.exports = { stackName: 'cjs', resources: {} };",
  'compiled.js':
    "Object.defineProperty(exports, '__esModule', { value: true });\nexports.default = { stackName: 'compiled', resources: {} };",
  'imports.ts': "import { stackName } from './part';\nexport default { stackName, resources: {} };",
  'part.ts': "export const stackName = 'imported';",
  'throws.ts':
    'const settings: { name?: { first: string } } = {};\n\nexport default { stackName: settings.name!.first };',
  'throws-text.js': "throw 'no credentials';",
  'syntax.ts': "export default {\n  stackName: 'x',\n",
  'imports-modules-only.ts': "import { x } from 'modules-only';\nexport default { stackName: x, resources: {} };",
  'imports-modules-only.mts': "import { x } from 'modules-only';\nexport default { stackName: x, resources: {} };",
  'imports-syntax.ts': "import './syntax';\nexport default { stackName: 'x', resources: {} };",
  'syntax-common.js': 'module.exports = {\n  stackName: oops oops\n};',
  'unnamed-resource.ts': `${'class Inbox { get arn() { throw new Error("Resource name not set. Add it."); } }'}
export default { a: new Inbox().arn };`,
  'missing-package.ts': "import { Queue } from 'stack-of-nobody';\nexport default new Queue();",
  'missing-class.ts': "import * as parts from './part';\nexport default new (parts as any).JsBundle();",
  'missing-import.ts': "import { x } from './nowhere';\nexport default { stackName: x };",
  'named-export.ts': "export const config = { stackName: 'x', resources: {} };",
  'compiled-without-default.js': "Object.defineProperty(exports, '__esModule', { value: true });\nexports.config = {};",
  'factory.ts': 'export default ({ stage, projectName }) => ({ stackName: `${projectName}-${stage}`, resources: {} });',
  'named-factory.ts': "export default async function jobs() { return { stackName: 'async', resources: {} }; }",
  'get-config.ts': 'export const getConfig = ({ region }) => ({ stackName: `get-${region}`, resources: {} });',
  'reads-user.ts': 'export default ({ cliArgs }) => ({ stackName: cliArgs.name, resources: {} });',
  'throwing-factory.ts': "export default () => { throw new Error('no credentials'); };",
  'promise.ts': "export default (async () => ({ stackName: 'promised', resources: {} }))();",
  'rejected.ts': "export default Promise.reject(new Error('no credentials'));",
  'floating.ts': "Promise.reject(new Error('nobody catches')); export default { stackName: 'x', resources: {} };",
  'timer.ts':
    "setTimeout(() => { throw new Error('later'); }); export default new Promise((r) => setTimeout(r, 9e3).unref());",
  'await.ts': "const stackName = await Promise.resolve('x');\nexport default { stackName, resources: {} };",
  'await.mts': "export default { stackName: await Promise.resolve('awaited'), resources: {} };",
  'getter.ts': "export default { stackName: 'x', get resources() { throw new TypeError('not yet'); } };",
  'proxy.mts':
    "export default { stackName: 'x', resources: new Proxy({}, { ownKeys() { throw new Error('trap'); } }) };",
  'cycle.ts': "const config: any = { stackName: 'x' };\nconfig.resources = { job: config };\nexport default config;",
  'throws-null.js': 'throw null;',
  'throws-symbol.js': "throw Symbol('why');",
  'throws-object.js': "throw { code: 'E1' };",
  'throws-hostile.js': 'throw { get message() { throw 1; }, toString() { throw 2; } };',
  'names.ts': "export default { stackName: 'x', resources: { ['__proto__']: {} } };",
  'inherits.ts': "export default { stackName: 'x', resources: { __proto__: { job: {} } } };",
};

/** What a file gives: its config, or its problems. */
type Outcome = { stackName: string } | Pick<Problem, 'path' | 'found' | 'accepted' | 'fix'>;

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'config-load-')));
let outcomes: { [file: string]: Outcome };

beforeAll(() => {
  for (const [file, text] of Object.entries(MODULES)) writeFileSync(join(folder, file), text);
  const modulesOnly = join(folder, 'node_modules/modules-only');
  mkdirSync(modulesOnly, { recursive: true });
  writeFileSync(join(modulesOnly, 'package.json'), '{ "type": "module", "exports": { "import": "./index.js" } }');
  writeFileSync(join(modulesOnly, 'index.js'), "export const x = 'modules-only';");
  outcomes = loadedModules();
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Loads modules in a separate process with tsx, like main.ts, because the test runner has its own module loader. */
function loadedModules() {
  const script = join(folder, 'load-all.ts');
  writeFileSync(
    script,
    `import { loadConfig } from ${JSON.stringify(join(__dirname, '../modules/load'))};
     async function outcome(file: string) {
       try {
         return { stackName: (await loadConfig(file)).config.stackName };
       } catch (error) {
         const { code, ...problem } = error.problems?.[0] ?? { found: String(error.stack) };
         return problem;
       }
     }
     (async () => {
       const outcomes: object = {};
       for (const file of process.argv.slice(2)) outcomes[file] = await outcome(file);
       console.log(JSON.stringify(outcomes));
     })();`,
  );
  const tsx = ['--import', require.resolve('tsx')];
  const env = { ...process.env, STAGE: 'staging', PROJECT_NAME: 'reports', AWS_REGION: 'eu-north-1' };
  const options = { cwd: folder, encoding: 'utf8', env } as const;
  const { stdout, stderr } = spawnSync(process.execPath, [...tsx, script, ...Object.keys(MODULES)], options);
  expect(stderr).toBe('');
  return JSON.parse(stdout);
}

it.each([
  ['default-export.ts', 'typed'],
  ['mts-module.mts', 'mts'],
  ['cts-module.cts', 'cts'],
  ['mjs-module.mjs', 'mjs'],
  ['module-exports.js', 'js'],
  ['cjs-module.cjs', 'cjs'],
  ['compiled.js', 'compiled'],
  ['imports.ts', 'imported'],
  ['promise.ts', 'promised'],
  ['await.mts', 'awaited'],
  ['imports-modules-only.mts', 'modules-only'],
  ['factory.ts', 'reports-staging'],
  ['named-factory.ts', 'async'],
  ['get-config.ts', 'get-eu-north-1'],
])('loads %s', (file, stackName) => {
  expect(outcomes[file]).toEqual({ stackName });
});

it.each<[string, unknown, string, string]>([
  [
    'throws.ts',
    "Cannot read properties of undefined (reading 'first') (line 3 column 44)",
    'a module that loads',
    'correct it',
  ],
  ['throws-text.js', 'no credentials', 'a module that loads', 'correct it'],
  [
    'syntax.ts',
    expect.stringMatching(/^Expected identifier .* \(line 3 column 1\)$/),
    'a module that loads',
    'correct it',
  ],
  [
    'imports-syntax.ts',
    expect.stringMatching(/^syntax\.ts:3:1: Expected identifier/),
    'a module that loads',
    'correct it',
  ],
  [
    'imports-modules-only.ts',
    expect.stringMatching(/^No "exports" main defined in /),
    'a module that loads',
    'rename the config to .mts if that package is for ES modules only',
  ],
  ['syntax-common.js', "Unexpected identifier 'oops' (line 2)", 'a module that loads', 'correct it'],
  [
    'missing-package.ts',
    expect.stringMatching(/Cannot find module 'stack-of-nobody'/),
    'a module that loads',
    'install it: npm install --save-dev stack-of-nobody',
  ],
  [
    'unnamed-resource.ts',
    expect.stringMatching(/^Resource name not set/),
    'a module that loads',
    expect.stringMatching(/^add the resource to resources\. Use its values whole, .*, add it to connectTo$/),
  ],
  [
    'missing-class.ts',
    expect.stringMatching(/^parts\.JsBundle is not a constructor/),
    'a module that loads',
    'correct the name of the class, or update the package that it is imported from',
  ],
  ['missing-import.ts', expect.stringMatching(/Cannot find module '\.\/nowhere'/), 'a module that loads', 'correct it'],
  [
    'named-export.ts',
    'no default export',
    'the config as default export',
    'write `export default defineConfig({ ... })`',
  ],
  [
    'compiled-without-default.js',
    'no default export',
    'the config as default export',
    'write `export default defineConfig({ ... })`',
  ],
  [
    'reads-user.ts',
    'a function that reads "cliArgs", which is not given here',
    'a function of stage, projectName, region',
    'read a variable instead: process.env.CLI_ARGS',
  ],
  ['throwing-factory.ts', 'no credentials (line 1 column 30)', 'a module that loads', 'correct it'],
  ['rejected.ts', 'no credentials (line 1 column 31)', 'a module that loads', 'correct it'],
  ['floating.ts', 'nobody catches (line 1 column 16)', UNCAUGHT, 'await the promise, or catch the error'],
  ['timer.ts', 'later (line 1 column 26)', UNCAUGHT, 'await the promise, or catch the error'],
  [
    'await.ts',
    expect.stringMatching(/^Top-level await .* \(line 1 column 19\)$/),
    'a module that loads',
    'rename the file to .mts, or export a promise: export default config() of an async function',
  ],
  ['throws-null.js', 'null', 'a module that loads', 'correct it'],
  ['throws-symbol.js', 'Symbol(why)', 'a module that loads', 'correct it'],
  ['throws-object.js', '{"code":"E1"}', 'a module that loads', 'correct it'],
  ['throws-hostile.js', 'something that cannot be shown', 'a module that loads', 'correct it'],
])('reports %s', (file, found, accepted, fix) => {
  expect(outcomes[file]).toMatchObject({ path: '', found, accepted, fix });
});

it.each([
  ['throws.ts', "The config failed to load: Cannot read properties of undefined (reading 'first')", 3, 44],
  ['syntax-common.js', "The config failed to load: Unexpected identifier 'oops'", 2, 1],
  ['syntax.ts', 'The config failed to load: Expected identifier but found end of file', 3, 1],
  ['floating.ts', 'The config failed with an error that nothing catches: nobody catches', 1, 16],
  ['timer.ts', 'The config failed with an error that nothing catches: later', 1, 26],
])('reports the place in %s beside the message', (file, message, line, column) => {
  expect(outcomes[file]).toMatchObject({ message, place: { line, column } });
});

it.each(['throws-text.js', 'imports-syntax.ts', 'missing-import.ts'])('reports no place in %s', (file) => {
  expect(outcomes[file]).not.toHaveProperty('place');
});

it('says of a missing import nothing that only the loader did', () => {
  expect(outcomes['missing-import.ts']).toMatchObject({ message: expect.not.stringContaining('Require stack') });
});

it.each([
  ['getter.ts', 'resources', 'a value that cannot be read: not yet'],
  ['proxy.mts', 'resources', 'a value that cannot be read: trap'],
  ['cycle.ts', 'resources.job', 'the whole config, which contains it'],
  ['names.ts', 'resources.__proto__', '"__proto__"'],
  ['inherits.ts', 'resources', 'an object that inherits ["job"]'],
])('says which part of %s is no data', (file, path, found) => {
  expect(outcomes[file]).toMatchObject({ path, found });
});

it.each(Object.entries(MODULES))('names no line of a stack trace: %s', (file) => {
  expect(JSON.stringify(outcomes[file])).not.toMatch(/\\n\s+at /);
});
