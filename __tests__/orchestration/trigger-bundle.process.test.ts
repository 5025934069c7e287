import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { bundleTriggerFunction } from '../../modules/orchestration/trigger-bundle';

const CHECKOUT = resolve(__dirname, '../..');

/** Runs a script in a separate process with tsx, like synthesis. */
function run(cwd: string, script: string): string {
  const file = join(cwd, 'run-bundle.ts');
  writeFileSync(file, script);
  return execFileSync(process.execPath, ['--import', 'tsx', file], { cwd, encoding: 'utf8' });
}

describe('in another folder', () => {
  let folder: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'another checkout '));
    cpSync(join(CHECKOUT, 'modules/orchestration/trigger'), join(folder, 'modules/orchestration/trigger'), {
      recursive: true,
    });
    cpSync(
      join(CHECKOUT, 'modules/orchestration/trigger-bundle.ts'),
      join(folder, 'modules/orchestration/trigger-bundle.ts'),
    );
    cpSync(join(CHECKOUT, 'modules/rules'), join(folder, 'modules/rules'), { recursive: true });
    cpSync(
      join(CHECKOUT, 'modules/orchestration/bundled-program.ts'),
      join(folder, 'modules/orchestration/bundled-program.ts'),
    );
    symlinkSync(join(CHECKOUT, 'node_modules'), join(folder, 'node_modules'), 'dir');
    // Settings that would change what esbuild writes, if it asked for them.
    writeFileSync(join(folder, 'tsconfig.json'), '{"compilerOptions":{"target":"ES5","useDefineForClassFields":true}}');
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('the bytes are the same, also if they are prepared ahead', () => {
    const made = run(
      folder,
      `import { bundleTriggerFunction, prepareTriggerBundle } from './modules/orchestration/trigger-bundle';
       const prepared = prepareTriggerBundle();
       const here = bundleTriggerFunction();
       prepared.then(() => process.stdout.write(JSON.stringify([here, bundleTriggerFunction()])));`,
    );
    expect(JSON.parse(made)).toEqual([bundleTriggerFunction(), bundleTriggerFunction()]);
  });
});
