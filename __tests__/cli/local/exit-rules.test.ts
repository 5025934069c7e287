import { restarts } from '../../../cli/local/exit-rules';
import { retryPlan } from '../../../modules/orchestration/retry-plan';

const retry = retryPlan({ useSpotInstances: true, spotInterruption: { freeRestarts: 2 } }).batchRetry;
const TIMES = { startedAt: 0, stoppedAt: 1 };

test.each([
  ['the host is gone', { statusReason: 'Host EC2 (instance i-1) terminated.' }, 1, true],
  ['it ended on SIGTERM', { statusReason: 'Essential container in task exited', exitCode: 143 }, 2, true],
  [
    'it ended on SIGTERM for the last time',
    { statusReason: 'Essential container in task exited', exitCode: 143 },
    3,
    false,
  ],
  ['it failed', { statusReason: 'Essential container in task exited', exitCode: 1 }, 1, false],
  ['it could not start', { statusReason: 'Task failed to start', reason: 'CannotPullContainerError' }, 1, false],
])('%s', (_, run, runs, expected) => {
  expect(retry && restarts(retry, runs, { ...TIMES, ...run })).toBe(expected);
});

test('all conditions of a rule must match; without a match AWS Batch restarts', () => {
  const rule = { action: 'EXIT', onReason: 'Cannot*', onExitCode: '1' } as const;
  const ends = (reason: string, exitCode: number) =>
    restarts({ attempts: 2, evaluateOnExit: [rule] }, 1, { ...TIMES, statusReason: '', reason, exitCode });
  expect([ends('cannot pull', 1), ends('cannot pull', 2), ends('other', 1)]).toEqual([false, true, true]);
});
