import { DONE } from '../../command/exit-code';
import { UsageError } from '../../command/usage-error';
import { type Deployment, withDeployment } from '../deployment';
import { findRun } from '../find-run';
import { type ItemOption, itemNumber } from '../items/option';
import { Optional } from '../optional';
import type { AwsOptions } from '../options';
import { type RecordedOptions, refuseAwsOptions } from '../recorded/options';
import { tableWidth } from '../table';
import { secondsBetween } from '../time-text';
import { page } from './print';
import { type ShownRun, shownRun } from './shown-run';

/** Prints the whole story of a run. */
export async function show(text: string, options: AwsOptions & RecordedOptions & ItemOption): Promise<number> {
  const item = itemNumber(options.item);
  if (options.local) {
    refuseAwsOptions(options);
    if (item !== undefined) throw new UsageError('--item is for runs in AWS. Remove --local, or --item.');
    return (require('../recorded/show') as typeof import('../recorded/show')).showRecorded(text, options.json);
  }
  return withDeployment(options, async (deployment) => {
    const now = new Date();
    const run = await shownRun(deployment, await findRun(deployment, text), new Optional(), { item, now });
    if (options.json) console.log(JSON.stringify(runDocument(deployment, run, now), undefined, 2));
    else console.log(page(deployment, run, tableWidth(process.stdout), now).join('\n'));
    return DONE;
  });
}

function runDocument(deployment: Deployment, { job, story, price, links }: ShownRun, now: Date) {
  const { stackName: stack, region, account } = deployment;
  const { name: run, executionArn, status, started, ended, event, item, items, attempts, waits, error, reason } = story;
  return {
    stack,
    region,
    account,
    run,
    job: job.name,
    item,
    executionArn,
    status,
    started,
    ended,
    seconds: secondsBetween(started, ended ?? now),
    event,
    items,
    attempts,
    waits,
    error,
    reason: status === 'SUCCEEDED' ? undefined : reason,
    estimatedPrice: price,
    links,
  };
}
