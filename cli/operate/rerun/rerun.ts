import { confirmed, refuseSilentQuestion } from '../../deploy/question';
import { givenEvent } from '../../local/job-event';
import { nextCommand } from '../../next-command';
import { CommandFailure } from '../../reported-error';
import { DONE, FAILED } from '../../subcommands';
import { twoColumns, widthOf } from '../../two-columns';
import { UsageError } from '../../usage-error';
import { AwsFault } from '../aws/fault';
import { Deployment } from '../deployment';
import { findRun } from '../find-run';
import { followRun } from '../follow/follow';
import { describeExecution } from '../history';
import type { AwsOptions } from '../options';
import { Payloads } from '../payload';
import { earlierReruns, type Rerun } from './earlier-reruns';
import { originalName } from './rerun-name';

export interface RerunOptions extends AwsOptions {
  /** File with the event; `-` is standard input. @default the event of the run */
  readonly event?: string;
  readonly follow: boolean;
  readonly yes: boolean;
}

/** Starts a new run with the event of an earlier one. */
export async function rerun(text: string, options: RerunOptions): Promise<number> {
  refuseSilentQuestion(options);
  const given = options.event === undefined ? undefined : await givenEvent(options.event);
  if (given?.note !== undefined) console.error(`Note: ${given.note}`);
  const deployment = await Deployment.open(options);
  const run = await findRun(deployment, text);
  const description = await describeExecution(deployment, run.executionArn);
  const { next, running } = await earlierReruns(deployment, run, description);
  if (running !== undefined) {
    throw new UsageError(
      `Run ${running} has not ended, and another run would do its work twice. Wait for its end, or stop it: ` +
        `${nextCommand('stop', [running])}.`,
    );
  }
  const { input = '{}' } = description;
  const { account, region } = deployment;
  const event = given === undefined ? 'its event' : `the event in ${given.source}`;
  const question = `Run ${run.job.name} in account ${account} in ${region} again with ${event}, as ${next.name}?`;
  if (!(await confirmed(question, options.yes))) {
    console.log('Nothing was started.');
    return FAILED;
  }
  const payloads = await Payloads.of(deployment, run.job);
  const newInput =
    given === undefined
      ? await stillStored(payloads.inputAgain(input, next.name))
      : await payloads.inputFor(given.text, next.name);
  await startExecution(deployment, run.job.stateMachineArn, next, newInput);
  const started = { job: run.job, ...next };
  if (options.follow) return followRun(deployment, started, { json: options.json, source: given?.source });
  const original = originalName(run.name);
  if (options.json) {
    const { stackName: stack } = deployment;
    const { name, executionArn } = next;
    const document = { run: name, executionArn, job: run.job.name, stack, account, region, repeats: original };
    console.log(JSON.stringify(document, undefined, 2));
    return DONE;
  }
  const rows = twoColumns(
    [
      ['Started', next.name],
      ['Repeats', original],
      ['Next', nextCommand('logs', [next.name, '--follow']), nextCommand('show', [next.name])],
    ],
    widthOf(process.stdout),
    0,
  );
  console.log(rows.join('\n'));
  return DONE;
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
