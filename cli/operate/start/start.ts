import { formatCount } from '../../../modules/problems/phrases';
import { type EventOptions, eventChoice } from '../../command/event-options';
import { DONE, FAILED } from '../../command/exit-code';
import { nextCommand } from '../../command/next-command';
import { confirmed, refuseSilentQuestion } from '../../command/question';
import { printMessage } from '../../command/terminal-lines';
import { twoColumns, widthOf } from '../../command/two-columns';
import { givenEvent } from '../../local/job-event';
import { withDeployment } from '../deployment';
import { followRun } from '../follow/follow';
import type { AwsOptions } from '../options';
import { deployedSample } from './deployed-sample';
import { refuseOversized } from './invoke';
import { startRun } from './start-run';

export interface StartOptions extends AwsOptions, EventOptions {
  readonly printEvent: boolean;
  readonly follow: boolean;
  readonly yes: boolean;
}

/** Starts a run of a job through its trigger function. */
export async function start(jobName: string, options: StartOptions): Promise<number> {
  const { eventFile, eventType } = eventChoice(options);
  if (!options.printEvent) refuseSilentQuestion(options);
  const file = eventFile === undefined ? undefined : await givenEvent(eventFile);
  return withDeployment(options, async (deployment) => {
    const job = deployment.jobNamed(jobName);
    const given = file ?? deployedSample(deployment, job, eventType);
    if (given.note !== undefined) printMessage(`Note: ${given.note}`);
    if (options.printEvent) {
      console.log(JSON.stringify(given.event, undefined, 2));
      return DONE;
    }
    refuseOversized(given.text);
    const bytes = Buffer.byteLength(given.text);
    const event = `${given.source}, ${formatCount(bytes)} bytes`;
    const { account, region } = deployment;
    const question = `Start ${job.name} in account ${account} in ${region} with this event: ${event}?`;
    if (!(await confirmed(question, options.yes))) {
      console.log('Nothing was started.');
      return FAILED;
    }
    const { name, executionArn, isDuplicate } = await startRun(deployment, job, given);
    if (options.follow) {
      const { json } = options;
      return followRun(deployment, { job, name, executionArn }, { json, source: given.source, isDuplicate });
    }
    if (options.json) {
      const { stackName: stack } = deployment;
      const source = { source: given.source, bytes };
      const document = { run: name, executionArn, job: job.name, stack, account, region, event: source };
      console.log(JSON.stringify({ ...document, duplicate: isDuplicate }, undefined, 2));
      return DONE;
    }
    const next = isDuplicate
      ? [nextCommand('show', [name]), nextCommand('rerun', [name])]
      : [nextCommand('logs', [name, '--follow']), nextCommand('show', [name])];
    const rows = twoColumns(
      [
        ['Event', event],
        isDuplicate ? ['Duplicate', `run ${name} already exists. Nothing was started`] : ['Started', name],
        ['Next', ...next],
      ],
      widthOf(process.stdout),
      0,
    );
    console.log(rows.join('\n'));
    return DONE;
  });
}
