import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathBelow } from './included-files';
import type { BuildpackSource } from './language';

/**
 * The highest folder of which anything may be sent: that of the repository which the entry file lies in. Without a repository the common
 * folder of the config and the entry file, since above it lies what nobody meant to send.
 */
export function repositoryFolder({ entry, baseDir }: Pick<BuildpackSource, 'entry' | 'baseDir'>): string {
  const folders = upward(dirname(entry));
  return folders.find((folder) => existsSync(join(folder, '.git'))) ?? commonFolder([dirname(entry), baseDir]);
}

/** The folders from one up to another that holds it, both included; up to the top of the file system if none is given. */
export function upward(from: string, to?: string): string[] {
  const folders: string[] = [];
  for (let folder = from; ; folder = dirname(folder)) {
    if (to !== undefined && pathBelow(to, folder) === undefined) return folders;
    folders.push(folder);
    if (folder === dirname(folder)) return folders;
  }
}

/** The deepest folder that holds all of some folders. */
export function commonFolder(folders: readonly [string, ...string[]]): string {
  const [first, ...others] = folders;
  const common = upward(first).find((folder) => others.every((other) => pathBelow(folder, other) !== undefined));
  return common ?? first;
}
