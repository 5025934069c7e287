import { nextCommand } from '../../command/next-command';
import { CommandFailure } from '../../command/reported-error';
import { UsageError } from '../../command/usage-error';
import { itemsResult } from '../../run-report/items-result';
import { AwsFault } from '../aws/fault';
import type { Deployment } from '../deployment';
import type { FoundRun } from '../find-run';
import { describeExecution } from '../history';
import { Payloads } from '../payload';
import type { Execution } from '../story';
import { earlierReruns, type Rerun } from './earlier-reruns';

/** A run that can be started, to repeat another one. */
export interface PlannedRerun extends Rerun {
  readonly run: FoundRun;
  /** Input of the execution that is repeated. */
  readonly input: string;
  /** How many items failed, if only these are repeated. */
  readonly failedItems?: number;
}

/**
 * @param onlyFailed whether only those items of the run are repeated that failed
 * @throws UsageError if the run, or another one that repeats it, has not ended, or no item of it is known to have failed
 */
export async function plannedRerun(deployment: Deployment, run: FoundRun, onlyFailed = false): Promise<PlannedRerun> {
  const description = await describeExecution(deployment, run.executionArn);
  const { next, running } = await earlierReruns(deployment, run, description);
  if (running === undefined) {
    const failedItems = onlyFailed ? failedItemsIn(run.name, description) : undefined;
    return { ...next, run, input: description.input ?? '{}', ...(failedItems !== undefined && { failedItems }) };
  }
  throw new UsageError(
    `Run ${running} has not ended, and another run would do its work twice. Wait for its end, or stop it: ` +
      `${nextCommand('stop', [running])}.`,
  );
}

/** @throws UsageError if none has failed, or the run did not say which */
function failedItemsIn(name: string, { status, output, cause }: Execution): number {
  const items = itemsResult(output) ?? itemsResult(cause);
  if (items === undefined) {
    throw new UsageError(
      `Run ${name} has no list of items that failed: it is ${status}, and only a run of a job with forEach that ends by itself has one. ` +
        'To run all of it again, leave out --failed.',
    );
  }
  if (items.counts.failed === 0)
    throw new UsageError(`No item of run ${name} failed. To run all again, leave out --failed.`);
  return items.counts.failed;
}

/**
 * Starts a run that repeats another one.
 *
 * @param eventText as JSON. @default the event of the other run
 */
export async function startRerun(deployment: Deployment, planned: PlannedRerun, eventText?: string): Promise<void> {
  const { run, name, input, failedItems } = planned;
  const payloads = await Payloads.of(deployment, run.job);
  const again = () =>
    failedItems === undefined ? payloads.inputAgain(input, name) : payloads.inputOfFailed(input, name, run.name);
  const newInput = eventText === undefined ? await stillStored(again()) : await payloads.inputFor(eventText, name);
  await startExecution(deployment, run.job.stateMachineArn, planned, newInput);
}

/** An event that is no longer stored can be sent again. */
async function stillStored(input: Promise<string>): Promise<string> {
  try {
    return await input;
  } catch (error) {
    if (!(error instanceof CommandFailure) || error instanceof AwsFault) throw error;
    throw new CommandFailure(`${error.message} To run the job again, add the event: --event FILE.`);
  }
}

/**
 * Starts the run. If somebody else starts the same one at the same time, with the same event, Step Functions starts it once and answers
 * both.
 */
async function startExecution(
  deployment: Deployment,
  stateMachineArn: string,
  { name }: Rerun,
  input: string,
): Promise<void> {
  const { StartExecutionCommand } = require('@aws-sdk/client-sfn') as typeof import('@aws-sdk/client-sfn');
  try {
    await deployment.clients.sfn.send(new StartExecutionCommand({ stateMachineArn, name, input }));
  } catch (error) {
    if (!(error instanceof AwsFault) || error.code !== 'ExecutionAlreadyExists') throw error;
    throw new UsageError(
      `Nothing was started: somebody has just started ${name} with another event. Look at it: ${nextCommand('show', [name])}.`,
    );
  }
}
