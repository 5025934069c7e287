import type { Command } from 'commander';
import { type ItemOption, itemOption } from './operate/items/option';
import type { AwsOptions } from './operate/options';
import { awsOptions } from './operate/options';
import { localOption, type RecordedOptions } from './operate/recorded/options';

/** `batch-jobs show`: prints the story of a run. */
export function define(command: Command) {
  command.argument('<run>', "a run's name, a unique beginning of it, its ARN, job@latest, or job@failed and so on");
  itemOption(command, 'the story');
  localOption(command);
  awsOptions(command, 'print one JSON document');
  return (run: string, options: AwsOptions & RecordedOptions & ItemOption) => program().show(run, options);
}

function program() {
  return require('./operate/show/show') as typeof import('./operate/show/show');
}
