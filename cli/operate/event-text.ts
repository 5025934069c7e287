import type { Deployment } from './deployment';
import type { FoundRun } from './find-run';
import { describeExecution } from './history';
import { Payloads } from './payload';

/**
 * The whole event of a run, as JSON, also if it is stored in the payload bucket.
 *
 * @throws CommandFailure if it is no longer stored
 */
export async function runEventText(deployment: Deployment, { job, executionArn }: FoundRun): Promise<string> {
  const { input = '{}' } = await describeExecution(deployment, executionArn);
  if (!input.includes('stpPayload')) return input;
  const payloads = await Payloads.of(deployment, job);
  const reference = payloads.referenceIn(input);
  return reference === undefined ? input : payloads.read(reference);
}
