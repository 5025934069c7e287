import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { upward } from '../../repository';
import { readManifest } from '../manifest';

/** Lockfiles by name, in the order of preference. */
export const LOCKFILES: readonly (readonly [name: string, manager: 'npm' | 'pnpm' | 'yarn' | 'bun'])[] = [
  ['npm-shrinkwrap.json', 'npm'],
  ['package-lock.json', 'npm'],
  ['pnpm-lock.yaml', 'pnpm'],
  ['yarn.lock', 'yarn'],
  ['bun.lock', 'bun'],
];

/**
 * The nearest folder at or above a file that has a `package.json` and a lockfile. Undefined if there is none.
 *
 * @param highest the highest folder to search @default the top of the file system
 */
export function workspaceRoot(file: string, highest?: string): string | undefined {
  return upward(dirname(file), highest).find(
    (folder) => readManifest(folder) !== undefined && lockfiles(folder).length > 0,
  );
}

/** Names of the lockfiles in a folder. */
export function lockfiles(folder: string): string[] {
  return [...LOCKFILES.map(([name]) => name), 'bun.lockb'].filter((name) => existsSync(join(folder, name)));
}
