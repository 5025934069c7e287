import type { Command } from 'commander';
import { yesOption } from './deploy/plan-options';
import { awsOptions } from './operate/options';
import type { RerunOptions } from './operate/rerun/rerun';

/** `batch-jobs rerun`: starts a new run with the event of an earlier one. */
export function define(command: Command) {
  command
    .argument('<run>', 'name of the run, the beginning of it, or <job>@latest')
    .option('--event <file>', 'another event, a JSON file; - reads standard input (default: the event of the run)')
    .option('--failed', 'only those items of the run that failed (of a job with forEach)', false)
    .option('--follow', 'print what happens until the run ends, and exit with 0 or 1 as it does', false);
  yesOption(command);
  awsOptions(command, 'print one JSON document, with --follow one a line; needs --yes');
  return (run: string, options: RerunOptions) => program().rerun(run, options);
}

function program() {
  return require('./operate/rerun/rerun') as typeof import('./operate/rerun/rerun');
}
