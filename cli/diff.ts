import type { Command } from 'commander';
import { jsonOption } from './command/common-options';
import { planOptions } from './deploy/plan-options';
import type { PlanOptions } from './deploy/terraform-plan';
import { askedRuns } from './operate/asked-runs';

/** `batch-jobs diff`: shows what a deployment would change. */
export function define(command: Command) {
  jsonOption(planOptions(command), 'print the plan as one JSON document');
  return (stack: string | undefined, options: PlanOptions) => commands().diff(stack, options, askedRuns(options));
}

function commands() {
  return require('./deploy/commands') as typeof import('./deploy/commands');
}
