import { lstatSync, readdirSync, readlinkSync, statSync } from 'node:fs';
import { join } from 'node:path';
import ignore from '@balena/dockerignore';
import { type Finding, formatFound } from '../config/problem';
import { sortedFiles } from './build-context';
import type { TarEntry } from './tar';

/** Most bytes of a context. S3 takes an object of 5 GB in one piece; far below that, something was sent that nobody meant to. */
export const MAX_CONTEXT_BYTES = 1024 ** 3;

/**
 * Files that no image gets: they change with each deployment, so that each would build anew, and the state holds secrets.
 * `cdktf.out` above all, where the last context lies.
 */
export const NEVER_SENT: readonly string[] = [
  '**/.git',
  '**/cdktf.out',
  '**/.terraform',
  '**/*.tfstate',
  '**/*.tfstate.*',
];

/** Why the files of a folder cannot be had. */
export interface FolderProblem {
  readonly problem: Finding;
}

/**
 * The files of a folder that a list of patterns in the form of a `.dockerignore` does not leave out.
 *
 * @param folder absolute
 * @param patterns in their order; later ones win
 * @param kept paths that stay in whatever the patterns say
 */
export function folderFiles(
  folder: string,
  patterns: readonly string[],
  kept: readonly string[] = [],
): { readonly files: TarEntry[] } | FolderProblem {
  const ignored = ignore({ ignorecase: false }).add([...patterns, ...NEVER_SENT]);
  // Docker looks into an excluded folder only if an exception could bring something of it back.
  const exceptions = patterns.some((pattern) => pattern.trim().startsWith('!'));
  const files: TarEntry[] = [];
  let bytes = 0;
  const visit = (path: string): void => {
    for (const name of readdirSync(join(folder, path))) {
      const child = path === '' ? name : `${path}/${name}`;
      const absolute = join(folder, child);
      const stats = lstatSync(absolute);
      const isKept = kept.includes(child);
      const isIgnored = ignored.ignores(child) && !isKept;
      if (stats.isDirectory()) {
        const never = NEVER_SENT.some((pattern) => pattern === `**/${name}`);
        if (!never && (!isIgnored || exceptions || kept.some((file) => file.startsWith(`${child}/`)))) visit(child);
      } else if (!isIgnored) {
        bytes += stats.size;
        if (bytes > MAX_CONTEXT_BYTES) return;
        if (stats.isSymbolicLink())
          files.push({ path: child, kind: 'link', content: Buffer.from(readlinkSync(absolute)) });
        else if (stats.isFile()) files.push(fileEntry(absolute, child));
      }
    }
  };
  visit('');
  if (bytes <= MAX_CONTEXT_BYTES) return { files: sortedFiles(files) };
  return {
    problem: {
      found: `${formatFound(folder.split(/[\\/]/).at(-1))}, with more than 1 GiB of files`,
      accepted: 'a folder with at most 1 GiB of files, less what .dockerignore leaves out',
      fix: 'name a smaller folder, or leave files out in a .dockerignore in it',
    },
  };
}

/** One file as an entry under a path of its own. Its bytes are read when they are needed. */
export function fileEntry(absolute: string, path: string): TarEntry {
  const { mode, size } = statSync(absolute);
  return { path, kind: (mode & 0o100) === 0 ? 'file' : 'executable', content: { file: absolute, size } };
}

/** A text as a file of the context. */
export function textEntry(path: string, text: string, kind: 'file' | 'executable' = 'file'): TarEntry {
  return { path, kind, content: Buffer.from(text) };
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
