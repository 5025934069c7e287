import type { Command } from 'commander';
import { configOption } from '../command/common-options';
import { UsageError } from '../command/usage-error';

/** Adds what `diff`, `deploy` and `destroy` have in common. */
export function planOptions(command: Command): Command {
  command
    .argument('[stack]', 'name of the stack (default: the only one of the app)')
    .option('--verbose', 'print every argument of every resource, as Terraform does', false)
    .option('--aws', 'ask AWS which runs in progress would be lost, and name them', false)
    .option('--lock-timeout <time>', 'wait for the lock of the state, such as 10m (default: do not wait)', lockTimeout)
    .option('--migrate-state', 'copy the state if the config names another backend than before', false);
  return configOption(command);
}

/** The option that answers the question. */
export function yesOption(command: Command): Command {
  return command.option('-y, --yes', 'do not ask', false);
}

/** Checks a time, which is passed to Terraform unchanged. */
function lockTimeout(text: string): string {
  if (/^\d+(ms|s|m|h)$/.test(text)) return text;
  throw new UsageError(`--lock-timeout takes a time such as 30s or 10m, got "${text}".`);
}
