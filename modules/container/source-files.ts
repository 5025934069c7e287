import { existsSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { type Finding, formatFound } from '../config/problem';
import type { TarEntry } from './tar';

/**
 * Files that no image gets: they change with each deployment, so that each would build anew, and the state holds secrets.
 * `cdktf.out` above all, where the last context lies.
 */
export const NEVER_SENT: readonly string[] = [
  '**/.git',
  '**/cdktf.out',
  '**/cdktf.log',
  '**/.terraform',
  '**/.terraform.lock.hcl',
  '**/*.tfstate',
  '**/*.tfstate.*',
];

/** One file as an entry under a path of its own. Its bytes are read when they are needed. */
export function fileEntry(absolute: string, path: string): TarEntry {
  const { mode, size } = statSync(absolute);
  return { path, kind: (mode & 0o100) === 0 ? 'file' : 'executable', content: { file: absolute, size } };
}

/** A text as a file of the context. */
export function textEntry(path: string, text: string, kind: 'file' | 'executable' = 'file'): TarEntry {
  return { path, kind, content: Buffer.from(text) };
}

/**
 * An absolute path without links on the way, so that what is made of it is the same by all names that a folder has. Of a path that is not there
 * only the part that is.
 */
export function realPath(path: string): string {
  const absolute = resolve(path);
  if (existsSync(absolute)) return realpathSync(absolute);
  return absolute === dirname(absolute) ? absolute : join(realPath(dirname(absolute)), basename(absolute));
}

/** Why a path is not that of a folder or file, or undefined if it is. */
export function pathProblem(given: string, absolute: string, expected: 'file' | 'folder'): Finding | undefined {
  const stats = statSync(absolute, { throwIfNoEntry: false });
  if (expected === 'file' ? stats?.isFile() : stats?.isDirectory()) return undefined;
  const is = stats === undefined ? `no such ${expected}` : expected === 'file' ? 'a folder' : 'a file';
  return {
    found: `${formatFound(given)}: ${is}`,
    accepted: `the path of a ${expected}`,
    fix: "correct the path: it is relative to the config's folder",
  };
}
