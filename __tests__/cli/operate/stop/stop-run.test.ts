import timers from 'node:timers/promises';
import { hasContainer, stoppable, stopReason, stopRun } from '../../../../cli/operate/stop/stop-run';
import type { BatchJob } from '../../../../cli/run-report/batch-job';
import { answers, deploymentOf } from '../fake-aws';

const BATCH = { resourceType: 'batch', resource: 'submitJob.sync' };
const ARN = 'arn:aws:states:eu-west-1:123456789012:execution:shop-report:report-1';

/** The history of an execution that has submitted a job for each ID. */
const history = (ids: readonly string[]) => ({
  events: ids.flatMap((JobId, index) => [
    {
      id: 2 * index + 1,
      type: 'TaskScheduled',
      taskScheduledEventDetails: {
        ...BATCH,
        parameters: JSON.stringify({
          JobQueue: 'q',
          ContainerOverrides: { Environment: [{ Name: 'STP_CURRENT_ATTEMPT', Value: String(index + 1) }] },
        }),
      },
    },
    {
      id: 2 * index + 2,
      previousEventId: 2 * index + 1,
      type: 'TaskSubmitted',
      taskSubmittedEventDetails: { ...BATCH, output: JSON.stringify({ JobId }) },
    },
  ]),
});

/** AWS with jobs, which DescribeJobs tells look by look: the last one is repeated. */
function aws(execution: object, ...looks: readonly (readonly BatchJob[])[]) {
  let look = 0;
  const ids = [...new Set(looks.flat().map(({ jobId = '' }) => jobId))];
  const answer = answers({
    DescribeExecution: execution,
    GetExecutionHistory: history(ids),
    DescribeJobs: () => ({ jobs: looks[look++] ?? looks.at(-1) }),
    StopExecution: {},
    TerminateJob: {},
  });
  const deployment = deploymentOf(answer);
  const run = { job: deployment.jobNamed('report'), name: 'report-1', executionArn: ARN };
  const sent = (name: string) => answer.requests.flatMap((request) => (request.name === name ? [request.input] : []));
  return { deployment, run, sent };
}

const job = (jobId: string, status = 'RUNNING', more: Partial<BatchJob> = {}): BatchJob =>
  ({ jobId, status, ...more }) as BatchJob;

describe('the reason of a stop', () => {
  it('is what was given, or else another one', () => {
    expect(stopReason('too late', '--reason', 'stopped')).toBe('too late');
    expect(stopReason(undefined, '--reason', 'stopped')).toBe('stopped');
    expect(stopReason('x'.repeat(1_024), '--reason', 'stopped')).toHaveLength(1_024);
  });

  it.each(['', ' ', 'x'.repeat(1_025)])('must have 1 to 1,024 characters', (reason) => {
    expect(() => stopReason(reason, '--reason', 'stopped')).toThrow('--reason accepts 1 to 1,024 characters.');
  });
});

describe('what is left to stop', () => {
  it('is an execution that runs, with its jobs that have not ended', async () => {
    const jobs = [job('a', 'SUCCEEDED'), job('b', 'FAILED'), job('c', 'RUNNABLE')];
    const { deployment, run } = aws({ status: 'RUNNING' }, jobs);
    expect(await stoppable(deployment, run)).toEqual({ status: 'RUNNING', isRunning: true, jobs: [jobs[2]] });
    const without = aws({}, []);
    expect(await stoppable(without.deployment, without.run)).toEqual({ status: 'RUNNING', isRunning: true, jobs: [] });
  });

  it('can be a job that has outlived its execution', async () => {
    const { deployment, run } = aws({ status: 'FAILED' }, [job('a')]);
    expect(await stoppable(deployment, run)).toEqual({ status: 'FAILED', isRunning: false, jobs: [job('a')] });
  });

  it('is nothing of a run that has ended', async () => {
    const stopDate = new Date(2026, 10, 27, 11, 58);
    const ended = aws({ status: 'SUCCEEDED', stopDate }, []);
    await expect(stoppable(ended.deployment, ended.run)).rejects.toThrow(
      'Nothing to stop: run report-1 ended at 2026-11-27 11:58 (SUCCEEDED).',
    );
    const unknown = aws({ status: 'ABORTED' }, []);
    await expect(stoppable(unknown.deployment, unknown.run)).rejects.toThrow(
      'Nothing to stop: run report-1 ended (ABORTED).',
    );
  });
});

describe('a stop', () => {
  let pauses: number[];
  beforeEach(() => {
    pauses = [];
    jest.spyOn(timers, 'setTimeout').mockImplementation(async (milliseconds) => void pauses.push(milliseconds ?? 0));
  });
  afterEach(() => jest.restoreAllMocks());

  const stop = async (isRunning: boolean, ...looks: readonly (readonly BatchJob[])[]) => {
    const { deployment, run, sent } = aws({}, ...looks);
    await stopRun(deployment, run, { status: 'RUNNING', isRunning, jobs: [] }, 'too late');
    return { stopped: sent('StopExecution'), terminated: sent('TerminateJob'), looked: sent('DescribeJobs').length };
  };

  it('is one of the execution, which ends a run without a job', async () => {
    expect(await stop(true, [])).toEqual({
      stopped: [{ executionArn: ARN, error: 'Stopped', cause: 'too late' }],
      terminated: [],
      looked: 0,
    });
    expect(pauses).toEqual([]);
  });

  it('does not stop an execution that has ended', async () => {
    expect((await stop(false, [job('a', 'FAILED')])).stopped).toEqual([]);
  });

  it('leaves the job to Step Functions, which terminates or cancels it', async () => {
    const own = [job('a', 'RUNNING', { isTerminated: true }), job('b', 'RUNNABLE', { isCancelled: true })];
    expect(await stop(true, own)).toMatchObject({ terminated: [], looked: 2 });
    expect(pauses).toEqual([]);
  });

  it('gives Step Functions three seconds, and then terminates the jobs that are left', async () => {
    const jobs = [job('a', 'RUNNING', { isTerminated: true }), job('b'), job('c', 'RUNNABLE')];
    expect(await stop(true, jobs)).toMatchObject({
      terminated: [
        { jobId: 'b', reason: 'too late' },
        { jobId: 'c', reason: 'too late' },
      ],
      looked: 4,
    });
    expect(pauses).toEqual([1_000, 1_000, 1_000]);
  });

  it('stops to look when nothing is left', async () => {
    expect(await stop(true, [job('a')], [job('a')], [job('a', 'FAILED')])).toMatchObject({ terminated: [], looked: 3 });
    expect(pauses).toEqual([1_000]);
  });
});

it.each<[string, BatchJob[], boolean]>([
  ['without a job', [], false],
  ['in the queue', [job('a', 'RUNNABLE')], false],
  ['that starts', [job('a', 'RUNNABLE'), job('b', 'STARTING')], true],
  ['that runs', [job('a', 'RUNNING')], true],
  ['with children that start', [job('a', 'PENDING', { arrayProperties: { statusSummary: { STARTING: 1 } } })], true],
  ['with children that run', [job('a', 'PENDING', { arrayProperties: { statusSummary: { RUNNING: 1 } } })], true],
  ['with children that wait', [job('a', 'PENDING', { arrayProperties: { statusSummary: { RUNNABLE: 1 } } })], false],
])('whether a run has a container, %s: %s', (_, jobs, expected) => {
  expect(hasContainer({ status: 'RUNNING', isRunning: true, jobs })).toBe(expected);
});
