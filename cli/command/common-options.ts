import { type Command, Option } from 'commander';

/** Adds `--config`. The option sets the variable BATCH_JOBS_CONFIG, which this process and the programs that it starts read. */
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

/** Adds `--json`, which prints the result for other programs. */
export function jsonOption(command: Command, what = 'print one JSON document'): Command {
  return command.option('--json', what, false);
}
