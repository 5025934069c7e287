import { readFileSync } from 'node:fs';
import { executeCommand, packageManagerOf, runCommand } from './package-manager';

/**
 * How a subcommand is called in the current folder, by its package manager: by its script, if package.json has one that calls this program,
 * else by the program's name.
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
    return typeof script === 'string' && script.includes('batch-jobs');
  } catch {
    // There is none, or it is no JSON.
    return false;
  }
}
