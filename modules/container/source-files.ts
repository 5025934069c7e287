import { existsSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { foundValue } from '../problems/found';
import type { Finding } from '../problems/problem';
import type { TarEntry } from './tar';

/**
 * Files that are never part of an image. They change with each deployment, which would rebuild each image, and Terraform state holds secrets.
 * `cdktf.out` also contains the previous build contexts.
 */
export const NEVER_SENT: readonly string[] = [
  '**/.git',
  '**/cdktf.out',
  '**/cdktf.log',
  // Recordings of runs on this machine.
  '**/.batch-jobs',
  '**/.terraform',
  '**/.terraform.lock.hcl',
  '**/*.tfstate',
  '**/*.tfstate.*',
];

/** A file as an archive entry with the given path. Its bytes are read when the archive is written. */
export function fileEntry(absolute: string, path: string): TarEntry {
  const { mode, size } = statSync(absolute);
  return { path, kind: (mode & 0o100) === 0 ? 'file' : 'executable', content: { file: absolute, size } };
}

/** A string as a file of the build context. */
export function textEntry(path: string, text: string, kind: 'file' | 'executable' = 'file'): TarEntry {
  return { path, kind, content: Buffer.from(text) };
}

/**
 * An absolute path with all links resolved, so that the result doesn't depend on which of its names a folder was given by. For a missing path, only
 * the existing part is resolved.
 */
export function realPath(path: string): string {
  const absolute = resolve(path);
  if (existsSync(absolute)) return realpathSync(absolute);
  return absolute === dirname(absolute) ? absolute : join(realPath(dirname(absolute)), basename(absolute));
}

/** The problem with a path that should be a folder or file. Undefined if it is one. */
export function pathProblem(given: string, absolute: string, expected: 'file' | 'folder'): Finding | undefined {
  const stats = statSync(absolute, { throwIfNoEntry: false });
  if (expected === 'file' ? stats?.isFile() : stats?.isDirectory()) return undefined;
  const is = stats === undefined ? `no such ${expected}` : expected === 'file' ? 'a folder' : 'a file';
  return {
    found: foundValue(given, `: ${is}`),
    accepted: `the path of a ${expected}`,
    fix: "correct the path. It is relative to the config's folder",
  };
}
