import type { JobStatus } from '@aws-sdk/client-batch';
import { awsCredentials } from '../command/aws-credentials';
import { UsageError } from '../command/usage-error';
import { Clients } from './aws/clients';
import { bounded } from './bounded';

/** The states of AWS Batch jobs that have not ended, in their order. */
const UNENDED = ['SUBMITTED', 'PENDING', 'RUNNABLE', 'STARTING', 'RUNNING'] as const satisfies readonly JobStatus[];

/**
 * Names of the runs in progress that would be lost with state machines and job queues. A job in a queue has the name of its run.
 *
 * @param arns of the state machines and queues
 * @param region the stack's. @default as the AWS CLI finds it
 * @returns the names by ARN
 * @throws UsageError if the region or the credentials are unknown, AwsFault if AWS rejects a request
 */
export async function runsIn(
  arns: readonly string[],
  region = process.env.AWS_REGION ?? process.env.AWS_DEFAULT_REGION,
): Promise<ReadonlyMap<string, readonly string[]>> {
  if (arns.length === 0) return new Map();
  if (region === undefined) {
    throw new UsageError(
      'The AWS region is unknown, so --aws cannot ask for runs. Set region in the config, or AWS_REGION.',
    );
  }
  const clients = new Clients(region, awsCredentials(undefined));
  try {
    const names = await bounded(arns, (arn) =>
      arn.split(':')[2] === 'states' ? executionsOf(clients, arn) : jobsIn(clients, arn),
    );
    return new Map(arns.map((arn, index) => [arn, names[index] ?? []]));
  } finally {
    clients.close();
  }
}

async function executionsOf({ sfn }: Clients, stateMachineArn: string): Promise<string[]> {
  const { ListExecutionsCommand } = require('@aws-sdk/client-sfn') as typeof import('@aws-sdk/client-sfn');
  const names: string[] = [];
  let nextToken: string | undefined;
  do {
    const page = await sfn.send(new ListExecutionsCommand({ stateMachineArn, statusFilter: 'RUNNING', nextToken }));
    names.push(...(page.executions ?? []).map(({ name = '' }) => name));
    nextToken = page.nextToken;
  } while (nextToken !== undefined);
  return names;
}

async function jobsIn({ batch }: Clients, jobQueue: string): Promise<string[]> {
  const { ListJobsCommand } = require('@aws-sdk/client-batch') as typeof import('@aws-sdk/client-batch');
  // One state after the other, as jobs go through them: one that moves on meanwhile is in both lists, and never in none.
  const names = new Set<string>();
  for (const jobStatus of UNENDED) {
    let nextToken: string | undefined;
    do {
      const page = await batch.send(new ListJobsCommand({ jobQueue, jobStatus, nextToken }));
      for (const { jobName = '' } of page.jobSummaryList ?? []) names.add(jobName);
      nextToken = page.nextToken;
    } while (nextToken !== undefined);
  }
  return [...names];
}
