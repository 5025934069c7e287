import { existsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { formatFound } from '../../problems/found';
import type { PackagingProblem } from '../build-context';
import type { TarEntry } from '../tar';
import { pathBelow, pathFrom } from './included-files';
import { commonFolder } from './repository';

/** A file or folder that a project needs, in any location. */
export interface Reference {
  /** Absolute path. */
  readonly path: string;
  /** The file that refers to it, for the report, such as `Gemfile.lock`. */
  readonly from: string;
}

/** The folders and files of a repository to send. They keep their relative locations. */
export interface Parts {
  /** The folder that contains all of them. */
  readonly root: string;
  readonly parts: readonly string[];
}

/**
 * A project's folder and the paths outside it that it refers to.
 *
 * @param highest folder above which nothing is sent
 */
export function projectParts(
  folder: string,
  references: readonly Reference[],
  highest: string,
): Parts | { readonly problems: readonly PackagingProblem[] } {
  const outside = references.filter(({ path }) => pathBelow(folder, path) === undefined);
  const problems = outside.flatMap(({ path, from }) => referenceProblem(path, `${from}, which names`, folder, highest));
  if (problems.length > 0) return { problems };
  const all = [...new Set([folder, ...outside.map(({ path }) => path)])];
  const parts = all.filter((part) => !all.some((other) => other !== part && pathBelow(other, part) !== undefined));
  const [first = folder, ...others] = parts.map((part) => (statSync(part).isDirectory() ? part : dirname(part)));
  return { root: commonFolder([first, ...others]), parts };
}

function referenceProblem(path: string, names: string, folder: string, highest: string): PackagingProblem[] {
  const shown = formatFound(pathFrom(folder, path));
  const property = ['entryfilePath'];
  if (pathBelow(highest, path) === undefined) {
    const found = `${names} ${shown}, outside of the repository`;
    const fix = 'move it into the repository, or publish it and depend on its version';
    return [{ property, found, accepted: 'files and folders of the same repository', fix }];
  }
  if (existsSync(path)) return [];
  const fix = 'add it next to the project, or remove the reference';
  return [
    { property, found: `${names} ${shown}: no such file or folder`, accepted: 'a file or folder that is there', fix },
  ];
}

/**
 * Files that a package manager reads before it installs, in a separate folder of the build context, so that a change in the sources doesn't rebuild
 * the packages' layer.
 *
 * @param wanted selects files by their path relative to the root
 */
export function manifests(files: readonly TarEntry[], wanted: (path: string) => boolean): TarEntry[] {
  return files.filter(({ path }) => wanted(path)).map((file) => ({ ...file, path: `manifests/${file.path}` }));
}
