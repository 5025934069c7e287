import { benchContext, type ContextBenchRow, contextTable } from '../../scripts/bench-context';

/** Far more than what a synthesis needs beside it, in itself and compressed to its half. */
const MEBIBYTES = 200;
const MOST_MORE_MEGABYTES = 100;
let rows: readonly ContextBenchRow[];

beforeAll(async () => {
  rows = await benchContext({ mebibytes: MEBIBYTES, files: [1, 4000] });
});

test('a large build context is not held in memory, in one file or in many', () => {
  const [baseline, ...large] = rows;
  expect(large.map(({ files }) => files)).toEqual([1, 4000]);
  for (const { first, again } of large) {
    expect(first.megabytes - (baseline?.first.megabytes ?? 0)).toBeLessThan(MOST_MORE_MEGABYTES);
    expect(again.megabytes - (baseline?.again.megabytes ?? 0)).toBeLessThan(MOST_MORE_MEGABYTES);
  }
});

test('an unchanged build context is not compressed again', () => {
  for (const { first, again } of rows.slice(1)) expect(again.cpuSeconds).toBeLessThan(first.cpuSeconds);
});

test('the table has a line for each', () => {
  expect(contextTable(rows, MEBIBYTES).split('\n').slice(2)).toEqual([
    expect.stringMatching(/^\| two small files \|( \d+(\.\d)? \|){4}$/),
    expect.stringMatching(/^\| 200 MiB in 1 file \|/),
    expect.stringMatching(/^\| 200 MiB in 4,000 files \|/),
  ]);
});
