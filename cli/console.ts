import type { Command } from 'commander';
import type { ConsoleOptions } from './console/server/options';
import { awsOptions } from './operate/options';

/** `batch-jobs console`: serves a page that shows the stack and its runs. */
export function define(command: Command) {
  command
    .option('--port <number>', 'the port to listen on, 1 to 65535 (default: 4680, or a free one if it is in use)')
    .option('--open', 'open the page in your browser', false)
    .option('--aws', 'show deployed runs too, and start and stop them', false)
    .option('--read-only', 'only look: the page cannot start, stop, send or delete anything', false);
  awsOptions(command, 'print the address as one JSON document');
  return (options: ConsoleOptions) => program().serveConsole(options);
}

/** Loaded only when needed: printing the help needs no server. */
function program() {
  return require('./console/server/program') as typeof import('./console/server/program');
}
