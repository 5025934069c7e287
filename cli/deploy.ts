import type { Command } from 'commander';
import { jsonOption } from './command/common-options';
import type { DeployOptions } from './deploy/commands';
import { planOptions, yesOption } from './deploy/plan-options';
import { askedRuns } from './operate/asked-runs';

/** `batch-jobs deploy`: deploys a stack. */
export function define(command: Command) {
  yesOption(planOptions(command)).option('--accept-loss', 'do not ask a second time if data or runs are lost', false);
  jsonOption(command, 'print the plan and the outputs as one JSON document; needs --yes');
  return (stack: string | undefined, options: DeployOptions) => commands().deploy(stack, options, askedRuns(options));
}

function commands() {
  return require('./deploy/commands') as typeof import('./deploy/commands');
}
