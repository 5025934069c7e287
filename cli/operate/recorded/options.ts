import type { Command } from 'commander';
import { UsageError } from '../../command/usage-error';
import type { AwsOptions } from '../options';

/** Whether a command is about the runs on this machine. */
export interface RecordedOptions {
  readonly local?: boolean;
}

/** Adds `--local`. */
export function localOption(command: Command): Command {
  return command.option('--local', 'of the runs on this machine, which are recorded: needs no AWS', false);
}

/** @throws UsageError if an option is for runs in AWS */
export function refuseAwsOptions({ region, profile }: Pick<AwsOptions, 'region' | 'profile'>): void {
  for (const [option, value] of [
    ['--region', region],
    ['--profile', profile],
  ]) {
    if (value !== undefined) throw new UsageError(`--local is for runs on this machine. Remove ${option}.`);
  }
}
