import type { Command } from 'commander';
import { jsonOption } from './command/common-options';
import { planOptions, yesOption } from './deploy/plan-options';
import type { PlanOptions } from './deploy/terraform-plan';

/** `batch-jobs deploy`: deploys a stack. */
export function define(command: Command) {
  yesOption(planOptions(command));
  jsonOption(command, 'print the plan and the outputs as one JSON document; needs --yes');
  return (stack: string | undefined, options: PlanOptions) => commands().deploy(stack, options);
}

function commands() {
  return require('./deploy/commands') as typeof import('./deploy/commands');
}
