import { type Command, Option } from 'commander';
import type { InfoOptions } from './operate/info/command';
import { awsOptions } from './operate/options';

/** `batch-jobs info`: what is deployed. */
export function define(command: Command) {
  command
    .argument('[job]', 'a job of the stack (default: all)')
    .addOption(
      new Option(
        '--policy <kind>',
        'print the IAM policy that a person needs to read, or also to steer runs, or the policy of the key of the stack',
      ).choices(['read', 'steer', 'key']),
    );
  awsOptions(command);
  return (job: string | undefined, options: InfoOptions) => body().info(job, options);
}

function body() {
  return require('./operate/info/command') as typeof import('./operate/info/command');
}
