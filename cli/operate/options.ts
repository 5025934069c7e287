import type { Command } from 'commander';
import { configOption, jsonOption } from '../command/common-options';
import { repeatAwsOptions } from '../command/next-command';

/** Options of each command that reads what is deployed. */
export interface AwsOptions {
  readonly region?: string;
  readonly profile?: string;
  readonly json: boolean;
}

/** Adds `--config`, `--region`, `--profile` and `--json`. */
export function awsOptions(command: Command, json?: string): Command {
  configOption(command)
    .option('--region <region>', "the AWS region (default: the config's, else as the AWS CLI finds it)")
    .option('--profile <profile>', 'a profile of your AWS configuration (default: as the AWS CLI finds it)')
    .hook('preAction', () => repeatAwsOptions(command.opts()));
  return jsonOption(command, json);
}
