import type { DescribeExecutionOutput } from '@aws-sdk/client-sfn';
import { executionArn } from '../../../modules/orchestration/trigger/execution-name';
import { AwsFault } from '../aws/fault';
import type { Deployment } from '../deployment';
import type { FoundRun } from '../find-run';
import { describeExecution } from '../history';
import { originalName, rerunName } from './rerun-name';

/** A run that repeats another one, or the place for it. */
export interface Rerun {
  readonly name: string;
  readonly executionArn: string;
}

/** What is known before a run is repeated. */
export interface EarlierReruns {
  /** The first name that no run has. */
  readonly next: Rerun;
  /** The original run, or a run that repeats it, that has not ended. */
  readonly running: string | undefined;
}

/**
 * Looks for the runs that repeat a run. Each takes a request, which is less than a list of all runs of a job.
 *
 * @param description of the run that is to be repeated
 */
export async function earlierReruns(
  deployment: Deployment,
  { job, name }: FoundRun,
  description: Pick<DescribeExecutionOutput, 'status'>,
): Promise<EarlierReruns> {
  let running = description.status === 'RUNNING' ? name : undefined;
  const at = (rerun: string) => ({ name: rerun, executionArn: executionArn(job.stateMachineArn, rerun) });
  const original = at(originalName(name));
  if (original.name !== name) running ??= await runningAt(deployment, original);
  for (let n = 1; ; n++) {
    const next = at(rerunName(name, n));
    const status = await statusOf(deployment, next);
    if (status === undefined) return { next, running };
    if (status === 'RUNNING') running = next.name;
  }
}

async function runningAt(deployment: Deployment, rerun: Rerun): Promise<string | undefined> {
  return (await statusOf(deployment, rerun)) === 'RUNNING' ? rerun.name : undefined;
}

async function statusOf(deployment: Deployment, rerun: Rerun): Promise<string | undefined> {
  try {
    return (await describeExecution(deployment, rerun.executionArn)).status;
  } catch (error) {
    if (error instanceof AwsFault && error.code === 'ExecutionDoesNotExist') return undefined;
    throw error;
  }
}
