import { setTimeout as delay } from 'node:timers/promises';
import { formatCount } from '../../../modules/problems/phrases';
import { UsageError } from '../../command/usage-error';
import type { BatchJob } from '../../run-report/batch-job';
import { batchJobs } from '../batch-jobs';
import type { Deployment } from '../deployment';
import type { FoundRun } from '../find-run';
import { describeExecution, executionHistory } from '../history';
import { jobsWithoutDetail } from '../story';
import { localTime } from '../time-text';

/** What is left to stop of a run. */
export interface Stoppable {
  readonly status: string;
  /** Whether its execution is running. A job can outlive it, for example if the state machine's role lost its permission. */
  readonly isRunning: boolean;
  /** Jobs in AWS Batch that have not ended. */
  readonly jobs: readonly BatchJob[];
}

/** Longest reason that both services store: AWS Batch, in characters. */
const LONGEST_REASON = 1_024;

/** How long Step Functions is given to terminate the job itself, in seconds. */
const OWN_TERMINATION_SECONDS = 3;

/**
 * The reason that is stored with a run that is stopped.
 *
 * @param option what gave it, for the error
 * @throws UsageError if it is empty or too long
 */
export function stopReason(given: string | undefined, option: string, otherwise: string): string {
  const reason = given ?? otherwise;
  if (reason.trim() !== '' && reason.length <= LONGEST_REASON) return reason;
  throw new UsageError(`${option} accepts 1 to ${formatCount(LONGEST_REASON)} characters.`);
}

/** @throws UsageError if nothing of the run is left to stop */
export async function stoppable(deployment: Deployment, { name, executionArn }: FoundRun): Promise<Stoppable> {
  const { status = 'RUNNING', stopDate } = await describeExecution(deployment, executionArn);
  const isRunning = status === 'RUNNING';
  const jobs = await liveJobs(deployment, executionArn);
  if (isRunning || jobs.length > 0) return { status, isRunning, jobs };
  const when = stopDate === undefined ? '' : ` at ${localTime(stopDate)}`;
  throw new UsageError(`Nothing to stop: run ${name} ended${when} (${status}).`);
}

/** Stops a run: its execution, and its job in AWS Batch. */
export async function stopRun(
  deployment: Deployment,
  { executionArn }: FoundRun,
  { isRunning }: Stoppable,
  reason: string,
): Promise<void> {
  if (isRunning) await stopExecution(deployment, executionArn, reason);
  await endJobs(deployment, executionArn, reason);
}

/** Whether a container gets SIGTERM when its run is stopped. */
export function hasContainer({ jobs }: Stoppable): boolean {
  return jobs.some(({ status, arrayProperties }) => {
    // An array waits for its children.
    const { STARTING = 0, RUNNING = 0 } = arrayProperties?.statusSummary ?? {};
    return status === 'STARTING' || status === 'RUNNING' || STARTING + RUNNING > 0;
  });
}

async function stopExecution(deployment: Deployment, executionArn: string, cause: string): Promise<void> {
  const { StopExecutionCommand } = require('@aws-sdk/client-sfn') as typeof import('@aws-sdk/client-sfn');
  await deployment.clients.sfn.send(new StopExecutionCommand({ executionArn, error: 'Stopped', cause }));
}

/**
 * Ends the jobs of an execution that was stopped. Step Functions terminates the job of a stopped execution by itself, if its role still may
 * and if AWS Batch does not throttle it: otherwise the job would run to its end.
 */
async function endJobs(deployment: Deployment, executionArn: string, reason: string): Promise<void> {
  const { TerminateJobCommand } = require('@aws-sdk/client-batch') as typeof import('@aws-sdk/client-batch');
  let left = await liveJobs(deployment, executionArn);
  for (let seconds = 0; left.length > 0 && seconds < OWN_TERMINATION_SECONDS; seconds++) {
    left = (await liveJobs(deployment, executionArn)).filter(
      ({ isTerminated, isCancelled }) => !isTerminated && !isCancelled,
    );
    if (left.length > 0) await delay(1_000);
  }
  for (const { jobId } of left) {
    await deployment.clients.batch.send(new TerminateJobCommand({ jobId, reason }));
  }
}

/** The jobs of an execution that have not ended. */
async function liveJobs(deployment: Deployment, executionArn: string): Promise<BatchJob[]> {
  const ids = jobsWithoutDetail(await executionHistory(deployment, executionArn));
  const jobs = await batchJobs(deployment, ids);
  return [...jobs.values()].filter(({ status }) => status !== 'SUCCEEDED' && status !== 'FAILED');
}
