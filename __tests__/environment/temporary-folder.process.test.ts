import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const ROOT = resolve(__dirname, '../..');

let project: string;

beforeEach(() => {
  project = realpathSync(mkdtempSync(join(tmpdir(), 'project-')));
});
afterEach(() => rmSync(project, { recursive: true }));

/** Runs test files with this project's configuration, and returns what is left in their temporary folder. */
function run(files: { readonly [name: string]: string }, variables: { readonly [name: string]: string } = {}) {
  const temporary = join(project, 'tmp');
  mkdirSync(temporary);
  for (const [name, text] of Object.entries(files)) writeFileSync(join(project, name), text);
  const config = { ...require('../../jest.config.js'), rootDir: ROOT, roots: [project] };
  const words = [
    join(ROOT, 'node_modules/jest/bin/jest.js'),
    '--config',
    JSON.stringify(config),
    '--ci',
    '--runInBand',
  ];
  const { status, stdout, stderr } = spawnSync(process.execPath, words, {
    cwd: ROOT,
    env: { ...process.env, TESTS_UNTIL: '', TMPDIR: temporary, FORCE_COLOR: '0', ...variables },
    encoding: 'utf8',
  });
  return { status, output: stdout + stderr, left: readdirSync(temporary) };
}

const FS = `const { mkdtempSync } = require('node:fs'); const { tmpdir } = require('node:os'); const { join } = require('node:path');`;

const MAKES = (name: string) => `${FS} test('makes', () => { mkdtempSync(join(tmpdir(), '${name}')); });`;

it('a file that leaves something in its temporary folder fails, even if its tests pass, and nothing is left', () => {
  const { status, output, left } = run({
    'leaves.test.ts': MAKES('forgotten-'),
    'tidy.test.ts': `${FS} test('is alone', () => expect(require('node:fs').readdirSync(tmpdir()).join()).not.toContain('forgotten'));`,
  });
  expect(output).toMatch(/FAIL .*leaves\.test\.ts\n/);
  expect(output).toMatch(/Left in the temporary folder: forgotten-\w{6}\n/);
  expect(output).toMatch(/PASS .*tidy\.test\.ts\n/);
  expect({ status, left }).toEqual({ status: 1, left: [] });
});

it('when the time is up, what has begun ends, the rest is skipped and named, and what it would have removed is removed', () => {
  const { status, output, left } = run(
    {
      // Each block has made its folder when the first test begins.
      'begun.test.ts': `${FS}
        const folder = mkdtempSync(join(tmpdir(), 'forgotten-'));
        afterAll(() => console.log('taken down'));
        test('begins in time', () => new Promise((resolve) => setTimeout(resolve, 1000 * (process.env.TESTS_UNTIL - Date.now() / 1000) + 50)));
        test('begins too late', () => { throw new Error('was run'); });
        describe('a block', () => {
          beforeAll(() => { throw new Error('was set up'); });
          test('is not begun', () => {});
        });`,
      'late.test.ts': `${FS}
        mkdtempSync(join(tmpdir(), 'forgotten-'));
        beforeAll(() => { throw new Error('was set up'); });
        test('is not begun', () => {});`,
    },
    { TESTS_UNTIL: String(Math.ceil(Date.now() / 1000) + 10) },
  );
  expect(output).toMatch(/PASS .*begun\.test\.ts/);
  expect(output).toContain('taken down');
  expect(output).toContain('Tests:       3 skipped, 1 passed, 4 total');
  for (const name of ['begun', 'late']) {
    expect(output).toMatch(new RegExp(`^Tests skipped, since the time is up: .*${name}\\.test\\.ts$`, 'm'));
  }
  expect({ status, left }).toEqual({ status: 0, left: [] });
});

it('what CDKTF makes for a test is removed, and so is what a child process makes in the folder that it inherits', () => {
  const { status, output, left } = run({
    'cdktf.test.ts': `import { Testing } from '${join(ROOT, 'node_modules/cdktf')}'; test('makes', () => { Testing.app(); });`,
    'child.test.ts': `${FS} test('inherits', () => {
      const child = require('node:child_process').execFileSync(process.execPath, ['-p', 'os.tmpdir()'], { encoding: 'utf8' });
      expect(child.trim()).toBe(tmpdir());
      expect(process.env.TMPDIR).toBe(tmpdir());
    });`,
  });
  expect(output).toContain('2 passed, 2 total');
  expect({ status, left }).toEqual({ status: 0, left: [] });
});

it.each(['SIGINT', 'SIGTERM'])('nothing is left by a run that is stopped with %s', (signal) => {
  const { status, left } = run({
    'waits.test.ts': `${FS} test('waits', async () => {
      mkdtempSync(join(tmpdir(), 'unfinished-'));
      process.kill(process.pid, '${signal}');
      await new Promise(() => {});
    });`,
  });
  expect({ stopped: status !== 0, left }).toEqual({ stopped: true, left: [] });
});

it('test files share a package, but neither what they make of modules of the project nor variables, timers and spies', () => {
  const file = `import { colors } from '${join(ROOT, 'cli/command/colors')}';
    import { ConfigError } from '${join(ROOT, 'modules/problems/config-error')}';
    import { sqs } from '${join(ROOT, 'triggers/sqs/schema')}';
    import { Token } from '${join(ROOT, 'node_modules/cdktf')}';
    test('finds nothing of another file', () => {
      expect(new Error() instanceof Error && Array.isArray([]) && Token.asList(['a']) instanceof Array).toBe(true);
      expect([process.env.LEFT, (colors as any).left]).toEqual([undefined, undefined]);
      expect([jest.isMockFunction(Math.random), jest.isMockFunction(sqs.safeParse)]).toEqual([false, false]);
      expect(Date.now()).toBeGreaterThan(1e12);
      // Those of setupFilesAfterEnv.
      expect((globalThis as any)[Symbol.for('$$jest-matchers-object')].customEqualityTesters).toHaveLength(1);
      console.log('seen by', (Token as any).seen = ((Token as any).seen ?? 0) + 1);
      process.env.LEFT = 'left';
      Object.assign(colors, { left: 'left' });
      // Without state, so it is the same for all files.
      expect(() => Object.assign(ConfigError, { left: 'left' })).toThrow(TypeError);
      jest.spyOn(Math, 'random');
      jest.spyOn(sqs, 'safeParse');
      jest.useFakeTimers({ now: 0 });
    });`;
  const { status, output } = run({ 'a.test.ts': file, 'b.test.ts': file });
  expect(output).toContain('2 passed, 2 total');
  expect(output).toContain('seen by 2');
  expect(status).toBe(0);
});

it('test files share the modules of Jest, which load others for the file that runs', () => {
  const file = `const seen = (expect.seen = (expect.seen ?? 0) + 1);
    test('is run', () => console.log('seen by', seen));
    if (seen === 2) test.each([{ a: 1 }])('has %p', (value) => expect(value).toEqual({ a: 2 }));`;
  const { status, output } = run({ 'a.test.ts': file, 'b.test.ts': file });
  expect(output).toContain('1 failed, 2 passed, 3 total');
  expect(output).toMatch(/seen by 2[\s\S]*● has \{"a": 1\}[\s\S]*- +"a": 2,\n +\+ +"a": 1,[\s\S]*> 3 \|/);
  expect(status).toBe(1);
});

it('a module outside the project that changes between two files is read anew', () => {
  const file = (text: string) => `${FS} const changed = join(tmpdir(), '../changed.js');
    test('changes', () => {
      require('node:fs').writeFileSync(changed, 'module.exports = "${text}";');
      expect(require(changed)).toBe('${text}');
    });`;
  const { status, output } = run({ 'a.test.ts': file('first'), 'b.test.ts': file('second') });
  expect(output).toContain('2 passed, 2 total');
  expect(status).toBe(0);
});

it('what was a global of a file is freed after it: else a worker keeps all modules of all files', () => {
  const file = `test('leaves a global behind', () => {
      require('node:v8').setFlagsFromString('--expose-gc');
      if (process.left !== undefined) {
        require('node:vm').runInNewContext('gc')();
        expect(process.left.deref()).toBeUndefined();
        console.log('freed');
      }
      global.something = { of: 'this file' };
      process.left = new WeakRef(global.something);
      delete global.something;
    });`;
  const { status, output } = run({ 'a.test.ts': file, 'b.test.ts': file });
  expect(output).toContain('freed');
  expect(status).toBe(0);
});
