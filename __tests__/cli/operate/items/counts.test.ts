import { countedItems } from '../../../../cli/operate/items/counts';
import { runOfStory } from '../../../../cli/operate/run-of-story';
import type { RunStory } from '../../../../cli/operate/run-story';
import { type Execution, jobsWithoutDetail, storyOf } from '../../../../cli/operate/story';
import type { BatchJob } from '../../../../cli/run-report/batch-job';
import { ArrayHistory, EXECUTION, type SubmittedArray } from './array-history';

const A: SubmittedArray = { attempt: 1, array: 0, size: 3, jobId: 'job-a' };
const B: SubmittedArray = { attempt: 1, array: 1, size: 1, jobId: 'job-b' };
const AGAIN: SubmittedArray = { attempt: 2, array: 0, size: 1, jobId: 'job-c' };

const told = (history: ArrayHistory, jobs: ReadonlyMap<string, BatchJob> = new Map(), more: Partial<Execution> = {}) =>
  storyOf({ ...EXECUTION, ...more }, history.events, jobs);
const arrays = ({ attempts }: RunStory) =>
  attempts.map(({ number, jobId, outcome, array }) => [number, jobId, outcome, array?.counts]);

/** What DescribeJobs says of an array whose children wait and run. */
const parent = (jobId: string, size: number, statusSummary: Readonly<Record<string, number>>): BatchJob => ({
  jobId,
  status: 'PENDING',
  createdAt: EXECUTION.startDate.getTime(),
  arrayProperties: { size, statusSummary },
});

describe('the items of a run', () => {
  it('are told apart by array, though the iterations of the Map alternate', () => {
    const history = new ArrayHistory().map(1, [3, 1]).submit(A).submit(B);
    history.end(A, { SUCCEEDED: 2, FAILED: 1 }).end(B, { SUCCEEDED: 1 });
    const story = told(history);
    expect(arrays(story)).toEqual([
      [1, 'job-a', 'failed', { waiting: 0, running: 0, succeeded: 2, failed: 1 }],
      [1, 'job-b', 'succeeded', { waiting: 0, running: 0, succeeded: 1, failed: 0 }],
    ]);
    expect(story.attempts.map(({ starts, reason }) => [starts, reason])).toEqual([
      [[], '1 of 3 children failed'],
      [[], undefined],
    ]);
    expect(story.items).toMatchObject({ count: 4, counts: { waiting: 0, running: 0, succeeded: 3, failed: 1 } });
  });

  it('run, wait and fail as AWS Batch counts the children, of which it is asked by array', () => {
    const history = new ArrayHistory().map(1, [3, 1]).submit(A).submit(B);
    expect(jobsWithoutDetail(history.events)).toEqual(['job-a', 'job-b']);
    const jobs = new Map([
      ['job-a', parent('job-a', 3, { RUNNING: 1, FAILED: 1, RUNNABLE: 1 })],
      ['job-b', { jobId: 'job-b', status: 'STARTING' as const }],
    ]);
    const { items } = told(history, jobs);
    expect(items?.counts).toEqual({ waiting: 2, running: 1, succeeded: 0, failed: 1 });
  });

  it('wait while their array is not submitted yet', () => {
    const history = new ArrayHistory().map(1, [3, 1]).submit(A).end(A, { SUCCEEDED: 3 }).scheduled(B);
    expect(told(history).items).toMatchObject({ count: 4, counts: { waiting: 1, succeeded: 3 } });
    // One array after another: the second is only planned.
    const first = new ArrayHistory().map(1, [3, 1]).submit(A).end(A, { SUCCEEDED: 3 });
    expect(told(first).items).toMatchObject({ count: 4, counts: { waiting: 1, succeeded: 3 } });
  });

  it('that failed are counted in the attempt that repeats them, and the others have failed for good', () => {
    const history = new ArrayHistory().map(1, [3, 1]).submit(A).submit(B);
    history.end(A, { SUCCEEDED: 1, FAILED: 2 }).end(B, { SUCCEEDED: 1 }).function('collect').map(2, [1]);
    expect(told(history).items?.counts).toEqual({ waiting: 0, running: 0, succeeded: 2, failed: 2 });
    history.submit(AGAIN);
    expect(arrays(told(history, new Map([['job-c', { jobId: 'job-c', status: 'RUNNING' }]]))).at(-1)).toEqual([
      2,
      'job-c',
      undefined,
      { waiting: 0, running: 1, succeeded: 0, failed: 0 },
    ]);
    history.end(AGAIN, { SUCCEEDED: 1 });
    expect(told(history).items).toMatchObject({
      count: 4,
      counts: { waiting: 0, running: 0, succeeded: 3, failed: 1 },
    });
  });

  it('are those of the result once the run has ended, with which failed and why in its reason', () => {
    const history = new ArrayHistory().map(1, [3, 1]).submit(A).end(A, { SUCCEEDED: 2, FAILED: 1 }).function('collect');
    const result = {
      items: 4,
      succeeded: 2,
      failed: 2,
      failures: [
        { index: 1, reason: 'Essential container in task exited', exitCode: 3 },
        { index: 3, reason: 'Job attempt duration exceeded timeout' },
      ],
      failuresUri: 's3://events/report/report-1/failures.jsonl',
    };
    const failed = { status: 'FAILED' as const, stopDate: new Date(), error: 'ItemsFailed' };
    const story = told(history, new Map(), { ...failed, cause: JSON.stringify(result) });
    expect(story.items).toEqual({
      count: 4,
      counts: { waiting: 0, running: 0, succeeded: 2, failed: 2 },
      failures: [{ index: 1, reason: 'Exit code 3', exitCode: 3 }, result.failures[1]],
      failuresUri: result.failuresUri,
    });
    expect(story.reason).toBe('2 of 4 items failed: item 1 (Exit code 3) and 1 more');
    const well = { status: 'SUCCEEDED' as const, stopDate: new Date(), output: JSON.stringify(result, undefined, 1) };
    expect(told(history, new Map(), well).items?.counts.failed).toBe(2);
  });

  it('keep the refusal of one array apart from the others', () => {
    const history = new ArrayHistory().map(1, [3, 1]).submit(A).scheduled(B).refused(B).end(A, { SUCCEEDED: 3 });
    const story = told(history);
    expect(story.attempts.map(({ jobId, refusals, outcome }) => [jobId, refusals, outcome])).toEqual([
      ['job-a', 0, 'succeeded'],
      [undefined, 1, undefined],
    ]);
    expect(story.waits).toEqual([{ kind: 'throttled', before: 1, from: expect.any(Date) }]);
    expect(story.items?.counts).toEqual({ waiting: 1, running: 0, succeeded: 3, failed: 0 });
  });

  it('are unknown if AWS Batch has forgotten an array, and none of a run without them', () => {
    const history = new ArrayHistory().map(1, [3]).submit(A);
    expect(told(history).items).toBeUndefined();
    expect(countedItems([])).toBeUndefined();
  });

  it('are one attempt of the console for each number, with the children of all its arrays together', () => {
    const history = new ArrayHistory().map(1, [3, 1]).submit(A).submit(B);
    history.end(A, { SUCCEEDED: 1, FAILED: 2 }).end(B, { SUCCEEDED: 1 }).function('collect').map(2, [1]).submit(AGAIN);
    const jobs = new Map([['job-c', { jobId: 'job-c', status: 'RUNNING' as const }]]);
    const policy = { attempts: 2, waits: [5], freeRestarts: 0, thenOnDemand: false, isSpot: false };
    const run = runOfStory(told(history, jobs), { job: 'report', policy });
    expect(run.attempts).toMatchObject([
      { number: 1, outcome: 'failed', starts: [], children: { waiting: 0, running: 0, succeeded: 2, failed: 2 } },
      { number: 2, outcome: 'running', starts: [], children: { waiting: 0, running: 1, succeeded: 0, failed: 0 } },
    ]);
    expect(run.items?.counts).toEqual({ waiting: 0, running: 1, succeeded: 2, failed: 1 });
  });
});
