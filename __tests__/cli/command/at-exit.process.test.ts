import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const MODULE = join(__dirname, '../../../cli/command/at-exit.ts');

/** A program that uses it, to its end. */
function run(code: string) {
  const program = `const { atExit } = require(${JSON.stringify(MODULE)});\nconst { log } = console;\n${code}`;
  const words = ['--import', 'tsx', '--eval', program];
  const { stdout, stderr } = spawnSync(process.execPath, words, { encoding: 'utf8' });
  return { lines: stdout.trim().split('\n'), stderr };
}

test('what came last is undone first, once, and one that fails keeps none from it', () => {
  const { lines, stderr } = run(`
    atExit(() => log('folder'));
    const now = atExit(() => log('now'));
    atExit(() => { throw new Error('cannot'); });
    atExit(() => log('process'));
    now(); now();
    process.exit(0);`);
  expect(lines).toEqual(['now', 'process', 'folder']);
  expect(stderr).toBe('cannot\n');
});
