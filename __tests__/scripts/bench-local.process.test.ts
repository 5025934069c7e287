import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';

const SCRIPT = resolve(__dirname, '../../scripts/bench-local.ts');

test('a local run of more items needs hardly more memory', () => {
  const words = ['--import', 'tsx', SCRIPT, '--items', '10,200', '--jobs', '4'];
  const lines = execFileSync(process.execPath, words, { encoding: 'utf8', stdio: 'pipe' }).trim().split('\n');
  const [few = 0, many = 0] = lines.map((line) => Number(/^[\d,]+ items: .*, at most (\d+) MiB$/.exec(line)?.[1]));
  expect([lines, few, many]).toEqual([lines, expect.any(Number), expect.any(Number)]);
  expect(few).toBeGreaterThan(50);
  expect(many).toBeLessThan(few + 100);
});
