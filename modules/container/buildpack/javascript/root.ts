import { dirname } from 'node:path';
import { pathBelow } from '../included-files';
import type { BuildpackSource } from '../language';
import { commonFolder, repositoryFolder } from '../repository';
import { workspaceRoot } from './packages/workspace-root';

/**
 * The folder that is `/app` in the image: the config's, or the nearest one above it that also holds the entry file and the lockfile of its
 * project, so that packages are in the same place in the image as in the project.
 */
export function appRoot(source: Pick<BuildpackSource, 'baseDir' | 'entry'>): string {
  const own = dirname(source.entry);
  return commonFolder([source.baseDir, own, workspaceRoot(source.entry, repositoryFolder(source)) ?? own]);
}

/** Path of a file's code in the image, relative to `/app`: the file's own path, with the ending of its module format. */
export function codePath(root: string, file: string, format: 'cjs' | 'esm'): string {
  const path = pathBelow(root, file);
  if (path === undefined) throw new Error(`${file} is not below ${root}`);
  return path.replace(/(\.[cm]?[jt]sx?)?$/, format === 'esm' ? '.mjs' : '.cjs');
}
