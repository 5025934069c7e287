import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** What installs a project's packages and runs its scripts. */
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
 * The package manager of a folder: what the nearest package.json with `packageManager` or the nearest lockfile says, up to the root of the
 * repository; or else the one that runs this program; or else npm.
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

/** A folder and those above it in its repository; only itself outside of one. */
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
    // None, or none that can be read: the folder's own is checked elsewhere.
    return undefined;
  }
}

/** Of `pnpm@10.1.0`, and of `pnpm/10.1.0 npm/? node/v20`. */
function known(text: unknown): PackageManager | undefined {
  const [, name] = /^(npm|pnpm|yarn|bun)\b/.exec(String(text)) ?? [];
  return name as PackageManager | undefined;
}

/** How a package manager installs what package.json names. */
export function installCommand(manager: PackageManager): string {
  return `${manager} install`;
}

/** How it runs a script of package.json with arguments. */
export function runCommand(manager: PackageManager, script: string, ...words: readonly string[]): string {
  // npm takes options for itself unless the words come after "--", which the others hand on to the script.
  const separator = manager === 'npm' && words.length > 0 ? ['--'] : [];
  // "bun test" is Bun's own test runner.
  const isShort = script === 'test' && manager !== 'bun';
  return [isShort ? `${manager} test` : `${manager} run ${script}`, ...separator, ...words].join(' ');
}

const EXECUTE = { npm: 'npx', pnpm: 'pnpm exec', yarn: 'yarn', bun: 'bunx' } as const;

/** How it runs the program of an installed package. */
export function executeCommand(manager: PackageManager, ...words: readonly string[]): string {
  return [EXECUTE[manager], ...words].join(' ');
}
