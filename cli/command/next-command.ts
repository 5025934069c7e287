import { readFileSync } from 'node:fs';
import { DEFAULT_CONFIG_FILES } from '../../modules/config/default-config-file';
import { executeCommand, packageManagerOf, runCommand } from './package-manager';
import { shellWord } from './shell-word';

/** Variables that decide what a config says, and which stack it is. Whether the shell keeps them is unknown: they can be of one command alone. */
const VARIABLES = ['STAGE', 'STACK_NAME', 'PROJECT_NAME'] as const;

/** Subcommands that have `--region` and `--profile`. */
const WITH_AWS_OPTIONS: readonly string[] = [
  'check',
  'info',
  'runs',
  'show',
  'logs',
  'start',
  'stop',
  'rerun',
  'why',
  'undelivered',
];

const awsWords: string[] = [];

/** Has the next commands select the same region and profile as this one. Replaces what was said before. */
export function repeatAwsOptions({ region, profile }: { readonly region?: string; readonly profile?: string }): void {
  awsWords.length = 0;
  if (region !== undefined) awsWords.push('--region', region);
  if (profile !== undefined) awsWords.push('--profile', profile);
}

/**
 * The command line that runs a subcommand in the current folder, with its package manager: a script of package.json that calls this
 * program, or else the program itself. It is about the same stack as this process: it has the same config file, variables, region and profile.
 *
 * @param words its arguments and options
 */
export function nextCommand(subcommand: string, words: readonly string[] = []): string {
  const manager = packageManagerOf(process.cwd());
  const all = [...words, ...missing(['--config', ...configWords()], words)];
  if (WITH_AWS_OPTIONS.includes(subcommand)) all.push(...missing(awsWords, words));
  const command = hasScript(subcommand)
    ? runCommand(manager, subcommand, ...all)
    : executeCommand(manager, 'batch-jobs', subcommand, ...all);
  return [...assignments(), command].join(' ');
}

function configWords(): string[] {
  const { BATCH_JOBS_CONFIG: file = '' } = process.env;
  return file === '' || DEFAULT_CONFIG_FILES.includes(file) ? [] : [file];
}

/** The options that the words have not. One without a value is left out. */
function missing(options: readonly string[], words: readonly string[]): string[] {
  return options.flatMap((option, index) => {
    const value = options[index + 1];
    return index % 2 === 0 && value !== undefined && !words.includes(option) ? [option, value] : [];
  });
}

/** As a POSIX shell reads them. Others have no such form. */
function assignments(): string[] {
  if (process.platform === 'win32') return [];
  return VARIABLES.flatMap((name) => {
    const value = process.env[name];
    return value === undefined || value === '' ? [] : [`${name}=${shellWord(value)}`];
  });
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
