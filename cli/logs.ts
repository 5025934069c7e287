import type { Command } from 'commander';
import { itemOption } from './operate/items/option';
import type { LogsOptions } from './operate/logs/logs';
import { awsOptions } from './operate/options';
import { localOption } from './operate/recorded/options';

/** `batch-jobs logs`: prints what containers have written. */
export function define(command: Command) {
  command
    .argument(
      '<run|job>',
      "a run, by its name, a unique beginning of it, or job@latest; or a job, for all its runs' logs",
    )
    .option('-f, --follow', 'go on with new lines: of a run until its end, of a job until Ctrl-C', false)
    .option('--attempt <number>', 'only this attempt of the run')
    .option('--since <time>', 'only lines since then: 90m, 2h, 2d, 2026-11-20 or a time (default for a job: 1d)')
    .option('--filter <text>', 'only lines that contain this text, as CloudWatch Logs finds it')
    .option('--filter-pattern <pattern>', 'only lines that match this filter pattern of CloudWatch Logs');
  itemOption(command, 'the log');
  localOption(command);
  awsOptions(command, 'print one JSON document a line');
  return (target: string, options: LogsOptions) => program().logs(target, options);
}

function program() {
  return require('./operate/logs/logs') as typeof import('./operate/logs/logs');
}
