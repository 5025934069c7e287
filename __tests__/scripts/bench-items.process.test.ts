import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';

const SCRIPT = resolve(__dirname, '../../scripts/bench-items.ts');

function bench(...options: string[]): string {
  return execFileSync(process.execPath, ['--import', 'tsx', SCRIPT, ...options], { encoding: 'utf8', stdio: 'pipe' });
}

/** The peak does not grow with the manifest: it is what the function holds of it at a time. */
test.each([['--text'], []])('a manifest that is larger than the memory that the function needs: %s', (...options) => {
  const line = bench('--mb', '300', '--items', '3000', ...options);
  const [, items, memory] = /: ([\d,]+) items in .* at most (\d+) MiB\n$/.exec(line) ?? [];
  expect([line, items]).toEqual([line, '3,000']);
  expect(Number(memory)).toBeLessThan(280);
});

test('what the function says of a manifest that it refuses', () => {
  expect(bench('--mb', '60', '--items', '2000000')).toContain('The run has more than the 1000000 items');
});
