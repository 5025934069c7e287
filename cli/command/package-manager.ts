import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { shellWord } from './shell-word';

/** A program that installs a project's packages and runs its scripts. */
export type PackageManager = 'npm' | 'pnpm' | 'yarn' | 'bun';

const LOCKFILES: { readonly [file: string]: PackageManager } = {
  'package-lock.json': 'npm',
  'npm-shrinkwrap.json': 'npm',
  'pnpm-lock.yaml': 'pnpm',
  'pnpm-workspace.yaml': 'pnpm',
  'yarn.lock': 'yarn',
  'bun.lock': 'bun',
  'bun.lockb': 'bun',
};

/**
 * The package manager of a folder: that of the nearest package.json with `packageManager` or the nearest lockfile, up to the root of the
 * repository, or else the one that runs this program, or else npm.
 */
export function packageManagerOf(folder: string, { npm_config_user_agent } = process.env): PackageManager {
  for (const place of upToRepository(folder)) {
    const declared = declaredIn(place);
    if (declared !== undefined) return declared;
    const lockfile = Object.keys(LOCKFILES).find((file) => existsSync(join(place, file)));
    if (lockfile !== undefined) return LOCKFILES[lockfile] as PackageManager;
  }
  return known(npm_config_user_agent) ?? 'npm';
}

/** A folder and those above it in its repository. Outside a repository, only the folder. */
function upToRepository(folder: string): string[] {
  const folders = [folder];
  for (let place = folder; !existsSync(join(place, '.git')); place = dirname(place)) {
    if (dirname(place) === place) return [folder];
    folders.push(dirname(place));
  }
  return folders;
}

function declaredIn(folder: string): PackageManager | undefined {
  try {
    return known(JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).packageManager);
  } catch {
    // There is none, or it can't be read. The package.json of the project's folder is checked elsewhere.
    return undefined;
  }
}

/** The package manager in strings such as `pnpm@10.1.0` and `pnpm/10.1.0 npm/? node/v20`. */
function known(text: unknown): PackageManager | undefined {
  const [, name] = /^(npm|pnpm|yarn|bun)\b/.exec(String(text)) ?? [];
  return name as PackageManager | undefined;
}

/** The command that installs the packages of package.json. */
export function installCommand(manager: PackageManager): string {
  return `${manager} install`;
}

/** The command that runs a script of package.json with arguments. */
export function runCommand(manager: PackageManager, script: string, ...words: readonly string[]): string {
  // npm reads options itself unless they are after "--". The other package managers would pass "--" on to the script.
  const separator = manager === 'npm' && words.length > 0 ? ['--'] : [];
  // "bun test" runs Bun's test runner instead of the script.
  const isShort = script === 'test' && manager !== 'bun';
  const quoted = words.map(word);
  return [isShort ? `${manager} test` : `${manager} run ${script}`, ...separator, ...quoted].join(' ');
}

const EXECUTE = { npm: 'npx', pnpm: 'pnpm exec', yarn: 'yarn', bun: 'bunx' } as const;

/** The command that runs the program of an installed package. */
export function executeCommand(manager: PackageManager, ...words: readonly string[]): string {
  return [EXECUTE[manager], ...words.map(word)].join(' ');
}

/** Names of runs can contain parentheses, for example. */
function word(text: string): string {
  return PLACEHOLDERS.includes(text) ? text : shellWord(text);
}

/** What a person replaces. */
const PLACEHOLDERS = ['<id>', '<job>', '<run>'];
