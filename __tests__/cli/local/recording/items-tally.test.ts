import type { RecordedProgressEvent } from '../../../../cli/local/recording/format';
import { ItemsTally } from '../../../../cli/local/recording/items-tally';

const array = (attempt: number, children: number): RecordedProgressEvent => ({
  ...{ at: 0, type: 'items', attempt: String(attempt), items: 10, children, jobs: 4, onDemand: false, by: 'podman' },
});
const child = (item: number, attempt: number, exitCode: number | null = 0): RecordedProgressEvent => ({
  ...{ at: 0, type: 'child', item, attempt: String(attempt), exitCode, seconds: 1 },
  ...(exitCode === 0
    ? { outcome: 'succeeded', reason: '' }
    : { outcome: 'failed', reason: exitCode === null ? 'Host gone' : 'Essential container in task exited' }),
});

it('has nothing to say of a run without items', () => {
  const tally = new ItemsTally();
  expect(tally.next({ at: 0, type: 'note', text: 'a' })).toBe(false);
  expect(tally.items).toBeUndefined();
});

it('counts what ended, runs and waits, also while an attempt repeats what failed', () => {
  const tally = new ItemsTally();
  tally.next(array(1, 10));
  expect(tally.items).toEqual({ count: 10, succeeded: 0, failed: 0, running: 4, waiting: 6, failures: [] });
  for (let item = 0; item < 8; item++) tally.next(child(item, 1, item % 3 === 0 ? 1 : 0));
  expect(tally.items).toMatchObject({ succeeded: 5, failed: 3, running: 2, waiting: 0 });
  tally.next(child(9, 1, null));
  tally.next(child(8, 1));
  const first = { index: 0, reason: 'exit code 1', exitCode: 1, attempt: 1 };
  expect(tally.items).toMatchObject({ succeeded: 6, failed: 4, running: 0, waiting: 0 });
  expect(tally.items?.failures).toEqual([
    first,
    { ...first, index: 3 },
    { ...first, index: 6 },
    { index: 9, reason: 'Host gone', attempt: 1 },
  ]);
  tally.next(array(2, 4));
  expect(tally.items).toMatchObject({ succeeded: 6, failed: 0, running: 4, waiting: 0 });
  tally.next(child(3, 2));
  tally.next(child(0, 2, 1));
  expect(tally.items).toMatchObject({ succeeded: 7, failed: 1, running: 2, waiting: 0 });
  tally.next(child(6, 2));
  tally.next(child(9, 2));
  expect(tally.items).toMatchObject({ succeeded: 9, failed: 1, failures: [{ ...first, attempt: 2 }] });
});
