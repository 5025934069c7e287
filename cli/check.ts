import { type Command, Option } from 'commander';
import type { CheckOptions } from './check/arguments';
import { awsOptions } from './operate/options';

/** `batch-jobs check`: what jobs run on and cost, before a deployment. */
export function define(command: Command) {
  command
    .argument('[job]', 'a job of the config (default: all)')
    .addOption(new Option('--minutes <number>', 'how long a run takes: says what it costs'))
    .option('--aws', "ask AWS for prices of the stack's region, Spot prices, and how long runs took", false);
  awsOptions(command, 'print one JSON document');
  return (job: string | undefined, options: CheckOptions) => body().check(job, options);
}

/** Loaded only when needed: printing the help needs no synthesis. */
function body() {
  return require('./check/command') as typeof import('./check/command');
}
