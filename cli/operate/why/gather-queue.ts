import type { JobSummary } from '@aws-sdk/client-batch';
import type { Deployment } from '../deployment';
import type { BatchJobFacts, Count, QueueFacts } from './facts';
import type { Notes } from './notes';

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
  notes: Notes,
  job?: BatchJobFacts,
): Promise<Queue | undefined> {
  const { DescribeJobQueuesCommand } = batchModule();
  const request = deployment.clients.batch.send(new DescribeJobQueuesCommand({ jobQueues: [arn] }));
  const found = (await notes.optional(request))?.jobQueues?.[0];
  if (found === undefined) return undefined;
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
      ...(job && (await contents(deployment, arn, job, notes))),
    },
    environmentArns: order.flatMap(({ computeEnvironment }) => computeEnvironment ?? []),
  };
}

type Contents = Pick<QueueFacts, 'position' | 'waiting' | 'head' | 'running' | 'runningNames'>;

async function contents(deployment: Deployment, arn: string, job: BatchJobFacts, notes: Notes): Promise<Contents> {
  const [front, runnable, running, starting] = await Promise.all([
    frontOf(deployment, arn, notes),
    page(deployment, arn, 'RUNNABLE', notes),
    page(deployment, arn, 'RUNNING', notes),
    page(deployment, arn, 'STARTING', notes),
  ]);
  const order = front.length > 0 ? front : inOrder(runnable);
  const index = order.indexOf(job.id);
  const first = index === 0 ? undefined : order[0];
  return {
    waiting: countOf(runnable),
    running: sum(countOf(running), countOf(starting)),
    runningNames: [...(running?.jobs ?? []), ...(starting?.jobs ?? [])].flatMap(({ jobName }) => jobName ?? []),
    ...(index >= 0 && { position: index + 1 }),
    ...(first !== undefined && { head: await headFacts(deployment, first, runnable, notes) }),
  };
}

interface Page {
  readonly jobs: readonly JobSummary[];
  readonly isMore: boolean;
}

async function page(
  { clients }: Deployment,
  jobQueue: string,
  jobStatus: 'RUNNABLE' | 'RUNNING' | 'STARTING',
  notes: Notes,
): Promise<Page | undefined> {
  const { ListJobsCommand } = batchModule();
  const request = new ListJobsCommand({ jobQueue, jobStatus, maxResults: PAGE });
  const answer = await notes.optional(clients.batch.send(request));
  return answer && { jobs: answer.jobSummaryList ?? [], isMore: answer.nextToken !== undefined };
}

/** IDs of the first 100 jobs that wait, in the order in which they start. Empty if that cannot be read. */
export async function frontOf({ clients }: Deployment, jobQueue: string, notes: Notes): Promise<string[]> {
  const { GetJobQueueSnapshotCommand } = batchModule();
  const answer = await notes.optional(clients.batch.send(new GetJobQueueSnapshotCommand({ jobQueue })));
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
  notes: Notes,
): Promise<QueueFacts['head']> {
  const listed = runnable?.jobs.find(({ jobId }) => jobId === id);
  if (listed !== undefined) return { name: listed.jobName ?? id, statusReason: listed.statusReason };
  const { DescribeJobsCommand } = batchModule();
  const found = (await notes.optional(clients.batch.send(new DescribeJobsCommand({ jobs: [id] }))))?.jobs?.[0];
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
