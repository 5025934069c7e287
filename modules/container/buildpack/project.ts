import { existsSync, readdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import ignore from '@balena/dockerignore';
import type { PackagingProblem } from '../build-context';
import { ignorePatterns } from '../custom-dockerfile';
import { folderFiles } from '../source-files';
import type { TarEntry } from '../tar';
import { includedFiles, pathBelow } from './included-files';
import type { BuildpackSource } from './language';

/** A folder that is sent as a whole, since its language imports files by paths that only running it shows. */
export interface Project {
  /** Absolute. */
  readonly folder: string;
  /** The entry file, relative to the folder. */
  readonly entry: string;
  /** The files, relative to the folder. */
  readonly files: readonly TarEntry[];
}

/** What no project needs in its image: environments, caches and output of the machine that sends. */
const LEFT_OUT: readonly string[] = [
  '**/__pycache__',
  '**/*.pyc',
  '**/.venv',
  '**/venv',
  '**/.pytest_cache',
  '**/.mypy_cache',
  '**/.ruff_cache',
  '**/node_modules',
  '**/.gradle',
  '**/.bundle',
  '**/.idea',
  '**/.vscode',
  '**/.DS_Store',
];

/**
 * The nearest folder, from the entry file's up to the config's, that has a file with one of some names; the entry file's own if none has.
 *
 * @param name of a file that marks a project
 */
export function projectFolder({ entry, baseDir }: BuildpackSource, marks: (name: string) => boolean): string {
  const own = dirname(entry);
  for (let folder = own; ; folder = dirname(folder)) {
    if (existsSync(folder) && readdirSync(folder).some(marks)) return folder;
    if (pathBelow(baseDir, folder) === undefined || folder === resolve(baseDir) || folder === dirname(folder))
      return own;
  }
}

/** The files of a project, less those that its `.dockerignore` and `excludeFiles` leave out, and with those that `includeFiles` adds. */
export function project(
  source: BuildpackSource,
  folder: string,
  leftOut: readonly string[] = [],
): Project | { readonly problems: readonly PackagingProblem[] } {
  const { properties, baseDir } = source;
  const entry = pathBelow(folder, source.entry);
  if (entry === undefined) {
    const found = 'a file outside of the project that packageManagerFile or projectFile names';
    const fix = 'move it below that folder';
    return { problems: [{ property: ['entryfilePath'], found, accepted: 'a file of that project', fix }] };
  }
  const found = folderFiles(folder, [...LEFT_OUT, ...leftOut, ...ignorePatterns(folder)], [entry]);
  const included = includedFiles(properties, baseDir);
  const problems = [
    ...('problem' in found ? [{ property: ['entryfilePath'], ...found.problem }] : []),
    ...included.problems,
  ];
  if ('problem' in found || problems.length > 0) return { problems };
  const excluded = ignore({ ignorecase: false }).add([...(properties.excludeFiles ?? [])]);
  const files = new Map<string, TarEntry>();
  for (const file of found.files) {
    const fromConfig = pathBelow(baseDir, join(folder, file.path));
    if (fromConfig === undefined || !excluded.ignores(fromConfig)) files.set(file.path, file);
  }
  for (const file of included.files) {
    const path = pathBelow(folder, join(baseDir, file.path)) ?? file.path;
    files.set(path, { ...file, path });
  }
  return { folder, entry, files: [...files.values()] };
}
