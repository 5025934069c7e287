import { nextCommand } from '../../command/next-command';
import { CommandFailure } from '../../command/reported-error';
import { UsageError } from '../../command/usage-error';
import { AwsFault } from '../aws/fault';
import type { Deployment } from '../deployment';
import type { FoundRun } from '../find-run';
import { describeExecution } from '../history';
import { Payloads } from '../payload';
import { earlierReruns, type Rerun } from './earlier-reruns';

/** A run that can be started, to repeat another one. */
export interface PlannedRerun extends Rerun {
  readonly run: FoundRun;
  /** Input of the execution that is repeated. */
  readonly input: string;
}

/** @throws UsageError if the run, or another one that repeats it, has not ended */
export async function plannedRerun(deployment: Deployment, run: FoundRun): Promise<PlannedRerun> {
  const description = await describeExecution(deployment, run.executionArn);
  const { next, running } = await earlierReruns(deployment, run, description);
  if (running === undefined) return { ...next, run, input: description.input ?? '{}' };
  throw new UsageError(
    `Run ${running} has not ended, and another run would do its work twice. Wait for its end, or stop it: ` +
      `${nextCommand('stop', [running])}.`,
  );
}

/**
 * Starts a run that repeats another one.
 *
 * @param eventText as JSON. @default the event of the other run
 */
export async function startRerun(deployment: Deployment, planned: PlannedRerun, eventText?: string): Promise<void> {
  const { run, name, input } = planned;
  const payloads = await Payloads.of(deployment, run.job);
  const newInput =
    eventText === undefined
      ? await stillStored(payloads.inputAgain(input, name))
      : await payloads.inputFor(eventText, name);
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
