import type { JobQueueDetail, JobSummary } from '@aws-sdk/client-batch';
import type { Deployment } from '../deployment';
import type { Optional } from '../optional';
import type { BatchJobFacts, Count, QueueFacts } from './facts';

/** Jobs of one page, the maximum of the API. Further pages are not read: the number is then "100 or more". */
const PAGE = 100;

/** A queue, with the ARNs of its compute environments in their order. */
export interface Queue {
  readonly facts: QueueFacts;
  readonly environmentArns: readonly string[];
}

/**
 * A queue with what is in it.
 *
 * @param job the job that waits in it. @default none: only the queue's state is read
 */
export async function queueFacts(
  deployment: Deployment,
  arn: string,
  details: Optional,
  job?: BatchJobFacts,
): Promise<Queue | undefined> {
  const { DescribeJobQueuesCommand } = batchModule();
  const request = new DescribeJobQueuesCommand({ jobQueues: [arn] });
  const answer = await details.of('The queue', () => deployment.clients.batch.send(request));
  if (answer === undefined) return undefined;
  const gone: Partial<JobQueueDetail> = { jobQueueName: arn.split('/').at(-1), status: 'DELETED' };
  const found = answer.jobQueues?.[0] ?? gone;
  const order = [...(found.computeEnvironmentOrder ?? [])].sort((a, b) => (a.order ?? 0) - (b.order ?? 0));
  return {
    facts: {
      name: found.jobQueueName ?? arn,
      state: found.state ?? 'ENABLED',
      status: found.status ?? 'VALID',
      statusReason: found.statusReason,
      cancels: (found.jobStateTimeLimitActions ?? []).map(({ reason = '', maxTimeSeconds: seconds = 0 }) => ({
        reason,
        seconds,
      })),
      runningNames: [],
      ...(job && (await contents(deployment, arn, job, details))),
    },
    environmentArns: order.flatMap(({ computeEnvironment }) => computeEnvironment ?? []),
  };
}

type Contents = Pick<QueueFacts, 'position' | 'waiting' | 'head' | 'running' | 'runningNames'>;

async function contents(deployment: Deployment, arn: string, job: BatchJobFacts, details: Optional): Promise<Contents> {
  const [front, runnable, running, starting] = await Promise.all([
    frontOf(deployment, arn, details),
    page(deployment, arn, 'RUNNABLE', details),
    page(deployment, arn, 'RUNNING', details),
    page(deployment, arn, 'STARTING', details),
  ]);
  const order = front.length > 0 ? front : inOrder(runnable);
  const index = order.indexOf(job.id);
  const first = index === 0 ? undefined : order[0];
  return {
    waiting: countOf(runnable),
    running: sum(countOf(running), countOf(starting)),
    runningNames: [...(running?.jobs ?? []), ...(starting?.jobs ?? [])].flatMap(({ jobName }) => jobName ?? []),
    ...(index >= 0 && { position: index + 1 }),
    ...(first !== undefined && { head: await headFacts(deployment, first, runnable, details) }),
  };
}

/** How many jobs wait in a queue for an instance. */
export async function waitingIn(deployment: Deployment, arn: string, details: Optional): Promise<Count | undefined> {
  return countOf(await page(deployment, arn, 'RUNNABLE', details));
}

interface Page {
  readonly jobs: readonly JobSummary[];
  readonly isMore: boolean;
}

async function page(
  { clients }: Deployment,
  jobQueue: string,
  jobStatus: 'RUNNABLE' | 'RUNNING' | 'STARTING',
  details: Optional,
): Promise<Page | undefined> {
  const { ListJobsCommand } = batchModule();
  const request = new ListJobsCommand({ jobQueue, jobStatus, maxResults: PAGE });
  const answer = await details.of('Jobs of the queue', () => clients.batch.send(request));
  return answer && { jobs: answer.jobSummaryList ?? [], isMore: answer.nextToken !== undefined };
}

/** IDs of the first 100 jobs that wait, in the order in which they start. Empty if that cannot be read. */
export async function frontOf({ clients }: Deployment, jobQueue: string, details: Optional): Promise<string[]> {
  const { GetJobQueueSnapshotCommand } = batchModule();
  const request = new GetJobQueueSnapshotCommand({ jobQueue });
  const answer = await details.of('The order of the queue', () => clients.batch.send(request));
  return (answer?.frontOfQueue?.jobs ?? []).flatMap(({ jobArn }) => jobArn?.split('/').at(-1) ?? []);
}

/** IDs by the time of submission, the order of a queue without a scheduling policy. Empty if there are more than one page. */
function inOrder(runnable: Page | undefined): string[] {
  if (runnable === undefined || runnable.isMore) return [];
  const jobs = [...runnable.jobs].sort((a, b) => (a.createdAt ?? 0) - (b.createdAt ?? 0));
  return jobs.flatMap(({ jobId }) => jobId ?? []);
}

async function headFacts(
  { clients }: Deployment,
  id: string,
  runnable: Page | undefined,
  details: Optional,
): Promise<QueueFacts['head']> {
  const listed = runnable?.jobs.find(({ jobId }) => jobId === id);
  if (listed !== undefined) return { name: listed.jobName ?? id, statusReason: listed.statusReason };
  const { DescribeJobsCommand } = batchModule();
  const request = new DescribeJobsCommand({ jobs: [id] });
  const found = (await details.of('The next job', () => clients.batch.send(request)))?.jobs?.[0];
  return { name: found?.jobName ?? id, statusReason: found?.statusReason };
}

function countOf(list: Page | undefined): Count | undefined {
  return list && { number: list.jobs.length, isMore: list.isMore };
}

function sum(one: Count | undefined, other: Count | undefined): Count | undefined {
  return one && other && { number: one.number + other.number, isMore: one.isMore || other.isMore };
}

function batchModule() {
  return require('@aws-sdk/client-batch') as typeof import('@aws-sdk/client-batch');
}
