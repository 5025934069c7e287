import type { JobDetail } from '@aws-sdk/client-batch';
import { queueArns } from '../../../modules/orchestration/submissions';
import { AwsFault } from '../aws/fault';
import { bounded } from '../bounded';
import type { DeployedJob, Deployment } from '../deployment';
import { executionsOf, type ListedRun } from '../execution-list';
import { runStory } from '../history';
import { withFailedItems } from '../items/failed-items';
import { itemStory } from '../items/item-story';
import { liveJob } from '../items/live-child';
import { Optional } from '../optional';
import type { RunStory } from '../run-story';
import { withPlaceInLine } from '../waiting-line';
import type { BatchJobFacts, Facts, JobFacts, RunFacts } from './facts';
import { environmentFacts, taskFacts } from './gather-environment';
import { frontOf, queueFacts } from './gather-queue';
import { lastLines, startFacts } from './gather-start';

/** Unfinished runs among which the oldest is looked for, if AWS Batch cannot name it: one request. */
const UNFINISHED = 100;

/** Lines of the log of a failed run that are shown. */
const LINES = 5;

/** A run that was named. */
export interface NamedRun {
  readonly name: string;
  readonly executionArn: string;
  /** Index of the item that is asked about. @default the whole run */
  readonly item?: number;
}

/**
 * What is known about a run. With `undefined`, of the job's oldest run that waits, or else of its oldest unfinished or its newest one.
 *
 * The number of requests does not depend on the number of runs or jobs.
 *
 * @param isUtc the format of times: UTC for programs, else the terminal's time zone
 * @throws CommandFailure if the job is not deployed
 */
export async function gather(
  deployment: Deployment,
  job: DeployedJob,
  named: NamedRun | undefined,
  isUtc: boolean,
): Promise<Facts> {
  const notes: string[] = [];
  const details = new Optional((line) => notes.push(line));
  const machine = await stateMachine(deployment, job);
  const chosen = named ?? (await runOfJob(deployment, job, machine.queueArns, details));
  const told = chosen && (await storyOfNamed(deployment, chosen, details));
  const story = told && (await withPlaceInLine(deployment, job, told, details));
  const facts = {
    now: { date: new Date(), isUtc },
    job: jobFacts(deployment, job),
    stateMachine: machine.status,
    run: chosen && story && (await runFacts(deployment, job, chosen.name, story, details)),
  };
  if (story?.status === 'RUNNING') {
    const waiting = await waitingFacts(deployment, story, details);
    return { ...facts, ...waiting, notes };
  }
  if (named !== undefined) return { ...facts, environments: [], notes };
  const [queue, start] = await Promise.all([
    firstQueue(deployment, machine.queueArns, details),
    startFacts(deployment, job, details),
  ]);
  return { ...facts, queue: queue?.facts, environments: [], start, notes };
}

/** The story of a run, or of its item. One that failed is explained even if another attempt follows. */
async function storyOfNamed(
  deployment: Deployment,
  { executionArn, item }: NamedRun,
  details: Optional,
): Promise<RunStory> {
  const story = await runStory(deployment, executionArn);
  if (item === undefined) return withFailedItems(deployment, story, details);
  const own = await itemStory(deployment, story, item);
  const { outcome, reason } = own.attempts.at(-1) ?? {};
  const hasFailed = own.status === 'RUNNING' && outcome !== undefined && outcome !== 'succeeded';
  return hasFailed ? { ...own, status: 'FAILED', reason } : own;
}

interface Machine {
  readonly status: string;
  /** The queues that its states submit to. */
  readonly queueArns: readonly string[];
}

async function stateMachine(deployment: Deployment, job: DeployedJob): Promise<Machine> {
  const found = await describeStateMachine(deployment, job);
  if (found === undefined) throw await notDeployed(deployment, job);
  const { status = 'ACTIVE', definition = '' } = found;
  return { status, queueArns: queueArns(definition) };
}

async function describeStateMachine({ clients }: Deployment, { stateMachineArn }: DeployedJob) {
  const { DescribeStateMachineCommand } = require('@aws-sdk/client-sfn') as typeof import('@aws-sdk/client-sfn');
  try {
    return await clients.sfn.send(new DescribeStateMachineCommand({ stateMachineArn }));
  } catch (error) {
    if (error instanceof AwsFault && error.code === 'StateMachineDoesNotExist') return undefined;
    throw error;
  }
}

/** That the job is not deployed, or nothing of its stack. */
async function notDeployed(deployment: Deployment, job: DeployedJob): Promise<Error> {
  const others = [...deployment.jobs.values()].filter((other) => other !== job);
  const found = await bounded(others, (other) => describeStateMachine(deployment, other));
  return found.every((machine) => machine === undefined)
    ? deployment.notDeployed()
    : deployment.notDeployed(`Job ${job.name}`);
}

/** The run of a job that is most likely meant. */
async function runOfJob(
  deployment: Deployment,
  job: DeployedJob,
  queueArns: readonly string[],
  details: Optional,
): Promise<NamedRun | undefined> {
  for (const arn of queueArns) {
    const waiting = await oldestInQueue(deployment, job, arn, details);
    if (waiting !== undefined) return waiting;
  }
  const unfinished = await first(
    executionsOf(deployment, job, { pageSize: UNFINISHED, status: 'RUNNING' }),
    UNFINISHED,
  );
  return unfinished.at(-1) ?? (await first(executionsOf(deployment, job, { pageSize: 1 }), 1))[0];
}

/** The job's first run among the first 100 jobs of a queue. */
async function oldestInQueue(
  deployment: Deployment,
  job: DeployedJob,
  queueArn: string,
  details: Optional,
): Promise<NamedRun | undefined> {
  const ids = await frontOf(deployment, queueArn, details);
  if (ids.length === 0) return undefined;
  const jobs = await describeJobs(deployment, ids);
  const byId = new Map(jobs.map((item) => [item.jobId, item]));
  const inOrder = ids.flatMap((id) => byId.get(id) ?? []);
  const found = inOrder.find(
    ({ jobDefinition }) => jobDefinition?.split('/').at(-1)?.split(':')[0] === job.jobDefinitionName,
  );
  if (found?.jobName === undefined) return undefined;
  const executionArn = `${job.stateMachineArn.replace(':stateMachine:', ':execution:')}:${found.jobName}`;
  return { name: found.jobName, executionArn };
}

async function first(runs: AsyncGenerator<ListedRun>, count: number): Promise<ListedRun[]> {
  const found: ListedRun[] = [];
  for await (const run of runs) {
    found.push(run);
    if (found.length === count) break;
  }
  return found;
}

async function describeJobs({ clients }: Deployment, ids: readonly string[]): Promise<JobDetail[]> {
  const { DescribeJobsCommand } = require('@aws-sdk/client-batch') as typeof import('@aws-sdk/client-batch');
  return (await clients.batch.send(new DescribeJobsCommand({ jobs: [...ids] }))).jobs ?? [];
}

async function runFacts(
  deployment: Deployment,
  job: DeployedJob,
  name: string,
  story: RunStory,
  details: Optional,
): Promise<RunFacts> {
  const stream = story.attempts.at(-1)?.starts.at(-1)?.logStream;
  if (story.status !== 'FAILED' || stream === undefined || job.logGroupName === undefined) return { name, story };
  const { logGroupName } = job;
  const lines = () => lastLines(deployment, logGroupName, stream, LINES);
  return { name, story, lastLines: await details.of('The end of the log', lines, ['ResourceNotFoundException']) };
}

async function waitingFacts(
  deployment: Deployment,
  story: RunStory,
  details: Optional,
): Promise<Pick<Facts, 'batchJob' | 'queue' | 'environments'>> {
  const last = story.attempts.filter(({ ended }) => ended === undefined).at(-1);
  const jobId = last && (await liveJob(deployment, last));
  if (jobId === undefined) return { environments: [] };
  const [detail] = await describeJobs(deployment, [jobId]);
  if (detail === undefined) return { environments: [] };
  const task =
    detail.status === 'STARTING' ? await taskFacts(deployment, detail.container?.taskArn, details) : undefined;
  const batchJob = { ...batchJobFacts(detail), ...(task && { task }) };
  const arn = detail.jobQueue ?? last?.queueArn;
  if (batchJob.status !== 'RUNNABLE' || arn === undefined) return { batchJob, environments: [] };
  const queue = await queueFacts(deployment, arn, details, batchJob);
  const environments = await environmentFacts(deployment, queue?.environmentArns ?? [], details);
  return { batchJob, queue: queue?.facts, environments };
}

/** The queue of the job's first attempt. */
async function firstQueue(deployment: Deployment, [arn]: readonly string[], details: Optional) {
  return arn === undefined ? undefined : queueFacts(deployment, arn, details);
}

function batchJobFacts(detail: JobDetail): BatchJobFacts {
  const { jobId = '', status = 'SUBMITTED', statusReason, createdAt, startedAt, container } = detail;
  return {
    id: jobId,
    status,
    statusReason,
    queued: new Date(Math.max(createdAt ?? 0, detail.attempts?.at(-1)?.stoppedAt ?? 0)),
    ...(startedAt && { started: new Date(startedAt) }),
    dependsOn: (detail.dependsOn ?? []).flatMap(({ jobId: id }) => id ?? []),
    earlierReasons: (detail.attempts ?? []).flatMap(
      (attempt) => attempt.container?.reason ?? attempt.statusReason ?? [],
    ),
    image: container?.image,
    logStream: container?.logStreamName,
  };
}

function jobFacts({ region }: Deployment, { name, properties, triggerFunctionName }: DeployedJob): JobFacts {
  const { resources, useSpotInstances, retryConfig, timeout, events } = properties;
  return {
    name,
    region,
    cpu: resources.cpu,
    memory: resources.memory,
    maxMemory: retryConfig.onOutOfMemory?.maxMemory,
    gpu: resources.gpu ?? 0,
    architecture: resources.architecture,
    spot: useSpotInstances,
    attempts: retryConfig.attempts,
    timeoutSeconds: timeout,
    events: events.map(({ type }) => type),
    triggerFunction: triggerFunctionName,
  };
}
