import type { Command } from 'commander';
import { localArguments, localOptions } from './local/arguments';

/** `batch-jobs local`: runs a job on this machine. */
export function define(command: Command) {
  localOptions(command);
  return (job: string) => program().runLocally(localArguments(job, command.opts()));
}

/** Loaded only when needed: printing the help needs no synthesis. */
function program() {
  return require('./local/program') as typeof import('./local/program');
}
