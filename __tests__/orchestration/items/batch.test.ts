import { EndedJobs } from '../../../modules/orchestration/items/batch';
import { deadlineIn } from '../../../modules/orchestration/trigger/deadline';
import { environmentAt, FakeAws, type FakeChild, type FakeJob } from './fake-aws';

const aws = new FakeAws();

beforeAll(() => aws.listen());
afterAll(() => aws.close());
beforeEach(() => {
  aws.jobs.clear();
  aws.requests.length = 0;
  aws.fault = () => undefined;
});

const DONE: FakeChild = { status: 'SUCCEEDED' };
const failing = (more: Partial<FakeChild> = {}): FakeChild => ({ status: 'FAILED', statusReason: 'exited', ...more });

/** The failed children of a job or an array. */
function failedOf(children: readonly FakeChild[], more: Partial<FakeJob> = {}, id = 'job') {
  aws.jobs.set('job', { children, ...more });
  return new EndedJobs(environmentAt(aws.url), deadlineIn(10_000)).failedChildren(id, children.length);
}

describe('the failure of a plain job', () => {
  const failure = async (more: Partial<FakeChild>) => {
    const [found] = await failedOf([failing(more)]);
    return found;
  };

  it('is that of its only child', async () => {
    expect(await failure({ exitCode: 3, reason: 'why' })).toEqual({
      child: 0,
      reason: 'why',
      exitCode: 3,
      end: 'failed',
    });
    expect(aws.requests).toEqual(['POST /v1/describejobs']);
  });

  it('has the reason of the container, else that of the job, of at most 300 characters', async () => {
    expect(await failure({})).toEqual({ child: 0, reason: 'exited', end: 'failed' });
    expect(await failure({ statusReason: undefined })).toEqual({
      child: 0,
      reason: 'failed without a reason',
      end: 'failed',
    });
    expect((await failure({ reason: 'x'.repeat(301) }))?.reason).toBe('x'.repeat(300));
  });

  it.each<[Partial<FakeChild>, string]>([
    [{ exitCode: 0 }, 'failed'],
    [{ statusReason: 'Canceled by JobStateTimeLimit action due to reason: MISCONFIGURATION:x' }, 'incurable'],
    [{ statusReason: 'Container Overrides length must be at most 8192' }, 'incurable'],
    [{ statusReason: 'MISCONFIGURATION:JOB_RESOURCE_REQUIREMENT' }, 'incurable'],
    [{ statusReason: 'Host EC2 (instance i-1) terminated.' }, 'reclaimed'],
    [{ statusReason: 'Host EC2 (instance i-1) terminated.', reason: 'MISCONFIGURATION:x' }, 'reclaimed'],
    [{ statusReason: undefined, reason: 'Host EC2 (instance i-1) terminated.' }, 'reclaimed'],
    [{ exitCode: 143 }, 'reclaimed'],
    [{ exitCode: 143, isTerminated: true }, 'failed'],
    [{ exitCode: 143, statusReason: 'Job attempt duration exceeded timeout' }, 'failed'],
    [{ exitCode: 1, isTerminated: true, statusReason: 'Host EC2 (instance i-1) terminated.' }, 'reclaimed'],
  ])('with %j is one that %s', async (more, end) => {
    expect((await failure(more))?.end).toBe(end);
  });

  it('has no reason if AWS Batch has forgotten the job', async () => {
    expect(await failedOf([failing()], {}, 'gone')).toEqual([
      { child: 0, reason: 'failed without a reason', end: 'failed' },
    ]);
  });
});

describe('the failures of an array', () => {
  it('are those of its failed children, in their order', async () => {
    expect(await failedOf([failing(), DONE, failing({ exitCode: 2 })])).toEqual([
      { child: 0, reason: 'exited', end: 'failed' },
      { child: 2, reason: 'exited', exitCode: 2, end: 'failed' },
    ]);
    expect(aws.requests).toEqual(['POST /v1/describejobs', 'POST /v1/listjobs']);
  });

  it('are on several pages', async () => {
    const children = Array.from({ length: 150 }, () => failing());
    const found = await failedOf(children);
    expect(found.map(({ child }) => child)).toEqual(children.map((_, index) => index));
    expect(aws.requests).toHaveLength(3);
  });

  it('are described where only that says who sent SIGTERM', async () => {
    const children = [
      failing({ exitCode: 143 }),
      failing({ exitCode: 143, isTerminated: true }),
      failing({ exitCode: 1 }),
    ];
    expect((await failedOf(children)).map(({ end }) => end)).toEqual(['reclaimed', 'failed', 'failed']);
    expect(aws.requests).toHaveLength(3);
  });

  it('are described a hundred at once', async () => {
    const children = Array.from({ length: 101 }, (_, index) => failing({ exitCode: 143, isTerminated: index === 100 }));
    const found = await failedOf(children);
    expect(found.filter(({ end }) => end === 'failed')).toMatchObject([{ child: 100 }]);
    expect(aws.requests.filter((request) => request.endsWith('describejobs'))).toHaveLength(3);
  });

  it('are also children that are in no list, with the reason of the array', async () => {
    const children = [DONE, failing(), DONE];
    const unknown = 'AWS Batch does not know how this child ended';
    expect(await failedOf(children, { forgotten: [2, 1] })).toEqual([
      { child: 1, reason: unknown, end: 'failed' },
      { child: 2, reason: unknown, end: 'failed' },
    ]);
    const known = [failing(), failing({ exitCode: 2 })];
    expect(await failedOf(known, { forgotten: [0] })).toEqual([
      { child: 0, reason: unknown, end: 'failed' },
      { child: 1, reason: 'exited', exitCode: 2, end: 'failed' },
    ]);
    expect(await failedOf(children, { forgotten: [1], statusReason: 'Host EC2 (i-1) terminated.' })).toEqual([
      { child: 1, reason: 'Host EC2 (i-1) terminated.', end: 'reclaimed' },
    ]);
  });
});

it('a request that is throttled is repeated', async () => {
  aws.fault = (_, index) => (index === 0 ? { status: 429, code: 'TooManyRequestsException' } : undefined);
  expect(await failedOf([failing()])).toHaveLength(1);
  expect(aws.requests).toHaveLength(2);
});
