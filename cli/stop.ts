import type { Command } from 'commander';
import { yesOption } from './deploy/plan-options';
import { awsOptions } from './operate/options';
import type { StopOptions } from './operate/stop/stop';

/** `batch-jobs stop`: stops a run. */
export function define(command: Command) {
  command
    .argument('<run>', 'name of the run, the beginning of it, or <job>@latest')
    .option('--reason <text>', 'why, for those who look at the run later');
  yesOption(command);
  awsOptions(command, 'print one JSON document; needs --yes');
  return (run: string, options: StopOptions) => program().stop(run, options);
}

function program() {
  return require('./operate/stop/stop') as typeof import('./operate/stop/stop');
}
