import type { JobDetail } from '@aws-sdk/client-batch';
import { itemStory } from '../../../../cli/operate/items/item-story';
import { storyOf } from '../../../../cli/operate/story';
import { ArrayHistory, EXECUTION } from './array-history';
import { FakeBatch } from './fake-batch';

const A = { attempt: 1, array: 0, size: 3, jobId: 'job-a' };
const B = { attempt: 1, array: 1, size: 2, jobId: 'job-b' };
const AGAIN = { attempt: 2, array: 0, size: 1, jobId: 'job-c' };

const START = EXECUTION.startDate.getTime();

/** What DescribeJobs says of a child. */
const child = (jobId: string, exitCode: number | undefined): JobDetail => ({
  ...{ jobId, jobName: 'report-1', jobQueue: 'queue', jobDefinition: 'definition', startedAt: START + 20_000 },
  status: exitCode === undefined ? 'RUNNING' : exitCode === 0 ? 'SUCCEEDED' : 'FAILED',
  statusReason: exitCode === undefined ? undefined : 'Essential container in task exited',
  createdAt: START + 10_000,
  stoppedAt: exitCode === undefined ? undefined : START + 60_000,
  container: { exitCode, logStreamName: `stream-${jobId}`, taskArn: `task-${jobId}` },
  attempts:
    exitCode === undefined
      ? []
      : [
          {
            container: { exitCode, logStreamName: `stream-${jobId}`, taskArn: `task-${jobId}` },
            startedAt: START + 20_000,
            stoppedAt: START + 60_000,
            statusReason: 'Essential container in task exited',
          },
        ],
});

const twice = () =>
  new ArrayHistory()
    .map(1, [3, 2])
    .submit(B)
    .submit(A)
    .end(A, { SUCCEEDED: 2, FAILED: 1 })
    .end(B, { SUCCEEDED: 2 })
    .function('collect')
    .map(2, [1])
    .submit(AGAIN);

describe('the story of an item', () => {
  it('has the attempts of the children that had it, each with its own containers', async () => {
    const history = twice().end(AGAIN, { SUCCEEDED: 1 });
    const ended = { ...EXECUTION, status: 'SUCCEEDED' as const, stopDate: new Date(START + 300_000) };
    const batch = new FakeBatch({}, [child('job-a:1', 3), child('job-c', 0)])
      .index(1, 0, [0, 1, 2])
      .index(1, 1, [3, 4])
      .index(2, 0, [1]);
    const story = await itemStory(batch.deployment(), storyOf(ended, history.events), 1);
    expect(story).toMatchObject({ item: 1, status: 'SUCCEEDED', reason: undefined, items: undefined });
    expect(
      story.attempts.map(({ number, jobId, outcome, reason, starts }) => [
        number,
        jobId,
        outcome,
        reason,
        starts.length,
      ]),
    ).toEqual([
      [1, 'job-a:1', 'failed', 'Exit code 3', 1],
      [2, 'job-c', 'succeeded', undefined, 1],
    ]);
    expect(story.attempts[0]?.starts[0]).toMatchObject({ exitCode: 3, logStream: 'stream-job-a:1' });
  });

  it('is found in a later array, whichever was submitted first', async () => {
    const batch = new FakeBatch({}, [child('job-b:1', 0)]).index(1, 0, [0, 1, 2]).index(1, 1, [3, 4]).index(2, 0, [1]);
    const story = await itemStory(batch.deployment(), storyOf(EXECUTION, twice().events), 4);
    expect(story.attempts.map(({ jobId }) => jobId)).toEqual(['job-b:1']);
    expect(story.status).toBe('SUCCEEDED');
  });

  it('finds the array of an item among a hundred by a few small reads', async () => {
    const arrays = Array.from({ length: 100 }, (_, array) => ({ attempt: 1, array, size: 2, jobId: `job-${array}` }));
    const history = new ArrayHistory().map(
      1,
      arrays.map(({ size }) => size),
    );
    const batch = new FakeBatch({}, [child('job-77:1', undefined)]);
    for (const array of arrays) {
      history.submit(array);
      batch.index(1, array.array, [array.array * 2, array.array * 2 + 1]);
    }
    const story = await itemStory(batch.deployment(), storyOf(EXECUTION, history.events), 155);
    expect(story.attempts).toMatchObject([{ jobId: 'job-77:1', batchStatus: 'RUNNING' }]);
    expect(batch.requests.length).toBeLessThanOrEqual(10);
  });

  it('goes on while another attempt can follow, and is over when the run goes on without it', async () => {
    const index = (batch: FakeBatch) => batch.index(1, 0, [0, 1, 2]).index(1, 1, [3, 4]).index(2, 0, [1]);
    const first = new ArrayHistory().map(1, [3, 2]).submit(A).end(A, { FAILED: 2, SUCCEEDED: 1 }).submit(B);
    const batch = index(new FakeBatch({}, [child('job-a:0', 3)]));
    expect(await itemStory(batch.deployment(), storyOf(EXECUTION, first.events), 0)).toMatchObject({
      status: 'RUNNING',
      ended: undefined,
    });
    // Attempt 2 has item 1 only: item 0 failed for good.
    const second = index(new FakeBatch({}, [child('job-a:0', 3)]));
    expect(await itemStory(second.deployment(), storyOf(EXECUTION, twice().events), 0)).toMatchObject({
      status: 'FAILED',
      reason: 'Exit code 3',
    });
  });

  it('is none of a run without items, of an index that it does not have, and of a child that AWS Batch forgot', async () => {
    const over = { ...EXECUTION, status: 'ABORTED' as const, stopDate: new Date() };
    const story = storyOf(over, twice().events);
    const batch = new FakeBatch({}).index(1, 0, [0, 1, 2]).index(1, 1, [3, 4]).index(2, 0, [1]);
    const of = (item: number) => itemStory(batch.deployment(), story, item);
    await expect(of(9)).rejects.toThrow('Run report-1 has had no item 9.');
    await expect(of(0)).rejects.toThrow('AWS Batch no longer knows the containers of item 0 of run report-1');
    const plain = storyOf({ ...EXECUTION, status: 'SUCCEEDED', stopDate: new Date() }, []);
    await expect(itemStory(batch.deployment(), plain, 0)).rejects.toThrow('has no items');
  });

  it('of a run in progress is empty until its array is submitted', async () => {
    const history = new ArrayHistory().map(1, [3, 2]).submit(A);
    const jobs = new Map([
      [
        'job-a',
        { jobId: 'job-a', status: 'PENDING' as const, arrayProperties: { size: 3, statusSummary: { RUNNING: 3 } } },
      ],
    ]);
    const batch = new FakeBatch({}).index(1, 0, [0, 1, 2]);
    const told = storyOf(EXECUTION, history.events, jobs);
    expect(await itemStory(batch.deployment(), told, 4)).toMatchObject({ status: 'RUNNING', attempts: [], item: 4 });
    await expect(itemStory(batch.deployment(), told, 5)).rejects.toThrow('It has 5, the first of which is 0.');
  });
});
