import { withFailedItems } from '../../../../cli/operate/items/failed-items';
import { Optional } from '../../../../cli/operate/optional';
import { storyOf } from '../../../../cli/operate/story';
import type { BatchJob } from '../../../../cli/run-report/batch-job';
import { ArrayHistory, EXECUTION } from './array-history';
import { FakeBatch, failedChild } from './fake-batch';

const A = { attempt: 1, array: 0, size: 3, jobId: 'job-a' };
const B = { attempt: 1, array: 1, size: 3, jobId: 'job-b' };
const AGAIN = { attempt: 2, array: 0, size: 2, jobId: 'job-c' };

const parent = (jobId: string, statusSummary: Readonly<Record<string, number>>): readonly [string, BatchJob] => [
  jobId,
  { jobId, status: 'PENDING', arrayProperties: { size: 3, statusSummary } },
];
const quiet = () => new Optional((line) => expect(line).toBe('never'));

describe('the items that have failed so far', () => {
  it('are listed with index and reason while the run goes on, by one page for each array that has some', async () => {
    const history = new ArrayHistory().map(1, [3, 3]).submit(A).submit(B);
    const jobs = new Map([parent('job-a', { FAILED: 2, RUNNING: 1 }), parent('job-b', { RUNNING: 3 })]);
    const batch = new FakeBatch({
      'job-a': [
        failedChild('job-a', 2, 3),
        { ...failedChild('job-a', 0, 137), statusReason: 'Job attempt duration exceeded timeout' },
      ],
    })
      .index(1, 0, [10, 11, 12])
      .index(1, 1, [13, 14, 15]);
    const story = storyOf(EXECUTION, history.events, jobs);
    const { items } = await withFailedItems(batch.deployment(), story, quiet());
    expect(items?.failures).toEqual([
      { index: 10, reason: 'Job attempt duration exceeded timeout (exit code 137)', exitCode: 137 },
      { index: 12, reason: 'Exit code 3', exitCode: 3 },
    ]);
    expect(batch.requests.filter((name) => name === 'ListJobs')).toHaveLength(1);
  });

  it('leave out those that run again', async () => {
    const history = new ArrayHistory().map(1, [3]).submit(A).end(A, { SUCCEEDED: 1, FAILED: 2 });
    history.function('collect').map(2, [2]).submit(AGAIN);
    const jobs = new Map([parent('job-c', { RUNNING: 1, FAILED: 1 })]);
    const batch = new FakeBatch({
      'job-a': [failedChild('job-a', 0, 1), failedChild('job-a', 2, 1)],
      'job-c': [failedChild('job-c', 1, 4)],
    })
      .index(1, 0, [10, 11, 12])
      .index(2, 0, [10, 12]);
    const { items } = await withFailedItems(batch.deployment(), storyOf(EXECUTION, history.events, jobs), quiet());
    expect(items?.failures).toEqual([{ index: 12, reason: 'Exit code 4', exitCode: 4 }]);
  });

  it('are fifty at most, from ten arrays at most, however many there are', async () => {
    const arrays = Array.from({ length: 30 }, (_, array) => ({ attempt: 1, array, size: 100, jobId: `job-${array}` }));
    const history = new ArrayHistory().map(
      1,
      arrays.map(({ size }) => size),
    );
    for (const array of arrays) history.submit(array);
    const jobs = new Map(
      arrays.map(({ jobId }) => [
        jobId,
        { jobId, status: 'PENDING' as const, arrayProperties: { size: 100, statusSummary: { FAILED: 100 } } },
      ]),
    );
    const children = Object.fromEntries(
      arrays.map(({ jobId }) => [jobId, Array.from({ length: 100 }, (_, child) => failedChild(jobId, child, 1))]),
    );
    const batch = new FakeBatch(children);
    for (const { array } of arrays) {
      batch.index(
        1,
        array,
        Array.from({ length: 100 }, (_, child) => array * 100 + child),
      );
    }
    const { items } = await withFailedItems(batch.deployment(), storyOf(EXECUTION, history.events, jobs), quiet());
    expect(items?.counts.failed).toBe(3000);
    expect(items?.failures).toHaveLength(50);
    expect(batch.requests.length).toBeLessThanOrEqual(20);
  });

  it('are those of the result, without a request, once the run has ended', async () => {
    const failures = [{ index: 3, reason: 'OutOfMemoryError: Container killed', exitCode: 137 }];
    const output = JSON.stringify({ items: 4, succeeded: 3, failed: 1, failures });
    const execution = { ...EXECUTION, status: 'SUCCEEDED' as const, stopDate: new Date(), output };
    const batch = new FakeBatch({});
    const { items } = await withFailedItems(batch.deployment(), storyOf(execution, []), quiet());
    const reason = 'OutOfMemoryError: Container killed (exit code 137)';
    expect([items?.failures, batch.requests]).toEqual([[{ index: 3, reason, exitCode: 137 }], []]);
  });

  it('are not named if the index has expired, and their number is', async () => {
    const history = new ArrayHistory().map(1, [3]).submit(A).end(A, { FAILED: 3 });
    const story = storyOf({ ...EXECUTION, status: 'ABORTED', stopDate: new Date() }, history.events);
    const { items } = await withFailedItems(new FakeBatch({}).deployment(), story, quiet());
    expect(items).toMatchObject({ counts: { failed: 3 }, failures: [] });
  });
});
