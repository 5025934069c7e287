import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { applyTable } from '../../scripts/bench-apply';

const ROOT = resolve(__dirname, '../..');

function bench(...options: string[]) {
  const script = ['--import', 'tsx', 'scripts/bench-apply.ts'];
  const { status, stderr } = spawnSync(process.execPath, [...script, ...options], { cwd: ROOT, encoding: 'utf8' });
  return { status, stderr: stderr.trim() };
}

/** Folders of other commits, which the benchmark makes and removes. */
const worktrees = () => spawnSync('git', ['worktree', 'list'], { cwd: ROOT, encoding: 'utf8' }).stdout;

test('needs a commit to compare with', () => {
  expect(bench()).toEqual({ status: 1, stderr: 'Name the commit to compare with: --base main~10.' });
});

test.each([
  [['--base', 'no-such-commit'], /invalid reference: no-such-commit/],
  [['--base', 'HEAD', '--runs', '0'], /"0" is not a number from 1 to 999/],
])('reports %j, and leaves nothing behind', (options, message) => {
  const before = worktrees();
  expect(bench(...options)).toEqual({ status: 1, stderr: expect.stringMatching(message) });
  expect(worktrees()).toBe(before);
});

test('the table has both, and how much of the earlier value remains', () => {
  const before = { resources: 40, first: 80, second: 10 };
  const after = { resources: 30, first: 60.04, second: 7.5 };
  expect(applyTable([{ jobs: 2, before, after }]).split('\n')).toEqual([
    '| Jobs | Resources | First, s | Second, s |',
    '| ---: | ---: | ---: | ---: |',
    '| 2 | 40 → 30 (0.75) | 80.0 → 60.0 (0.75) | 10.0 → 7.5 (0.75) |',
  ]);
});
