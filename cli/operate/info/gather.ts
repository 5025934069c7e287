import type { ComputeEnvironmentDetail, JobDefinition, JobQueueDetail } from '@aws-sdk/client-batch';
import { errorMessage } from '../../../modules/error-message';
import { AwsFault } from '../aws/fault';
import { bounded } from '../bounded';
import type { DeployedJob, Deployment } from '../deployment';
import { consoleLinks } from '../links';
import type { Optional } from '../optional';
import { Addresses } from './addresses';
import { type Comparison, compared } from './comparison';
import { type ExpectedJob, expectedJobs } from './expected';
import type { EnvironmentFacts, JobFacts, QueueFacts, StackFacts } from './facts';
import { queueArnsOf } from './lifecycle-properties';
import { startsOf } from './starts';

type Batch = typeof import('@aws-sdk/client-batch');
type StepFunctions = typeof import('@aws-sdk/client-sfn');

/**
 * What is deployed of some jobs.
 *
 * @throws CommandFailure if nothing of the stack is deployed
 */
export async function gather(
  deployment: Deployment,
  jobs: readonly DeployedJob[],
  { optional, now = new Date() }: { readonly optional: Optional; readonly now?: Date },
): Promise<StackFacts> {
  const parts = await bounded(jobs, (job) => partsOf(deployment, job));
  if (parts.every(({ machine, definition }) => machine === undefined && definition === undefined)) {
    throw deployment.notDeployed(jobs.length === 1 ? `Job ${jobs[0]?.name}` : undefined);
  }
  const expectation = expected(deployment);
  const addresses = new Addresses(deployment, optional);
  const found = await bounded(parts, async (part): Promise<JobFacts> => {
    const nothing = part.machine === undefined && part.definition === undefined;
    const starts = nothing ? [] : await startsOf(deployment, part.job, { addresses, optional, now });
    return jobFacts(deployment, part, starts, expectation);
  });
  const { queues, environments } = await capacityOf(deployment, [...new Set(found.flatMap((job) => job.queueArns))]);
  const { stackName: stack, account, region } = deployment;
  return { stack, account, region, jobs: found, queues, environments };
}

/** The parts of a job that AWS has. */
interface Parts {
  readonly job: DeployedJob;
  readonly machine?: string;
  readonly definition?: JobDefinition;
}

async function partsOf(deployment: Deployment, job: DeployedJob): Promise<Parts> {
  const [machine, definition] = await Promise.all([machineOf(deployment, job), definitionOf(deployment, job)]);
  return { job, machine, definition };
}

async function machineOf({ clients }: Deployment, { stateMachineArn }: DeployedJob): Promise<string | undefined> {
  const { DescribeStateMachineCommand } = require('@aws-sdk/client-sfn') as StepFunctions;
  try {
    return (await clients.sfn.send(new DescribeStateMachineCommand({ stateMachineArn }))).definition;
  } catch (error) {
    if (error instanceof AwsFault && error.code === 'StateMachineDoesNotExist') return undefined;
    throw error;
  }
}

/** The latest revision, which every new attempt uses. Older ones stay active, and AWS does not say in which order it lists them. */
async function definitionOf({ clients }: Deployment, job: DeployedJob): Promise<JobDefinition | undefined> {
  const { DescribeJobDefinitionsCommand } = require('@aws-sdk/client-batch') as Batch;
  const { jobDefinitionName } = job;
  let latest: JobDefinition | undefined;
  let nextToken: string | undefined;
  do {
    const request = new DescribeJobDefinitionsCommand({ jobDefinitionName, status: 'ACTIVE', nextToken });
    const page = await clients.batch.send(request);
    for (const each of page.jobDefinitions ?? []) {
      if ((each.revision ?? 0) > (latest?.revision ?? 0)) latest = each;
    }
    nextToken = page.nextToken;
  } while (nextToken !== undefined);
  return latest;
}

type Expectation = { readonly jobs: ReadonlyMap<string, ExpectedJob> } | { readonly reason: string };

function expected(deployment: Deployment): Expectation {
  try {
    return { jobs: expectedJobs(deployment) };
  } catch (error) {
    return { reason: `the config cannot be synthesized: ${errorMessage(error).split('\n')[0]}` };
  }
}

function jobFacts(
  deployment: Deployment,
  { job, machine, definition }: Parts,
  starts: JobFacts['starts'],
  expectation: Expectation,
): JobFacts {
  const missing = [
    ...(machine === undefined ? ['state machine'] : []),
    ...(definition === undefined ? ['job definition'] : []),
  ];
  const links = consoleLinks(deployment.region);
  const { jobDefinitionArn = '', revision = 0, containerProperties } = definition ?? {};
  return {
    name: job.name,
    missing,
    definition: definition && { arn: jobDefinitionArn, revision, image: containerProperties?.image ?? '' },
    stateMachineArn: machine === undefined ? undefined : job.stateMachineArn,
    queueArns: machine === undefined ? [] : queueArnsOf(machine),
    starts,
    logGroup: job.logGroupName,
    comparison:
      machine === undefined || definition === undefined
        ? undefined
        : comparisonOf({ definition, stateMachine: machine }, job.name, expectation),
    links: {
      ...(machine !== undefined && links && { stateMachine: links.stateMachine(job.stateMachineArn) }),
      ...(definition !== undefined && links && { jobDefinition: links.jobDefinition(jobDefinitionArn) }),
      ...(links && machine !== undefined && { triggerFunction: links.lambdaFunction(job.triggerFunctionName) }),
      ...(links && job.logGroupName !== undefined && { logs: links.logGroup(job.logGroupName) }),
    },
  };
}

function comparisonOf(
  deployed: { readonly definition: JobDefinition; readonly stateMachine: string },
  name: string,
  expectation: Expectation,
): Comparison {
  if ('reason' in expectation) return { result: 'not-compared', differences: [], reason: expectation.reason };
  const wanted = expectation.jobs.get(name);
  if (wanted === undefined) return { result: 'not-compared', differences: [], reason: 'the synthesis has no such job' };
  return compared(deployed, wanted);
}

/** Queues and the environments behind them: jobs share them. */
async function capacityOf({ clients: { batch } }: Deployment, arns: readonly string[]) {
  if (arns.length === 0) return { queues: [], environments: [] };
  const { DescribeComputeEnvironmentsCommand, DescribeJobQueuesCommand } = require('@aws-sdk/client-batch') as Batch;
  const { jobQueues = [] } = await batch.send(new DescribeJobQueuesCommand({ jobQueues: [...arns] }));
  const queues = jobQueues.map(queueFacts);
  const computeEnvironments = [...new Set(queues.flatMap(({ environments }) => environments))];
  if (computeEnvironments.length === 0) return { queues, environments: [] };
  const answer = await batch.send(new DescribeComputeEnvironmentsCommand({ computeEnvironments }));
  return { queues, environments: (answer.computeEnvironments ?? []).map(environmentFacts) };
}

function queueFacts(queue: JobQueueDetail): QueueFacts {
  const order = [...(queue.computeEnvironmentOrder ?? [])].sort((a, b) => (a.order ?? 0) - (b.order ?? 0));
  return {
    name: queue.jobQueueName ?? '',
    arn: queue.jobQueueArn ?? '',
    state: queue.state ?? '',
    status: queue.status ?? '',
    statusReason: queue.statusReason || undefined,
    environments: order.flatMap(({ computeEnvironment }) => computeEnvironment ?? []),
  };
}

function environmentFacts(environment: ComputeEnvironmentDetail): EnvironmentFacts {
  return {
    name: environment.computeEnvironmentName ?? '',
    arn: environment.computeEnvironmentArn ?? '',
    state: environment.state ?? '',
    status: environment.status ?? '',
    statusReason: environment.statusReason || undefined,
    desiredVcpus: environment.computeResources?.desiredvCpus,
    maxVcpus: environment.computeResources?.maxvCpus,
  };
}
