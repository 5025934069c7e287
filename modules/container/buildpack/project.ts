import { existsSync, readdirSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import ignore from '@balena/dockerignore';
import type { PackagingProblem } from '../build-context';
import { ignorePatterns } from '../custom-dockerfile';
import { fileEntry, folderFiles } from '../source-files';
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
  /** Folder that the job begins in, relative to the folder. @default the folder itself */
  readonly workingFolder?: string;
}

export interface ProjectOptions {
  /** Patterns, in the form of a `.dockerignore`, of what the language does not need. @default none */
  readonly leftOut?: readonly string[];
  /** Folders and files below the folder, absolute, that alone are sent. Each folder has a `.dockerignore` of its own. @default all */
  readonly parts?: readonly string[];
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
  { leftOut = [], parts = [folder] }: ProjectOptions = {},
): Project | { readonly problems: readonly PackagingProblem[] } {
  const { properties, baseDir } = source;
  const entry = pathBelow(folder, source.entry);
  if (entry === undefined) {
    const found = 'a file outside of the project that packageManagerFile or projectFile names';
    const fix = 'move it below that folder';
    return { problems: [{ property: ['entryfilePath'], found, accepted: 'a file of that project', fix }] };
  }
  const found = parts.map((part) => partFiles(part, folder, leftOut, source.entry));
  const included = includedFiles(properties, baseDir);
  const problems = [
    ...found.flatMap((one) => ('problem' in one ? [{ property: ['entryfilePath'], ...one.problem }] : [])),
    ...included.problems,
  ];
  if (problems.length > 0) return { problems };
  const excluded = ignore({ ignorecase: false }).add([...(properties.excludeFiles ?? [])]);
  const files = new Map<string, TarEntry>();
  for (const file of found.flatMap((one) => ('files' in one ? one.files : []))) {
    const fromConfig = pathBelow(baseDir, join(folder, file.path));
    if (fromConfig === undefined || !excluded.ignores(fromConfig)) files.set(file.path, file);
  }
  for (const file of included.files) {
    const path = pathBelow(folder, join(baseDir, file.path)) ?? file.path;
    files.set(path, { ...file, path });
  }
  return { folder, entry, files: [...files.values()] };
}

/** The files of a part of a project, relative to the project's folder. */
function partFiles(part: string, folder: string, leftOut: readonly string[], entry: string) {
  const below = pathBelow(folder, part) ?? '';
  if (!statSync(part).isDirectory()) return { files: [fileEntry(part, below)] };
  const kept = pathBelow(part, entry);
  const patterns = [...LEFT_OUT, ...leftOut, ...ignorePatterns(part)];
  const found = folderFiles(part, patterns, kept === undefined ? [] : [kept]);
  if ('problem' in found || below === '') return found;
  return { files: found.files.map((file) => ({ ...file, path: `${below}/${file.path}` })) };
}
