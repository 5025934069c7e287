import { readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Command } from 'commander';
import { jsonOption } from './command/common-options';
import { DONE } from './command/exit-code';
import { packageRoot } from './command/package-root';

interface SchemaOptions {
  readonly out?: string;
  readonly json: boolean;
}

/** `batch-jobs schema`: prints the JSON Schema of the config, for editors. */
export function define(command: Command) {
  command.option('--out <file>', 'write it to a file (default: print it)');
  jsonOption(command, 'with --out, print the path of the file as one JSON document');
  command.addHelpText('after', HELP);
  return async ({ out, json }: SchemaOptions): Promise<number> => {
    const text = readFileSync(join(packageRoot().folder, 'batch-jobs.schema.json'), 'utf8');
    if (out === undefined) {
      process.stdout.write(text);
      return DONE;
    }
    writeFileSync(out, text);
    console.log(json ? JSON.stringify({ file: out }) : `Wrote ${out}\n\n${editors(relative('.', out))}`);
    return DONE;
  };
}

/** Instructions for editors to find the schema. */
function editors(path: string): string {
  const url = /^\.|^\//.test(path) ? path : `./${path}`;
  return [
    'An editor reads it if the config names it, as a path from the config:',
    '',
    `  YAML  # yaml-language-server: $schema=${url}`,
    `  JSON  "$schema": "${url}"`,
  ].join('\n');
}

const HELP = `
${editors('node_modules/cdktf-batch-jobs/batch-jobs.schema.json')}

The package has the file, so that a config needs no copy of it.`;
