import { dirname } from 'node:path';
import { pathBelow } from '../included-files';
import type { BuildpackSource } from '../language';
import { commonFolder, repositoryFolder } from '../repository';
import { workspaceRoot } from './packages/project';

/**
 * The folder that is `/app` in the image: the config's, or the nearest one above it that also holds the entry file and the lockfile of its
 * project, so that packages lie in the image as they lie in the project.
 */
export function appRoot(source: Pick<BuildpackSource, 'baseDir' | 'entry'>): string {
  const own = dirname(source.entry);
  return commonFolder([source.baseDir, own, workspaceRoot(source.entry, repositoryFolder(source)) ?? own]);
}

/** Where the code of a file lies in the image, below `/app`: at its own place, with an ending that says which kind of module it is. */
export function codePath(root: string, file: string, format: 'cjs' | 'esm'): string {
  const path = pathBelow(root, file);
  if (path === undefined) throw new Error(`${file} is not below ${root}`);
  return path.replace(/(\.[cm]?[jt]sx?)?$/, format === 'esm' ? '.mjs' : '.cjs');
}
