import { type EndedChild, EndedJobs } from '../../../../cli/local/items/ended-jobs';

const FAILED: EndedChild = { succeeded: false, statusReason: 'Essential container in task exited', exitCode: 3 };

function ended(numbers: readonly number[], size = 250): EndedJobs {
  const jobs = new EndedJobs();
  const failed = new Map(numbers.map((number) => [number, FAILED]));
  jobs.add('array', { size, failed, isArray: true, statusReason: 'Array Child Job failed' });
  return jobs;
}

/** All pages of a list. */
function listed(jobs: EndedJobs, jobStatus: string) {
  const found: { readonly arrayProperties: { readonly index: number } }[] = [];
  let nextToken: string | undefined;
  let pages = 0;
  do {
    const answer = jobs.answer('listjobs', { arrayJobId: 'array', jobStatus, maxResults: 100, nextToken });
    const page = answer as unknown as { readonly jobSummaryList: typeof found; readonly nextToken?: string };
    found.push(...page.jobSummaryList);
    nextToken = page.nextToken;
    pages++;
  } while (nextToken !== undefined);
  return { found, pages };
}

it('lists the failed children in their order, with how they ended', () => {
  const { found, pages } = listed(ended([7, 3]), 'FAILED');
  expect(pages).toBe(1);
  expect(found).toEqual(
    [3, 7].map((index) => ({
      jobId: `array:${index}`,
      status: 'FAILED',
      arrayProperties: { index },
      statusReason: 'Essential container in task exited',
      container: { exitCode: 3 },
    })),
  );
});

it('lists the others on pages of 100', () => {
  const { found, pages } = listed(ended([0, 249]), 'SUCCEEDED');
  expect([pages, found.length]).toEqual([3, 248]);
  expect(new Set(found.map(({ arrayProperties }) => arrayProperties.index))).toEqual(
    new Set(Array.from({ length: 248 }, (_, number) => number + 1)),
  );
});

it('describes an array, a child of it, and a plain job', () => {
  const jobs = ended([3]);
  jobs.add('one', {
    size: 1,
    failed: new Map([[0, { succeeded: false, statusReason: 'Task failed to start', reason: 'no such program' }]]),
    isArray: false,
    statusReason: 'Task failed to start',
  });
  expect(jobs.answer('describejobs', { jobs: ['array', 'array:3', 'array:4', 'one', 'unknown'] })).toEqual({
    jobs: [
      {
        jobId: 'array',
        status: 'FAILED',
        statusReason: 'Array Child Job failed',
        arrayProperties: { size: 250, statusSummary: { FAILED: 1, SUCCEEDED: 249 } },
      },
      expect.objectContaining({ jobId: 'array:3', status: 'FAILED', container: { exitCode: 3 } }),
      expect.objectContaining({ jobId: 'array:4', status: 'SUCCEEDED' }),
      expect.objectContaining({ jobId: 'one', status: 'FAILED', container: { reason: 'no such program' } }),
    ],
  });
});

it('answers nothing else', () => {
  expect(() => new EndedJobs().answer('submitjob', {})).toThrow('submitjob is not answered here');
});
