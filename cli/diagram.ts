import { type Command, Option } from 'commander';
import { configOption, jsonOption } from './command/common-options';
import type { DiagramOptions } from './diagram/command';

/** `batch-jobs diagram`: the stack as a picture for a README. */
export function define(command: Command) {
  command
    .addOption(
      new Option('--format <format>', 'svg, or mermaid for a code block of a page on GitHub')
        .choices(['svg', 'mermaid'])
        .default('svg', 'svg'),
    )
    .option('--out <file>', 'write it to a file (default: print it)');
  configOption(command);
  jsonOption(command, 'print the picture as one JSON document: boxes with settings, permissions, costs and addresses');
  return (options: DiagramOptions) => body().diagram(options);
}

/** Loaded only when needed: printing the help needs no synthesis. */
function body() {
  return require('./diagram/command') as typeof import('./diagram/command');
}
