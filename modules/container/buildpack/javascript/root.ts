import { dirname } from 'node:path';
import { pathBelow } from '../included-files';
import type { BuildpackSource } from '../language';
import { commonFolder } from '../repository';

/**
 * The folder that is `/app` in the image: the config's, or the nearest one above it that also holds the entry file.
 */
export function appRoot({ baseDir, entry }: Pick<BuildpackSource, 'baseDir' | 'entry'>): string {
  return commonFolder([baseDir, dirname(entry)]);
}

/** Where the code of a file lies in the image, below `/app`: at its own place, with an ending that says which kind of module it is. */
export function codePath(root: string, file: string, format: 'cjs' | 'esm'): string {
  const path = pathBelow(root, file);
  if (path === undefined) throw new Error(`${file} is not below ${root}`);
  return path.replace(/(\.[cm]?[jt]sx?)?$/, format === 'esm' ? '.mjs' : '.cjs');
}
