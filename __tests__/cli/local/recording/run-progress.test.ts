import type { RecordedProgressEvent } from '../../../../cli/local/recording/format';
import { RunProgress } from '../../../../cli/local/recording/run-progress';
import { ITEMS } from '../../../../modules/orchestration/state-names';

const items = (at: number, attempt: string, children: number): RecordedProgressEvent => ({
  ...{ at, type: 'items', attempt, items: 9, children, jobs: 2, onDemand: false, by: 'podman' },
});
const end = (at: number, attempt: string, succeeded: number, failed: number): RecordedProgressEvent => ({
  ...{ at, type: 'items-end', attempt, succeeded, failed, seconds: 1 },
});

it('has an attempt for the containers of its items, and the wait between two of them', () => {
  const progress = new RunProgress(0);
  progress.next({ at: 1, type: 'state', state: ITEMS.array, kind: 'Task' });
  progress.next(items(2, '1', 9));
  expect(progress.attempts).toMatchObject([{ number: 1, outcome: 'running', children: { waiting: 9, failed: 0 } }]);
  progress.next(end(5, '1', 7, 2));
  progress.next({ at: 6, type: 'state', state: ITEMS.wait, kind: 'Wait' });
  progress.next({ at: 6, type: 'wait', state: ITEMS.wait, of: 'Wait', seconds: 30, waited: 1 });
  progress.next({ at: 8, type: 'state', state: ITEMS.array, kind: 'Task' });
  progress.next(items(8, '2', 2));
  progress.next(end(9, '2', 2, 0));
  expect(progress.attempts).toMatchObject([
    {
      ...{ number: 1, outcome: 'failed', begunAt: 2, endedAt: 5, reason: '2 items of 9 failed' },
      children: { waiting: 0, running: 0, succeeded: 7, failed: 2 },
    },
    { number: 2, outcome: 'succeeded', endedAt: 9, children: { waiting: 0, succeeded: 2, failed: 0 } },
  ]);
  expect(progress.waits).toMatchObject([{ kind: 'retry', from: 6, to: 8, before: 2 }]);
});

it('adds the arrays of an attempt up', () => {
  const progress = new RunProgress(0);
  progress.next(items(1, '1', 6));
  progress.next(end(2, '1', 5, 1));
  progress.next(items(3, '1', 3));
  progress.next(end(4, '1', 3, 0));
  expect(progress.attempts).toMatchObject([
    { outcome: 'failed', children: { waiting: 0, running: 0, succeeded: 8, failed: 1 } },
  ]);
});
