import { type Command, Option } from 'commander';

/** Lets a subcommand take another config: the option sets the variable that everything reads, programs that it starts included. */
export function configOption(command: Command): Command {
  const option = new Option(
    '--config <file>',
    'the config (default: BATCH_JOBS_CONFIG, else batch-jobs.config.ts, .yml or .json)',
  );
  return command.addOption(option).hook('preAction', () => {
    const file: string | undefined = command.getOptionValue(option.attributeName());
    if (file !== undefined) process.env.BATCH_JOBS_CONFIG = file;
  });
}

/** Lets a subcommand print JSON for programs. */
export function jsonOption(command: Command, what = 'print one JSON document'): Command {
  return command.option('--json', what, false);
}
