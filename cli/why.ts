import type { Command } from 'commander';
import { type ItemOption, itemOption } from './operate/items/option';
import { type AwsOptions, awsOptions } from './operate/options';

/** `batch-jobs why`: why a job or a run does not run. */
export function define(command: Command) {
  command.argument('<job|run>', 'a job of the config, or a run: its name, a unique beginning of it, or job@latest');
  itemOption(command, 'the reason');
  awsOptions(command, 'print one JSON document');
  return (subject: string, options: AwsOptions & ItemOption) => explanation().explain(subject, options);
}

function explanation() {
  return require('./operate/why/command') as typeof import('./operate/why/command');
}
