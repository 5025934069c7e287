import type { Command } from 'commander';
import { jsonOption } from './command/common-options';
import { planOptions, yesOption } from './deploy/plan-options';
import type { PlanOptions } from './deploy/terraform-plan';
import { askedRuns } from './operate/asked-runs';

/** `batch-jobs destroy`: deletes everything that a stack has created. */
export function define(command: Command) {
  yesOption(planOptions(command));
  jsonOption(command, 'print the plan as one JSON document; needs --yes');
  return (stack: string | undefined, options: PlanOptions) => commands().destroy(stack, options, askedRuns(options));
}

function commands() {
  return require('./deploy/commands') as typeof import('./deploy/commands');
}
