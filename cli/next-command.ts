import { readFileSync } from 'node:fs';

/**
 * How a subcommand is called in the current folder: by its npm script, if package.json has one that calls this program, else by npx.
 *
 * @param words its arguments and options
 */
export function nextCommand(subcommand: string, words: readonly string[] = []): string {
  if (!hasScript(subcommand)) return ['npx', 'batch-jobs', subcommand, ...words].join(' ');
  return ['npm', 'run', subcommand, ...(words.length === 0 ? [] : ['--', ...words])].join(' ');
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
