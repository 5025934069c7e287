import type { JobDefinition } from '@aws-sdk/client-batch';
import { AwsFault } from '../aws/fault';
import type { DeployedJob, Deployment } from '../deployment';
import { type Comparison, compared } from './comparison';
import type { ExpectedJob } from './expected';

type Batch = typeof import('@aws-sdk/client-batch');
type StepFunctions = typeof import('@aws-sdk/client-sfn');

/** The parts of a job that AWS has. */
export interface Parts {
  readonly job: DeployedJob;
  readonly machine?: string;
  readonly definition?: JobDefinition;
}

export async function partsOf(deployment: Deployment, job: DeployedJob): Promise<Parts> {
  const [machine, definition] = await Promise.all([machineOf(deployment, job), definitionOf(deployment, job)]);
  return { job, machine, definition };
}

/** The definition of a job's state machine. Undefined if it has none. */
export async function machineOf(
  { clients }: Deployment,
  { stateMachineArn }: DeployedJob,
): Promise<string | undefined> {
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

/** What the config would deploy, by job, or why that is not known. */
export type Expectation = { readonly jobs: ReadonlyMap<string, ExpectedJob> } | { readonly reason: string };

/** Compares a job with the config. Undefined if a part of it is not deployed. */
export function comparisonOf({ job, machine, definition }: Parts, expectation: Expectation): Comparison | undefined {
  if (machine === undefined || definition === undefined) return undefined;
  if ('reason' in expectation) return { result: 'not-compared', differences: [], reason: expectation.reason };
  const wanted = expectation.jobs.get(job.name);
  if (wanted === undefined) return { result: 'not-compared', differences: [], reason: 'the synthesis has no such job' };
  return compared({ definition, stateMachine: machine }, wanted);
}
