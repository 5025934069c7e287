import { statSync } from 'node:fs';
import { formatFound } from '../../../problems/found';
import type { PackagingNote } from '../../build-context';
import { secretPart } from '../../secret-files';
import { fileEntry } from '../../source-files';
import type { TarEntry } from '../../tar';
import { pathBelow } from '../included-files';
import { packageOf } from './package-folder';

/**
 * The files that the code names relative to its location, such as `new URL('./a.html', import.meta.url)`, at their paths below `/app`.
 * A folder is not sent, since it is unknown what the code reads in it. Its files must be in `includeFiles`.
 *
 * @param named absolute paths of files and folders
 * @param included files that are in the image anyway, with paths below `/app`
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
    // Code that names its own folder or one above it only starts a search there.
    const isSent = path === '' || included.some((file) => file.path === path || file.path.startsWith(`${path}/`));
    if (isSent || packageOf(`${absolute}/`) !== undefined) continue;
    if (path !== undefined && !isFolder && secretPart(path, absolute) === undefined)
      files.push(fileEntry(absolute, path));
    else notes.push(note(path ?? absolute));
  }
  return { files, notes };
}

function note(path: string): PackagingNote {
  const message = `the code names ${formatFound(path)}, which is not in the image. If the job needs it, add its files to includeFiles`;
  return { property: ['includeFiles'], message };
}
