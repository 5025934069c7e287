import { setTimeout as delay } from 'node:timers/promises';
import { CONTAINER_STOP_SECONDS } from '../../modules/compute/user-data';
import { confirmed, refuseSilentQuestion } from '../deploy/question';
import { duration } from '../run-report/report-lines';
import { DONE, FAILED } from '../subcommands';
import { UsageError } from '../usage-error';
import type { BatchJob } from './batch-job';
import { batchJobs } from './batch-jobs';
import { Deployment } from './deployment';
import { findRun } from './find-run';
import { describeExecution, executionHistory } from './history';
import type { AwsOptions } from './options';
import { jobsWithoutDetail } from './story';
import { localTime } from './time-text';

export interface StopOptions extends AwsOptions {
  readonly reason?: string;
  readonly yes: boolean;
}

const REASON = 'Stopped by batch-jobs stop';

/** Longest reason that both services store: AWS Batch, in characters. */
const LONGEST_REASON = 1_024;

/** How long Step Functions is given to terminate the job itself, in seconds. */
const OWN_TERMINATION_SECONDS = 3;

/** Stops a run: its execution, and its job in AWS Batch. */
export async function stop(text: string, options: StopOptions): Promise<number> {
  refuseSilentQuestion(options);
  const reason = options.reason ?? REASON;
  if (reason.trim() === '' || reason.length > LONGEST_REASON) {
    throw new UsageError(`--reason accepts 1 to ${LONGEST_REASON.toLocaleString('en-US')} characters.`);
  }
  const deployment = await Deployment.open(options);
  const { job, name, executionArn } = await findRun(deployment, text);
  const { status = 'RUNNING', stopDate } = await describeExecution(deployment, executionArn);
  const isRunning = status === 'RUNNING';
  // A job can outlive its execution, for example if the state machine's role lost its permission.
  const left = await liveJobs(deployment, executionArn);
  if (!isRunning && left.length === 0) {
    const when = stopDate === undefined ? '' : ` at ${localTime(stopDate)}`;
    throw new UsageError(`Nothing to stop: run ${name} ended${when} (${status}).`);
  }
  const { account, region } = deployment;
  const what = isRunning ? `run ${name}` : `the job that is left of run ${name} (${status})`;
  if (!(await confirmed(`Stop ${what} in account ${account} in ${region}${stateOf(left)}?`, options.yes))) {
    console.log('Nothing was stopped.');
    return FAILED;
  }
  if (isRunning) await stopExecution(deployment, executionArn, reason);
  await endJobs(deployment, executionArn, reason);
  const jobs = left.map(({ jobId, status }) => ({ jobId, status }));
  if (options.json) {
    const document = { run: name, executionArn, job: job.name, stopped: isRunning, reason, batchJobs: jobs };
    console.log(JSON.stringify(document, undefined, 2));
    return DONE;
  }
  console.log(isRunning ? `Stopped ${name}.` : `Stopped the job that was left of ${name}.`);
  if (jobs.some(({ status }) => status === 'STARTING' || status === 'RUNNING')) {
    console.log(
      `Its container gets SIGTERM now, and SIGKILL ${duration(CONTAINER_STOP_SECONDS)} later if it still runs.`,
    );
  }
  return DONE;
}

/** Where a run's job is, for the question. */
function stateOf([job]: readonly BatchJob[]): string {
  if (job === undefined) return '';
  return job.status === 'RUNNING' ? ', whose container runs' : `, whose job is ${job.status}`;
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
