import type { Command } from 'commander';
import { jsonOption } from './command/common-options';
import type { DiffOptions } from './deploy/commands';
import { planOptions } from './deploy/plan-options';

/** `batch-jobs diff`: shows what a deployment would change. */
export function define(command: Command) {
  planOptions(command).option('--exit-code', 'end with exit code 3 if anything would change', false);
  jsonOption(command, 'print the plan as one JSON document');
  return (stack: string | undefined, options: DiffOptions) => commands().diff(stack, options);
}

function commands() {
  return require('./deploy/commands') as typeof import('./deploy/commands');
}
