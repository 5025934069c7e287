import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BenchRow, bench, benchTable } from '../../scripts/bench';
import { benchConfig, jobName } from '../../scripts/bench/config';
import { measure } from '../../scripts/bench/measure';
import { countBlocks, sameness } from '../../scripts/bench/terraform-json';

describe('bench', () => {
  let rows: readonly BenchRow[];
  beforeAll(async () => {
    rows = await bench({ jobs: [1, 10], runs: 1 });
  });

  test('gives a row for each number of jobs, with what both programs took', () => {
    expect(rows.map(({ jobs }) => jobs)).toEqual([1, 10]);
    for (const { ours, floor } of rows) {
      for (const { seconds, megabytes } of [ours, floor]) {
        expect(seconds).toBeGreaterThan(0.05);
        // No Node.js process with CDKTF in it is smaller, and no such small stack needs more.
        expect(megabytes).toBeGreaterThan(40);
        expect(megabytes).toBeLessThan(1024);
      }
    }
  });

  test('resources grow in proportion to jobs, beside what the jobs share', () => {
    const [one, ten] = rows.map(({ resources }) => resources);
    const perJob = ((ten ?? Number.NaN) - (one ?? Number.NaN)) / 9;
    expect(Number.isInteger(perJob)).toBe(true);
    // Three schedules make nine resources; job, roles, state machine and function not much more than these again.
    expect(perJob).toBeGreaterThan(15);
    expect(perJob).toBeLessThan(40);
    expect((one ?? Number.NaN) - perJob).toBeLessThan(60);
  });
});

test('a program that fails makes the bench fail, with what it wrote', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'batch-jobs-bench-test-'));
  try {
    const config = join(folder, 'bad.json');
    writeFileSync(config, JSON.stringify({ ...benchConfig(1), stackName: '-' }));
    const run = measure('main.ts', [], { BATCH_JOBS_CONFIG: config, CDKTF_OUTDIR: join(folder, 'out') });
    await expect(run).rejects.toThrow(/main\.ts ended with code 1:\n.*stackName/s);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('jobs differ in their names only', () => {
  const { resources } = benchConfig(2);
  const [first, second] = [jobName(1), jobName(2)];
  expect(Object.keys(resources)).toEqual([first, second]);
  expect(JSON.stringify(resources[second]).replaceAll(second, first)).toBe(JSON.stringify(resources[first]));
});

describe('sameness', () => {
  const stack = (id: string, attributes: object, note = 'a/b') => ({
    resource: { aws_iam_role: { [id]: { ...attributes, '//': { metadata: { path: note } } } } },
    data: {},
  });

  const reference = (id: string) => `\${aws_x.${id}.arn}`;

  test('sees through ids with hashes and CDKTF notes', () => {
    const nested = stack('job_Role_0123ABCD', { arn: reference('job_X_89ABCDEF') });
    const flat = stack('job_Role', { arn: reference('job_X') }, 'c');
    expect(sameness(nested)).toBe(sameness(flat));
    expect(countBlocks(nested)).toBe(1);
  });

  test.each([
    ['attribute', stack('job_Role', { name: 'b' })],
    ['id', stack('job_Roles', { name: 'a' })],
    ['number of resources', { resource: {}, data: {} }],
  ])('tells another %s', (_, other) => {
    expect(sameness(other)).not.toBe(sameness(stack('job_Role', { name: 'a' })));
  });
});

test('the table is Markdown with aligned columns', () => {
  const table = benchTable([
    {
      jobs: 1000,
      resources: 23_026,
      ours: { seconds: 12.345, cpuSeconds: 12, megabytes: 612.4 },
      floor: { seconds: 20, cpuSeconds: 20, megabytes: 1100 },
    },
  ]);
  expect(table.split('\n')).toEqual([
    '|  jobs | resources | ours, s | ours, MB | floor, s | floor, MB | ratio |',
    '| ----: | --------: | ------: | -------: | -------: | --------: | ----: |',
    '| 1,000 |    23,026 |   12.35 |      612 |    20.00 |      1100 |  0.62 |',
  ]);
});
