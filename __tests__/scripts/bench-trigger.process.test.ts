import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';

const SCRIPT = resolve(__dirname, '../../scripts/bench-trigger.ts');

function bench(...options: string[]): string {
  return execFileSync(process.execPath, ['--import', 'tsx', SCRIPT, ...options], { encoding: 'utf8', stdio: 'pipe' });
}

test('measures the function and each candidate in one run', () => {
  const rows = bench('--rounds', '1')
    .split('\n')
    .filter((line) => /^\| \S/.test(line) && !line.startsWith('| |'))
    .map((line) => line.split('|').map((cell) => cell.trim()));
  expect(rows.map(([, name]) => name)).toEqual([
    'the trigger function',
    'aws4 + node:https',
    'aws4fetch + fetch',
    '@aws-sdk/client-sfn',
  ]);
  for (const [, , size, gzip, load, answer, ratio] of rows) {
    expect(Number(size)).toBeGreaterThan(Number(gzip));
    expect(Number(answer)).toBeGreaterThan(Number(load));
    expect(Number(ratio)).toBeGreaterThan(0);
  }
  expect(rows.at(-1)?.[6]).toBe('1.00');
});

test('a Node.js that is not there is an error', () => {
  expect(() => bench('--node', '/nowhere/node')).toThrow(/ENOENT/);
});
