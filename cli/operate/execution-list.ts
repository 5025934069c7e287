import type { ExecutionListItem } from '@aws-sdk/client-sfn';
import { AwsFault } from './aws/fault';
import type { DeployedJob, Deployment } from './deployment';
import type { RunStatus } from './run-story';

/** An execution of a job, as ListExecutions returns it. */
export interface ListedRun {
  readonly job: DeployedJob;
  readonly name: string;
  readonly executionArn: string;
  readonly status: RunStatus;
  readonly started: Date;
  readonly ended?: Date;
}

/** What a job whose state machine does not exist throws. */
export class JobNotDeployed extends Error {
  constructor(readonly job: DeployedJob) {
    super(`Job ${job.name} is not deployed.`);
  }
}

/**
 * The executions of a job, newest first, loaded a page at a time as they are consumed.
 *
 * @param pageSize 1 to 1,000
 * @throws JobNotDeployed if the job has no state machine
 */
export async function* executionsOf(
  { clients }: Deployment,
  job: DeployedJob,
  { pageSize, status }: { readonly pageSize: number; readonly status?: RunStatus },
): AsyncGenerator<ListedRun> {
  const { ListExecutionsCommand } = require('@aws-sdk/client-sfn') as typeof import('@aws-sdk/client-sfn');
  const { stateMachineArn } = job;
  let nextToken: string | undefined;
  do {
    const command = new ListExecutionsCommand({
      stateMachineArn,
      maxResults: pageSize,
      statusFilter: status,
      nextToken,
    });
    const page = await clients.sfn.send(command).catch((error: unknown) => {
      throw error instanceof AwsFault && error.code === 'StateMachineDoesNotExist' ? new JobNotDeployed(job) : error;
    });
    for (const item of page.executions ?? []) yield listed(job, item);
    nextToken = page.nextToken;
  } while (nextToken !== undefined);
}

function listed(job: DeployedJob, item: ExecutionListItem): ListedRun {
  const { name = '', executionArn = '', status = 'RUNNING', startDate = new Date(0), stopDate } = item;
  return { job, name, executionArn, status: status as RunStatus, started: startDate, ended: stopDate };
}
