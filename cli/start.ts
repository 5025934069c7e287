import type { Command } from 'commander';
import { eventOptions } from './command/event-options';
import { yesOption } from './deploy/plan-options';
import { awsOptions } from './operate/options';
import type { StartOptions } from './operate/start/start';

/** `batch-jobs start`: starts a run of a deployed job. */
export function define(command: Command) {
  eventOptions(command.argument('<job>', 'name of the job in the config'));
  command.option('--follow', 'print what happens until the run ends, and exit with 0 or 1 as it does', false);
  yesOption(command);
  awsOptions(command, 'print one JSON document, with --follow one a line; needs --yes');
  return (job: string, options: StartOptions) => program().start(job, options);
}

function program() {
  return require('./operate/start/start') as typeof import('./operate/start/start');
}
