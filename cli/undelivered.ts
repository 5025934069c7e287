import { type Command, InvalidArgumentError } from 'commander';
import { yesOption } from './deploy/plan-options';
import { awsOptions } from './operate/options';
import type { UndeliveredOptions } from './operate/undelivered/arguments';

/** `batch-jobs undelivered`: events that could start no run. */
export function define(command: Command) {
  command
    .argument('[action]', 'list, show, redrive or delete (default: list)')
    .argument('[ids...]', 'events, as the list names them: by their ID or its unique beginning')
    .option('--job <name>', 'only events of this job')
    .option('--all', 'redrive or delete every event', false)
    .option('--limit <n>', 'list: events at most (default: 100)', positive)
    .option('--count-receives', 'also look into queues that count a look as a receive, and move messages on', false);
  yesOption(awsOptions(command, 'print one JSON document; to redrive or delete, it needs --yes'));
  return (action: string | undefined, ids: string[], options: UndeliveredOptions) =>
    commands().undelivered(action, ids, options);
}

function positive(text: string): number {
  const number = Number(text);
  if (/^\d+$/.test(text) && number > 0) return number;
  throw new InvalidArgumentError('It takes a number from 1.');
}

function commands() {
  return require('./operate/undelivered/commands') as typeof import('./operate/undelivered/commands');
}
