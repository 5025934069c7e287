import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DEFAULT_CONFIG_FILE, loadConfig } from '../../modules/config/load';
import type { Problem } from '../../modules/config/problem';

const ENDINGS = 'a file that ends in .yml, .ts, .js or .json';
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
  'syntax-common.js': 'module.exports = {\n  stackName: oops oops\n};',
  'missing-import.ts': "import { x } from './nowhere';\nexport default { stackName: x };",
  'named-export.ts': "export const config = { stackName: 'x', resources: {} };",
  'compiled-without-default.js': "Object.defineProperty(exports, '__esModule', { value: true });\nexports.config = {};",
  'factory.ts': 'export default () => ({});',
};

/** What a file gives: its config, or its problems. */
type Outcome = { stackName: string } | Pick<Problem, 'path' | 'found' | 'accepted' | 'fix'>;

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'config-load-')));
let outcomes: { [file: string]: Outcome };

beforeAll(() => {
  for (const [file, text] of Object.entries(MODULES)) writeFileSync(join(folder, file), text);
  outcomes = loadedModules();
}, 60_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Modules are loaded as main.ts loads them, by tsx in a process of its own: the test runner has a module loader of its own. */
function loadedModules() {
  const script = join(folder, 'load-all.ts');
  writeFileSync(
    script,
    `import { loadConfig } from ${JSON.stringify(join(__dirname, '../../modules/config/load'))};
     async function outcome(file: string) {
       try {
         return { stackName: (await loadConfig(file)).config.stackName };
       } catch (error) {
         return error.problems?.[0] ?? { found: String(error.stack) };
       }
     }
     (async () => {
       const outcomes: object = {};
       for (const file of process.argv.slice(2)) outcomes[file] = await outcome(file);
       console.log(JSON.stringify(outcomes));
     })();`,
  );
  const tsx = require.resolve('tsx/cli');
  const options = { cwd: folder, encoding: 'utf8' } as const;
  const { stdout, stderr } = spawnSync(process.execPath, [tsx, script, ...Object.keys(MODULES)], options);
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
])('loads %s', (file, stackName) => {
  expect(outcomes[file]).toEqual({ stackName });
});

it.each<[string, unknown, string, string]>([
  [
    'throws.ts',
    "Cannot read properties of undefined (reading 'first') (line 3 column 44)",
    'a module that loads',
    'correct it there',
  ],
  ['throws-text.js', 'no credentials', 'a module that loads', 'correct it there'],
  [
    'syntax.ts',
    expect.stringMatching(/syntax\.ts:3:0: ERROR: Expected identifier/),
    'a module that loads',
    'correct it there',
  ],
  ['syntax-common.js', "Unexpected identifier 'oops' (line 2)", 'a module that loads', 'correct it there'],
  [
    'missing-import.ts',
    expect.stringMatching(/Cannot find module '\.\/nowhere'/),
    'a module that loads',
    'correct it there',
  ],
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
  ['factory.ts', 'a function', 'an object', 'write an object'],
])('reports %s', (file, found, accepted, fix) => {
  expect(outcomes[file]).toEqual({ path: '', found, accepted, fix });
});

it.each(Object.entries(MODULES))('names no line of a stack trace: %s', (file) => {
  expect(JSON.stringify(outcomes[file])).not.toMatch(/\\n\s+at /);
});

describe('a JSON file', () => {
  function write(name: string, text: string): string {
    const file = join(folder, name);
    writeFileSync(file, text);
    return file;
  }

  it('is loaded, with its absolute path', async () => {
    const file = write('jobs.json', '{ "$schema": "./batch-jobs.schema.json", "stackName": "x", "resources": {} }');
    await expect(loadConfig(file)).resolves.toMatchObject({ file, config: { stackName: 'x' } });
  });

  it('may begin with a byte order mark', async () => {
    const file = write('bom.json', '\uFEFF{ "stackName": "x", "resources": {} }');
    await expect(loadConfig(file)).resolves.toMatchObject({ config: { stackName: 'x' } });
  });

  it.each([
    ['a missing comma', '{\n  "stackName": "x"\n  "resources": {}\n}', /line 3 column 3/],
    ['a trailing comma', '{\n  "stackName": "x",\n}', /line 3 column 1/],
    ['a comment', '// jobs\n{}', /line 1 column 1|Unexpected token/],
    ['nothing in it', '', /Unexpected end of JSON input/],
  ])('that has %s is reported with the place', async (_, text, found) => {
    await expect(loadConfig(write('broken.json', text))).rejects.toMatchObject({
      source: 'broken.json',
      problems: [
        {
          path: '',
          found: expect.stringMatching(found),
          accepted: 'JSON',
          fix: 'correct it there; comments and trailing commas are no JSON',
        },
      ],
    });
  });

  it('is checked', async () => {
    await expect(loadConfig(write('jobs.json', '{ "stackName": 5 }'))).rejects.toMatchObject({
      source: 'jobs.json',
      problems: [{ path: 'stackName' }, { path: 'resources' }],
    });
  });
});

describe('a YAML file', () => {
  const GUIDE = `
# the guide's own example
resources:
  myBatchJob:
    type: batch-job
    properties:
      container:
        packaging:
          type: prebuilt-image
          properties:
            image: busybox:1.37
      resources:
        cpu: 2
        memory: 1800
      events:
        - type: schedule
          properties:
            scheduleRate: cron(0 14 * * ? *) # every day at 14:00 UTC
`;

  function write(name: string, text: string): string {
    const file = join(folder, name);
    writeFileSync(file, text);
    return file;
  }

  it.each(['nightly-report.yml', 'nightly-report.yaml'])('%s has the schema of every other config', async (name) => {
    const { config, file } = await loadConfig(write(name, GUIDE));
    expect(file).toBe(join(folder, name));
    const asProgram = await loadConfig(
      write(
        'same.json',
        JSON.stringify({
          stackName: 'nightly-report',
          resources: {
            myBatchJob: {
              type: 'batch-job',
              properties: {
                container: { packaging: { type: 'prebuilt-image', properties: { image: 'busybox:1.37' } } },
                resources: { cpu: 2, memory: 1800 },
                events: [{ type: 'schedule', properties: { scheduleRate: 'cron(0 14 * * ? *)' } }],
              },
            },
          },
        }),
      ),
    );
    expect(config).toEqual(asProgram.config);
  });

  it('is reported with the line and column of every problem', async () => {
    const wrong = GUIDE.replace('memory: 1800', 'memory: lots')
      .replace('cpu: 2', 'cpus: 2')
      .replace('cron(0', 'cron(99');
    const error = await loadConfig(write('jobs.yml', wrong)).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ source: 'jobs.yml' });
    expect(String(error)).toContain('\n1. resources.myBatchJob.properties.resources.cpus (jobs.yml:13:9)\n');
    expect(error).toMatchObject({
      problems: [
        { path: 'resources.myBatchJob.properties.resources.cpus', place: { line: 13, column: 9 } },
        { path: 'resources.myBatchJob.properties.resources.memory', place: { line: 14, column: 9 } },
        { path: 'resources.myBatchJob.properties.resources.cpu', place: { line: 12, column: 7 } },
        { path: 'resources.myBatchJob.properties.events[0].properties.scheduleRate', place: { line: 18, column: 13 } },
      ],
    });
  });

  it('that is no YAML is reported with the place', async () => {
    await expect(loadConfig(write('broken.yml', 'resources:\n\tjob: 1'))).rejects.toMatchObject({
      source: 'broken.yml',
      problems: [{ path: '', place: { line: 2, column: 1 }, accepted: 'YAML' }],
    });
  });

  it('without anything in it is reported', async () => {
    await expect(loadConfig(write('empty.yml', ''))).rejects.toMatchObject({
      problems: [{ path: '', found: 'null', accepted: 'an object' }],
    });
  });
});

describe('places in a JSON file', () => {
  it.each([
    ['are named', '{\n\t"stackName": 5,\n\t"resources": {}\n}', { line: 2, column: 2 }],
    ['are not known where a key stands twice', '{ "stackName": 5, "stackName": 6, "resources": {} }', undefined],
  ])('%s', async (_, text, place) => {
    const file = join(folder, 'places.json');
    writeFileSync(file, text);
    const error = await loadConfig(file).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ problems: [{ path: 'stackName' }] });
    expect((error as { problems: Problem[] }).problems[0]?.place).toEqual(place);
  });
});

describe('what is no config file', () => {
  it.each([
    ['missing.ts', 'no file at', 'create it, or name another one in BATCH_JOBS_CONFIG (default batch-jobs.config.ts)'],
    [
      'folder.json',
      'which is a folder',
      'create it, or name another one in BATCH_JOBS_CONFIG (default batch-jobs.config.ts)',
    ],
    ['jobs.toml', 'a file that ends in .toml', 'rename it by what it holds'],
    ['jobs', 'a file without an ending', 'rename it by what it holds'],
  ])('%s', async (name, found, fix) => {
    mkdirSync(join(folder, 'folder.json'), { recursive: true });
    for (const file of ['jobs.toml', 'jobs']) writeFileSync(join(folder, file), '');
    await expect(loadConfig(join(folder, name))).rejects.toMatchObject({
      source: name,
      problems: [{ path: '', found: expect.stringContaining(found), accepted: ENDINGS, fix }],
    });
  });
});

describe('the file that is loaded', () => {
  const { BATCH_JOBS_CONFIG } = process.env;

  afterEach(() => {
    if (BATCH_JOBS_CONFIG === undefined) delete process.env.BATCH_JOBS_CONFIG;
    else process.env.BATCH_JOBS_CONFIG = BATCH_JOBS_CONFIG;
  });

  it('is the one that BATCH_JOBS_CONFIG names', async () => {
    const file = join(folder, 'named.json');
    writeFileSync(file, '{ "stackName": "named", "resources": {} }');
    process.env.BATCH_JOBS_CONFIG = file;
    await expect(loadConfig()).resolves.toMatchObject({ file, config: { stackName: 'named' } });
  });

  it.each([undefined, ''])(
    'is batch-jobs.config.ts of the current folder if BATCH_JOBS_CONFIG is %j',
    async (value) => {
      delete process.env.BATCH_JOBS_CONFIG;
      if (value !== undefined) process.env.BATCH_JOBS_CONFIG = value;
      expect(DEFAULT_CONFIG_FILE).toBe('batch-jobs.config.ts');
      const file = join(process.cwd(), 'batch-jobs.config.ts');
      await expect(loadConfig()).resolves.toMatchObject({ file, config: { stackName: 'batch-jobs-example' } });
    },
  );
});
