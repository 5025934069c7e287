import { statSync } from 'node:fs';
import { formatFound } from '../../../config/problem';
import type { PackagingNote } from '../../build-context';
import { secretPart } from '../../secret-files';
import { fileEntry } from '../../source-files';
import type { TarEntry } from '../../tar';
import { pathBelow } from '../included-files';
import { packageOf } from './package-folder';

/**
 * The files that the code names by their place, as `new URL('./a.html', import.meta.url)`, each at its place below `/app`. Of a folder it is
 * not known what is read: `includeFiles` says.
 *
 * @param named files and folders, absolute
 * @param included files that are sent anyway, by their path below `/app`
 */
export function namedFiles(
  named: readonly string[],
  root: string,
  included: readonly TarEntry[],
): { readonly files: TarEntry[]; readonly notes: PackagingNote[] } {
  const files: TarEntry[] = [];
  const notes: PackagingNote[] = [];
  for (const absolute of [...named].sort()) {
    const path = pathBelow(root, absolute);
    const isFolder = statSync(absolute).isDirectory();
    // The folder of the code itself, and those above it, are where code begins to look.
    const isSent = path === '' || included.some((file) => file.path === path || file.path.startsWith(`${path}/`));
    if (isSent || packageOf(`${absolute}/`) !== undefined) continue;
    if (path !== undefined && !isFolder && secretPart(path, absolute) === undefined)
      files.push(fileEntry(absolute, path));
    else notes.push(note(path ?? absolute));
  }
  return { files, notes };
}

function note(path: string): PackagingNote {
  const message = `the code names ${formatFound(path)}, which is not in the image. If the job needs it, name its files in includeFiles`;
  return { property: ['includeFiles'], message };
}
