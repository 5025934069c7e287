import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { Script } from 'node:vm';
import {
  bundleTriggerFunction,
  TRIGGER_BUNDLE_FILE,
  TRIGGER_HANDLER,
  triggerBundlePath,
} from '../../modules/orchestration/trigger-bundle';

const CHECKOUT = resolve(__dirname, '../..');

// Jest gives tests a copy of `process` that never exits, so here the folder does not go by itself.
afterAll(() => rmSync(dirname(triggerBundlePath()), { recursive: true }));

/** Runs a script in a process of its own, with tsx, as synthesis does. */
function run(cwd: string, script: string): string {
  const file = join(cwd, 'run-bundle.ts');
  writeFileSync(file, script);
  return execFileSync(process.execPath, ['--import', 'tsx', file], { cwd, encoding: 'utf8' });
}

test('is one file that Lambda can load, small, with the licence of what is in it', () => {
  const source = bundleTriggerFunction();
  expect(source.length).toBeLessThan(30_000);
  expect(source).toContain('MIT');
  const required = [...source.matchAll(/require\("([^"]+)"\)/g)].map((match) => match[1]);
  const builtIn = /^(node:)?(buffer|crypto|http|https|querystring|timers\/promises|url|zlib)$/;
  expect(required.filter((name = '') => !builtIn.test(name))).toEqual([]);
  expect(() => new Script(source)).not.toThrow();
});

test('exports the handler that the function names', () => {
  const [file, name] = TRIGGER_HANDLER.split('.');
  expect(TRIGGER_BUNDLE_FILE).toBe(`${file}.js`);
  const exported = execFileSync(
    process.execPath,
    ['-p', `typeof require(${JSON.stringify(triggerBundlePath())}).${name}`],
    { encoding: 'utf8' },
  );
  expect(exported.trim()).toBe('function');
});

test('its file has its bytes, and is the same file for the whole process', () => {
  expect(basename(triggerBundlePath())).toBe(TRIGGER_BUNDLE_FILE);
  expect(readFileSync(triggerBundlePath(), 'utf8')).toBe(bundleTriggerFunction());
  expect(triggerBundlePath()).toBe(triggerBundlePath());
});

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
    cpSync(join(CHECKOUT, 'modules/bundled-program.ts'), join(folder, 'modules/bundled-program.ts'));
    symlinkSync(join(CHECKOUT, 'node_modules'), join(folder, 'node_modules'), 'dir');
    // Settings that would change what esbuild writes, if it asked for them.
    writeFileSync(join(folder, 'tsconfig.json'), '{"compilerOptions":{"target":"ES5","useDefineForClassFields":true}}');
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('the bytes are the same, and the temporary file goes with the process', () => {
    const output = run(
      folder,
      `import { createHash } from 'node:crypto';
       import { bundleTriggerFunction, triggerBundlePath } from './modules/orchestration/trigger-bundle';
       const sha256 = createHash('sha256').update(bundleTriggerFunction()).digest('hex');
       console.log(JSON.stringify({ source: bundleTriggerFunction(), path: triggerBundlePath(), sha256 }));`,
    );
    const { source, path } = JSON.parse(output) as { source: string; path: string };
    expect(source).toBe(bundleTriggerFunction());
    expect(existsSync(path)).toBe(false);
  });

  test('prepared ahead they are the same too', () => {
    const ahead = run(
      folder,
      `import { bundleTriggerFunction, prepareTriggerBundle } from './modules/orchestration/trigger-bundle';
       prepareTriggerBundle().then(() => process.stdout.write(bundleTriggerFunction()));`,
    );
    expect(ahead).toBe(bundleTriggerFunction());
  });
});
