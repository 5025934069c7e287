import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const ROOT = resolve(__dirname, '../..');

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'diagram-'));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function diagram(...words: string[]) {
  return spawnSync('node', ['--import', 'tsx', 'cli/batch-jobs.ts', 'diagram', ...words], {
    cwd: ROOT,
    encoding: 'utf8',
    env: { ...process.env, AWS_REGION: 'eu-west-1' },
  });
}

it('prints the example as an SVG, the same each time, and writes it to a file', () => {
  const { status, stdout, stderr } = diagram();
  expect([status, stderr]).toEqual([0, '']);
  expect(stdout).toMatch(/^<svg xmlns/);
  expect(stdout).toContain('>nightlyReport<');
  const file = join(folder, 'stack.svg');
  expect(diagram('--out', file).stdout).toBe(`Wrote ${file}\n`);
  expect(readFileSync(file, 'utf8')).toBe(stdout);
});

it('writes JSON to a file, and says so as JSON', () => {
  const file = join(folder, 'stack.json');
  expect(JSON.parse(diagram('--out', file, '--json').stdout)).toEqual({ file });
  const { stackName, jobs } = JSON.parse(readFileSync(file, 'utf8'));
  expect(stackName).toBe('batch-jobs-example');
  expect(jobs).toMatchObject([{ name: 'nightlyReport', item: { addresses: expect.arrayContaining([]) } }]);
});

it('does not know another format', () => {
  const { status, stdout, stderr } = diagram('--format', 'png');
  expect([status, stdout]).toEqual([2, '']);
  expect(stderr).toContain('svg, mermaid');
});
