import { CONTAINER_STOP_SECONDS } from '../../../modules/compute/user-data';
import { DONE, FAILED } from '../../command/exit-code';
import { confirmed, refuseSilentQuestion } from '../../command/question';
import { stoppedBy } from '../../model/words/stopped-by';
import type { BatchJob } from '../../run-report/batch-job';
import { duration } from '../../run-report/report-lines';
import { withDeployment } from '../deployment';
import { findRun } from '../find-run';
import type { AwsOptions } from '../options';
import { hasContainer, stoppable, stopReason, stopRun } from './stop-run';

export interface StopOptions extends AwsOptions {
  readonly reason?: string;
  readonly yes: boolean;
}

/** `batch-jobs stop`: stops a run. */
export async function stop(text: string, options: StopOptions): Promise<number> {
  refuseSilentQuestion(options);
  const reason = stopReason(options.reason, '--reason', stoppedBy('batch-jobs stop'));
  return withDeployment(options, async (deployment) => {
    const run = await findRun(deployment, text);
    const { job, name, executionArn } = run;
    const found = await stoppable(deployment, run);
    const { isRunning, status } = found;
    const { account, region } = deployment;
    const what = isRunning ? `run ${name}` : `the job that is left of run ${name} (${status})`;
    if (!(await confirmed(`Stop ${what} in account ${account} in ${region}${stateOf(found.jobs)}?`, options.yes))) {
      console.log('Nothing was stopped.');
      return FAILED;
    }
    await stopRun(deployment, run, found, reason);
    if (options.json) {
      const batchJobs = found.jobs.map(({ jobId, status }) => ({ jobId, status }));
      const document = { run: name, executionArn, job: job.name, stopped: isRunning, reason, batchJobs };
      console.log(JSON.stringify(document, undefined, 2));
      return DONE;
    }
    console.log(isRunning ? `Stopped ${name}.` : `Stopped the job that was left of ${name}.`);
    if (hasContainer(found)) {
      console.log(
        `Its container gets SIGTERM now, and SIGKILL ${duration(CONTAINER_STOP_SECONDS)} later if it still runs.`,
      );
    }
    return DONE;
  });
}

/** Where a run's job is, for the question. */
function stateOf([job]: readonly BatchJob[]): string {
  if (job === undefined) return '';
  return job.status === 'RUNNING' ? ', whose container runs' : `, whose job is ${job.status}`;
}
