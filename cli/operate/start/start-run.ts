import type { DeployedJob, Deployment } from '../deployment';
import { type StartedRun, startedRun } from './answer';
import { invokeTrigger, refuseOversized } from './invoke';

/**
 * Sends an event to the trigger function of a job, as the job's event sources do.
 *
 * @param given the event, and its text as it is sent
 * @throws UsageError if the event is too large, or if it starts no job
 * @throws CommandFailure if the run was not started, with the reason and the fix in one line
 */
export async function startRun(
  deployment: Deployment,
  job: DeployedJob,
  { text, event }: { readonly text: string; readonly event: unknown },
): Promise<StartedRun> {
  refuseOversized(text);
  const answer = await invokeTrigger(deployment, job, text);
  return startedRun(answer, { job: job.name, functionName: job.triggerFunctionName, event });
}
