import { counted } from '../../../modules/problems/phrases';
import { DONE, FAILED } from '../../command/exit-code';
import { nextCommand } from '../../command/next-command';
import { confirmed, refuseSilentQuestion } from '../../command/question';
import { printMessage } from '../../command/terminal-lines';
import { twoColumns, widthOf } from '../../command/two-columns';
import { UsageError } from '../../command/usage-error';
import { givenEvent } from '../../local/job-event';
import { withDeployment } from '../deployment';
import { findRun } from '../find-run';
import { followRun } from '../follow/follow';
import type { AwsOptions } from '../options';
import { originalName } from './rerun-name';
import { plannedRerun, startRerun } from './rerun-run';

export interface RerunOptions extends AwsOptions {
  /** File with the event; `-` is standard input. @default the event of the run */
  readonly event?: string;
  /** Only the items that failed. */
  readonly failed: boolean;
  readonly follow: boolean;
  readonly yes: boolean;
}

/** Starts a new run with the event of an earlier one. */
export async function rerun(text: string, options: RerunOptions): Promise<number> {
  refuseSilentQuestion(options);
  if (options.failed && options.event !== undefined) {
    throw new UsageError('--failed repeats items of the run itself. Remove --event, or --failed.');
  }
  const given = options.event === undefined ? undefined : await givenEvent(options.event);
  if (given?.note !== undefined) printMessage(`Note: ${given.note}`);
  return withDeployment(options, async (deployment) => {
    const run = await findRun(deployment, text);
    const next = await plannedRerun(deployment, run, options.failed);
    const { account, region } = deployment;
    const what = given === undefined ? 'its event' : `the event in ${given.source}`;
    const only =
      next.failedItems === undefined ? '' : `, only for the ${counted(next.failedItems, 'item')} that failed`;
    const question = `Run ${run.job.name} in account ${account} in ${region} again with ${what}${only}, as ${next.name}?`;
    if (!(await confirmed(question, options.yes))) {
      console.log('Nothing was started.');
      return FAILED;
    }
    await startRerun(deployment, next, given?.text);
    const { name, executionArn } = next;
    const started = { job: run.job, name, executionArn };
    if (options.follow) return followRun(deployment, started, { json: options.json, source: given?.source });
    const original = originalName(run.name);
    if (options.json) {
      const { stackName: stack } = deployment;
      const { failedItems } = next;
      const document = {
        run: name,
        executionArn,
        job: run.job.name,
        stack,
        account,
        region,
        repeats: original,
        failedItems,
      };
      console.log(JSON.stringify(document, undefined, 2));
      return DONE;
    }
    const rows = twoColumns(
      [
        ['Started', next.name],
        ['Repeats', original],
        ...(next.failedItems === undefined
          ? []
          : [['Only', `${counted(next.failedItems, 'item')} that failed in ${run.name}`] as const]),
        ['Next', nextCommand('logs', [next.name, '--follow']), nextCommand('show', [next.name])],
      ],
      widthOf(process.stdout),
      0,
    );
    console.log(rows.join('\n'));
    return DONE;
  });
}
