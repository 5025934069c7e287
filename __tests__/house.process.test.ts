import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, relative } from 'node:path';

const ROOT = join(__dirname, '..');

let folder: string;

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'house-')));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Runs a program of the project in a tree that has only these files. */
function run(program: string, words: readonly string[], files: { readonly [path: string]: string }) {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(folder, dirname(path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const path = join(ROOT, 'node_modules', ...program.split('/'));
  // Without a cache of compiled configs in the temporary folder.
  const env = { ...process.env, JITI_FS_CACHE: 'false' };
  const { status, stdout, stderr } = spawnSync(process.execPath, [path, ...words], {
    cwd: folder,
    encoding: 'utf8',
    env,
  });
  return { status, output: stdout + stderr };
}

/** What the linter says of the imports in a tree. */
function imports(files: { readonly [path: string]: string }) {
  const words = ['--config', join(ROOT, '.dependency-cruiser.cjs'), '--output-type', 'err', '.'];
  return run('dependency-cruiser/bin/dependency-cruise.mjs', words, files);
}

/** The imports that the linter refuses because they go up. */
function upward(output: string): string[] {
  return [...output.matchAll(/error up-from-\S+: (\S+ → \S+)/g)].map(([, arrow = '']) => arrow).sort();
}

const VALUE = 'export const value = 1;\n';

describe('an import', () => {
  it('goes down or stays in its room', () => {
    const { status, output } = imports({
      'modules/problems/problem.ts': VALUE,
      'modules/rules/naming.ts': "export { value } from '../problems/problem';\n",
      'modules/rules/job-names.ts': "export { value } from './naming';\n",
      'cli/command/colors.ts': "export { value } from '../../modules/rules/job-names';\n",
      'cli/synth.ts': "export { value } from './command/colors';\n",
      '__tests__/synth.test.ts': "export { value } from '../cli/synth';\n",
    });
    expect(output).toContain('no dependency violations found (6 modules, 5 dependencies cruised)');
    expect(status).toBe(0);
  });

  it('does not go up, in whatever form it is written', () => {
    const { status, output } = imports({
      'modules/rules/naming.ts': VALUE,
      'job/event.ts': "export { value } from '../modules/rules/naming';\n",
      'modules/problems/value.ts': "import { value } from '../rules/naming';\nexport const same = value;\n",
      'modules/problems/type.ts': "import type { value } from '../rules/naming';\nexport type Value = typeof value;\n",
      'modules/problems/import.ts': "export type Value = typeof import('../rules/naming');\n",
      'modules/problems/late.ts':
        "export const late = () => require('../rules/naming') as typeof import('../rules/naming');\n",
      'modules/problems/later.ts': "export const later = () => import('../rules/naming');\n",
    });
    expect(upward(output)).toEqual([
      'job/event.ts → modules/rules/naming.ts',
      ...['import', 'late', 'later', 'type', 'value'].map(
        (name) => `modules/problems/${name}.ts → modules/rules/naming.ts`,
      ),
    ]);
    expect(status).not.toBe(0);
  });

  it('does not go up from any floor', () => {
    const steps = [
      ['modules/config/parse.ts', 'modules/stack-config/config.ts'],
      ['modules/resources/sqs-queue/construct.ts', 'triggers/sqs/trigger.ts'],
      ['triggers/sqs/trigger.ts', 'modules/batch-job.ts'],
      ['modules/batch-job.ts', 'modules/stack-config/load.ts'],
      ['modules/stack-config/load.ts', 'modules/stack.ts'],
      ['modules/stack.ts', 'cli/model/run.ts'],
      ['cli/local/run.ts', 'cli/local.ts'],
      ['cli/console/page/main.tsx', 'cli/console/server.ts'],
      ['cli/console/server.ts', 'cli/console.ts'],
      ['cli/console.ts', 'index.ts'],
      ['index.ts', 'scripts/build.ts'],
      ['cli/model/run.ts', '__tests__/synthesis.ts'],
    ] as const;
    const files = Object.fromEntries(steps.flat().map((path) => [path, VALUE]));
    for (const [path, target] of steps) {
      const way = join(relative(dirname(path), dirname(target)) || '.', basename(target).replace(/\.tsx?$/, ''));
      files[path] = `export { value } from '${way.startsWith('.') ? way : `./${way}`}';\n`;
    }
    const { status, output } = imports(files);
    expect(upward(output)).toEqual(steps.map(([path, target]) => `${path} → ${target}`).sort());
    expect(status).not.toBe(0);
  });

  it('is in no circle, not even one of types', () => {
    const { status, output } = imports({
      'modules/rules/naming.ts': "import type { B } from './job-names';\nexport interface A {\n  readonly b?: B;\n}\n",
      'modules/rules/job-names.ts': "import type { A } from './naming';\nexport interface B {\n  readonly a?: A;\n}\n",
    });
    expect(output).toContain('error no-circle: modules/rules/');
    expect(status).toBe(1);
  });

  it('is not in a file that is in no room', () => {
    const { status, output } = imports({
      'modules/a/new-room.ts': "export { value } from './b';\n",
      'modules/a/b.ts': VALUE,
    });
    expect(output).toContain('error in-no-room: modules/a/new-room.ts');
    expect(status).toBe(1);
  });
});

/** What knip says of a tree. */
function unused(files: { readonly [path: string]: string }) {
  const project = { 'package.json': '{"name":"cdktf-batch-jobs","main":"./dist/index.js"}\n', 'tsconfig.json': '{}\n' };
  const words = ['--config', join(ROOT, 'knip.config.js'), '--no-config-hints', '--no-progress'];
  return run('knip/bin/knip.js', words, { ...project, ...files });
}

describe('code that nobody uses', () => {
  it('is not found where everything is used, be it loaded late', () => {
    const { status, output } = unused({
      'main.ts': "export const late = () => (require('./modules/used') as typeof import('./modules/used')).used();\n",
      'modules/used.ts': 'export function used() {}\n',
    });
    expect(output).toBe('');
    expect(status).toBe(0);
  });

  it('is a file, an export or a type that nothing imports', () => {
    const { status, output } = unused({
      'main.ts': "import { used } from './modules/used';\nused();\n",
      'modules/used.ts': 'export function used() {}\nexport function forgotten() {}\nexport type Idle = string;\n',
      'modules/alone.ts': 'export const alone = 1;\n',
    });
    expect(output).toContain('Unused files (1)\nmodules/alone.ts');
    expect(output).toMatch(/Unused exports \(1\)\nforgotten /);
    expect(output).toMatch(/Unused exported types \(1\)\nIdle /);
    expect(status).toBe(1);
  });
});
