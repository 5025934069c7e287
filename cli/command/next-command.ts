import { readFileSync } from 'node:fs';
import { executeCommand, packageManagerOf, runCommand } from './package-manager';

/**
 * The command line that runs a subcommand in the current folder, with its package manager: a script of package.json that calls this
 * program, or else the program itself.
 *
 * @param words its arguments and options
 */
export function nextCommand(subcommand: string, words: readonly string[] = []): string {
  const manager = packageManagerOf(process.cwd());
  if (!hasScript(subcommand)) return executeCommand(manager, 'batch-jobs', subcommand, ...words);
  return runCommand(manager, subcommand, ...words);
}

function hasScript(name: string): boolean {
  try {
    const script: unknown = JSON.parse(readFileSync('package.json', 'utf8')).scripts?.[name];
    // npm start does something else in this repository.
    return typeof script === 'string' && new RegExp(`batch-jobs(\\.[jt]s)? ${name}(\\s|$)`).test(script);
  } catch {
    // There is no package.json, or it is not JSON.
    return false;
  }
}
