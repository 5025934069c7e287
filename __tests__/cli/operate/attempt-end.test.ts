import { date, outcomeOf, startsOf } from '../../../cli/operate/attempt-end';
import type { BatchJob } from '../../../cli/run-report/batch-job';

const HOST_GONE = 'Host EC2 (instance i-0123456789abcdef0) terminated.';
const at = (seconds: number) => Date.UTC(2026, 10, 27) + seconds * 1000;
const attempt = (log: string, exitCode: number | undefined, from: number, to: number, statusReason?: string) => ({
  container: { logStreamName: log, taskArn: `task-${log}`, exitCode, containerInstanceArn: `instance-${log}` },
  startedAt: at(from),
  stoppedAt: at(to),
  statusReason,
});

describe('the starts of a job', () => {
  const SUBMITTED = new Date(at(0));

  it('are those that ended, the first since the submission, the others since the one before', () => {
    const attempts = [attempt('a', undefined, 5, 10, HOST_GONE), attempt('b', 1, 20, 30, 'Essential container exited')];
    expect(startsOf({ status: 'FAILED', attempts } as BatchJob, SUBMITTED)).toEqual([
      {
        number: 1,
        queued: SUBMITTED,
        started: new Date(at(5)),
        stopped: new Date(at(10)),
        exitCode: undefined,
        reason: HOST_GONE,
        isReclaim: true,
        logStream: 'a',
        containerInstanceArn: 'instance-a',
      },
      {
        number: 2,
        queued: new Date(at(10)),
        started: new Date(at(20)),
        stopped: new Date(at(30)),
        exitCode: 1,
        reason: 'Essential container exited',
        isReclaim: false,
        logStream: 'b',
        containerInstanceArn: 'instance-b',
      },
    ]);
    expect(startsOf({ status: 'FAILED' } as BatchJob, undefined)).toEqual([]);
  });

  it('were reclaimed if another followed, or if the host is gone', () => {
    const reclaims = (...attempts: object[]) =>
      startsOf({ status: 'FAILED', attempts } as BatchJob, SUBMITTED).map(({ isReclaim }) => isReclaim);
    expect(reclaims(attempt('a', 143, 5, 10))).toEqual([false]);
    expect(reclaims(attempt('a', 143, 5, 10), attempt('b', 143, 20, 30))).toEqual([true, false]);
    expect(reclaims(attempt('a', 143, 5, 10, HOST_GONE))).toEqual([true]);
    expect(reclaims(attempt('a', 143, 5, 10, `no ${HOST_GONE}`))).toEqual([false]);
  });

  it('have the exit code of the job, and the reason of their container', () => {
    const bare = { startedAt: at(5), stoppedAt: at(10), statusReason: 'Task failed' };
    const codes = (job: object) =>
      startsOf(job as BatchJob, SUBMITTED).map(({ exitCode, reason }) => [exitCode, reason]);
    const container = { exitCode: 7 };
    expect(codes({ status: 'FAILED', container, attempts: [bare, bare] })).toEqual([
      [undefined, 'Task failed'],
      [7, 'Task failed'],
    ]);
    const own = { ...bare, container: { exitCode: 0, reason: 'OutOfMemoryError' } };
    expect(codes({ status: 'FAILED', container, attempts: [own] })).toEqual([[0, 'OutOfMemoryError']]);
    expect(codes({ status: 'FAILED', attempts: [bare] })).toEqual([[undefined, 'Task failed']]);
  });

  it.each(['STARTING', 'RUNNING'])('are one more while the job is %s', (status) => {
    const container = { logStreamName: 'b', taskArn: 'task-b' };
    const running = (job: object) =>
      startsOf({ status, container, startedAt: at(20), ...job } as BatchJob, SUBMITTED).map(
        ({ number, started, stopped }) => [number, started, stopped],
      );
    expect(running({})).toEqual([[1, new Date(at(20)), undefined]]);
    expect(running({ startedAt: undefined })).toEqual([[1, undefined, undefined]]);
    expect(running({ attempts: [attempt('a', 143, 5, 10)] })[1]).toEqual([2, new Date(at(20)), undefined]);
    // AWS Batch still describes the one that ended.
    expect(running({ attempts: [attempt('b', 143, 5, 10)] })).toHaveLength(1);
    expect(
      running({ attempts: [attempt('b', 143, 5, 10)], container: { ...container, taskArn: 'other' } }),
    ).toHaveLength(2);
    const unlogged = { ...attempt('b', 143, 5, 10), container: { taskArn: 'task-b' } };
    expect(running({ attempts: [unlogged], container: { taskArn: 'task-b' } })).toHaveLength(2);
    expect(running({ attempts: [{ ...unlogged, container: undefined }], container: undefined })).toHaveLength(2);
  });

  it.each(['SUBMITTED', 'PENDING', 'RUNNABLE', 'SUCCEEDED', 'FAILED'])(
    'are none more while the job is %s',
    (status) => {
      expect(startsOf({ status, container: { logStreamName: 'b' } } as BatchJob, SUBMITTED)).toEqual([]);
    },
  );
});

describe('a job ended', () => {
  const outcome = (job: object) => outcomeOf(job as BatchJob);
  const failed = (job: object) => outcome({ status: 'FAILED', ...job });

  it('only when AWS Batch says so', () => {
    expect(outcome({ status: 'SUCCEEDED' })).toBe('succeeded');
    for (const status of ['RUNNING', 'RUNNABLE', undefined]) expect(outcome({ status })).toBeUndefined();
    expect(failed({})).toBe('failed');
  });

  it.each([
    ['timed-out', 'Job attempt duration exceeded timeout'],
    ['canceled', 'Canceled by JobStateTimeLimit action due to reason: MISCONFIGURATION:JOB_RESOURCE_REQUIREMENT'],
    ['canceled', 'MISCONFIGURATION:JOB_RESOURCE_REQUIREMENT'],
    ['interrupted', HOST_GONE],
    ['failed', 'Essential container in task exited'],
    ['failed', `It says: ${HOST_GONE}`],
  ])('as %s by the reason "%s"', (expected, statusReason) => {
    expect(failed({ statusReason })).toBe(expected);
    // Somebody stopped it, whatever it says.
    expect(failed({ statusReason, isTerminated: true })).toBe('stopped');
  });

  it('as stopped if it was canceled by somebody, and not by AWS Batch', () => {
    expect(failed({ isCancelled: true })).toBe('stopped');
    expect(failed({ isCancelled: true, statusReason: HOST_GONE })).toBe('stopped');
    expect(failed({ isCancelled: true, statusReason: 'MISCONFIGURATION:X' })).toBe('canceled');
  });

  it('as interrupted if SIGTERM ended it after a restart, which only a Spot job has', () => {
    const attempts = (count: number) => Array.from({ length: count }, () => attempt('a', 143, 5, 10));
    expect(failed({ attempts: attempts(2), container: { exitCode: 143 } })).toBe('interrupted');
    expect(failed({ attempts: attempts(1), container: { exitCode: 143 } })).toBe('failed');
    expect(failed({ attempts: attempts(2), container: { exitCode: 1 } })).toBe('failed');
    expect(failed({ attempts: attempts(2) })).toBe('failed');
  });
});

it('a time that AWS does not know is 0 or missing', () => {
  expect([date(undefined), date(0), date(at(1))]).toEqual([undefined, undefined, new Date(at(1))]);
});
