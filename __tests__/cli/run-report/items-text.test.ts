import { barText, countsText, itemsResult } from '../../../cli/run-report/items-text';
import type { ItemsSummary, Result } from '../../../cli/run-report/progress-event';

const COUNTS = { succeeded: 4_207, failed: 3, running: 8, waiting: 5_782 };

it('says how many items are done', () => {
  expect(countsText(COUNTS)).toBe('4,210 of 10,000 items, 3 failed, 8 running');
  expect(countsText({ succeeded: 1, failed: 0, running: 0, waiting: 0 })).toBe('1 of 1 item');
});

it('draws a bar, with the time that is left as far as it can be known', () => {
  expect(barText(COUNTS, 60, 70)).toBe('[########............] 4,210 of 10,000 items, 3 failed, 8 running');
  expect(barText(COUNTS, 60, 111)).toBe(
    '[########............] 4,210 of 10,000 items, 3 failed, 8 running, 1 min 23 s left',
  );
  const begun = { succeeded: 2, failed: 0, running: 2, waiting: 6 };
  expect(barText(begun, 60, 111)).toBe('[####................] 2 of 10 items, 2 running');
});

const RESULT: Result = { executionName: 'report-1', status: 'FAILED', attempts: 2, seconds: 71 };

function lines(items: Partial<ItemsSummary>, result = RESULT): string[] {
  const summary = { items: 10_000, succeeded: 10_000, failed: 0, failures: [], slowest: [], ...items };
  return itemsResult(result, summary).map(({ text }) => text);
}

it('ends with the counts and the slowest items', () => {
  const slowest = [
    { item: 1_234, attempt: 1, seconds: 75 },
    { item: 7, attempt: 2, seconds: 0.25 },
  ];
  expect(lines({ slowest }, { ...RESULT, status: 'SUCCEEDED' })).toEqual([
    'Succeeded, 1 min 11 s',
    'Items     10,000',
    'Succeeded 10,000',
    'Failed    0',
    'Slowest   item 1,234 in 1 min 15 s, item 7 in 0.3 s',
  ]);
});

it('lists the items that failed, and how many more there are', () => {
  const failures = Array.from({ length: 30 }, (_, number) => ({
    ...{ item: number * 500, attempt: 2, seconds: number * 10, reason: `exit code ${number}` },
  }));
  const told = lines({ succeeded: 9_960, failed: 40, failures });
  expect(told.slice(4, 9)).toEqual([
    '',
    ' Item  Attempt        Time  Reason',
    '    0        2         0 s  exit code 0',
    '  500        2        10 s  exit code 1',
    '1,000        2        20 s  exit code 2',
  ]);
  expect(told.at(-2)).toBe('9,500        2  3 min 10 s  exit code 19');
  expect(told.at(-1)).toBe('20 more failed');
});

it('shows no control characters of a reason, and only its beginning', () => {
  const [failure] = lines({
    failed: 1,
    failures: [{ item: 0, attempt: 1, seconds: 1, reason: `a\n\u001B[2J${'x'.repeat(200)}` }],
  }).slice(-1);
  expect(failure).toMatch(/ {2}a \^\[\[2Jx+…$/);
});
