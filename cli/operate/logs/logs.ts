import { constants } from 'node:os';
import { nextCommand } from '../../command/next-command';
import { holdingSignals } from '../../command/process-end';
import { printMessage } from '../../command/terminal-lines';
import { UsageError } from '../../command/usage-error';
import { withDeployment } from '../deployment';
import { findRun } from '../find-run';
import { type ItemOption, itemNumber } from '../items/option';
import type { AwsOptions } from '../options';
import { type RecordedOptions, refuseAwsOptions } from '../recorded/options';
import { pastTime } from '../time-text';
import { filterPattern, type LogLines } from './filter';
import { JobLog } from './job-log';
import { logGroupName } from './log-group';
import { LogOutput } from './log-output';
import { RunLog } from './run-log';

export interface LogsOptions extends AwsOptions, RecordedOptions, ItemOption {
  readonly follow: boolean;
  readonly attempt?: string;
  readonly since?: string;
  readonly filter?: string;
  readonly filterPattern?: string;
}

/**
 * Prints the log of a run, or the logs of all runs of a job.
 *
 * @returns the exit code: of a run that is followed 0 if it succeeds, 1 if it does not
 */
export async function logs(target: string, options: LogsOptions): Promise<number> {
  const lines: LogLines = {
    follow: options.follow,
    attempt: attemptNumber(options.attempt),
    item: itemNumber(options.item),
    since: options.since === undefined ? undefined : pastTime(options.since, '--since'),
    filter: filterPattern(options.filter, options.filterPattern),
  };
  if (options.local) return recordedLog(target, options, { ...lines, filter: options.filter });
  return withDeployment(options, async (deployment) => {
    const job = deployment.jobs.get(target.trim());
    const output = new LogOutput(options.json);
    if (job !== undefined) {
      const [option, what] = lines.attempt === undefined ? ['--item', 'an item'] : ['--attempt', 'an attempt'];
      if (lines.attempt !== undefined || lines.item !== undefined) {
        throw new UsageError(
          `${option} selects ${what} of a run, and ${job.name} is a job. Name a run, such as ${job.name}@latest.`,
        );
      }
      const log = new JobLog(deployment, job, logGroupName(job), lines, output);
      if (!lines.follow) return await log.print();
      return await untilSignal(() => log.follow(), `Stopped following ${job.name}. Its runs go on.`);
    }
    const run = await findRun(deployment, target);
    const log = new RunLog(deployment, run, logGroupName(run.job), lines, output);
    if (!lines.follow) return await log.print();
    const again = nextCommand('logs', [run.name, ...itemWords(lines), '--follow']);
    return await untilSignal(() => log.follow(), `Stopped following ${run.name}. The run goes on: ${again}`);
  });
}

/** The option that selects the same item. */
function itemWords({ item }: LogLines): string[] {
  return item === undefined ? [] : ['--item', String(item)];
}

async function recordedLog(target: string, options: LogsOptions, lines: LogLines): Promise<number> {
  refuseAwsOptions(options);
  if (options.filterPattern !== undefined) {
    throw new UsageError('--filter-pattern is for logs in CloudWatch Logs. With --local, use --filter.');
  }
  const { recordedLogs } = require('../recorded/logs') as typeof import('../recorded/logs');
  const print = () => recordedLogs(target, lines, new LogOutput(options.json));
  return lines.follow ? untilSignal(print, 'Stopped following. The run goes on.') : print();
}

function attemptNumber(text: string | undefined): number | undefined {
  if (text === undefined || /^[1-9]\d{0,8}$/.test(text)) return text === undefined ? undefined : Number(text);
  throw new UsageError(`--attempt ${JSON.stringify(text)} is not the number of an attempt. The first is 1.`);
}

/** The exit code of something that follows, or of the signal that ends it. */
async function untilSignal(follow: () => Promise<number>, text: string): Promise<number> {
  let leave: (exitCode: number) => void = () => {};
  const left = new Promise<number>((resolve) => {
    leave = resolve;
  });
  return holdingSignals(
    (signal) => {
      printMessage(text);
      leave(128 + constants.signals[signal]);
    },
    () => Promise.race([follow(), left]),
    // A reader such as "head" has seen enough.
    () => process.exit(1),
  );
}
