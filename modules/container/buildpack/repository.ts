import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathBelow } from './included-files';
import type { BuildpackSource } from './language';

/**
 * The topmost folder that files can be sent from: the root of the entry file's repository. Without a repository, it is the common folder of the
 * config and the entry file, because files above it are not part of the project.
 */
export function repositoryFolder({ entry, baseDir }: Pick<BuildpackSource, 'entry' | 'baseDir'>): string {
  const folders = upward(dirname(entry));
  return folders.find((folder) => existsSync(join(folder, '.git'))) ?? commonFolder([dirname(entry), baseDir]);
}

/** The folders from one up to one of its parents, both included. Default: up to the root of the file system. */
export function upward(from: string, to?: string): string[] {
  const folders: string[] = [];
  for (let folder = from; ; folder = dirname(folder)) {
    if (to !== undefined && pathBelow(to, folder) === undefined) return folders;
    folders.push(folder);
    if (folder === dirname(folder)) return folders;
  }
}

/** The deepest folder that contains all given folders. */
export function commonFolder(folders: readonly [string, ...string[]]): string {
  const [first, ...others] = folders;
  const common = upward(first).find((folder) => others.every((other) => pathBelow(folder, other) !== undefined));
  return common ?? first;
}
