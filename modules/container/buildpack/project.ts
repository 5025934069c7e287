import { statSync } from 'node:fs';
import { join } from 'node:path';
import ignore from '@balena/dockerignore';
import type { PackagingNote, PackagingProblem } from '../build-context';
import { ignorePatterns } from '../custom-dockerfile';
import { type FolderFiles, type FolderProblems, folderFiles } from '../folder-files';
import { environmentFiles, MACHINE_FILES } from '../machine-files';
import { secretsNote } from '../secret-files';
import { fileEntry } from '../source-files';
import type { TarEntry } from '../tar';
import { includedFiles, pathBelow, pathFrom } from './included-files';
import type { BuildpackSource } from './language';
import { repositoryFolder } from './repository';

/** A folder that is sent as a whole, since its language imports files by paths that only running it shows. */
export interface Project {
  /** Absolute. */
  readonly folder: string;
  /** The entry file, relative to the folder. */
  readonly entry: string;
  /** The files, relative to the folder; those that `includeFiles` adds are among them. */
  readonly files: readonly TarEntry[];
  /** The files that `includeFiles` adds, relative to the folder: for images that do not copy the project. */
  readonly included: readonly TarEntry[];
  /** What a person should know. */
  readonly notes: readonly PackagingNote[];
  /** Folder that the job begins in, relative to the folder. @default the folder itself */
  readonly workingFolder?: string;
}

export interface ProjectOptions {
  /** Patterns, in the form of a `.dockerignore`, of what the language does not need. @default none */
  readonly leftOut?: readonly string[];
  /** Folders and files below the folder, absolute, that alone are sent. Each folder has a `.dockerignore` of its own. @default all */
  readonly parts?: readonly string[];
}

/** What no project needs in its image: what its package manager has put there for this machine. */
const LEFT_OUT: readonly string[] = [...MACHINE_FILES, '**/node_modules', '**/.gradle', '**/.bundle'];

/** The files of a project, less those that its `.dockerignore` and `excludeFiles` leave out, and with those that `includeFiles` adds. */
export function project(
  source: BuildpackSource,
  folder: string,
  { leftOut = [], parts = [folder] }: ProjectOptions = {},
): Project | { readonly problems: readonly PackagingProblem[] } {
  const { properties, baseDir, own } = source;
  const entry = pathBelow(folder, source.entry);
  if (entry === undefined) {
    const found = 'a file outside of the project that packageManagerFile or projectFile names';
    const fix = 'move it below that folder';
    return { problems: [{ property: ['entryfilePath'], found, accepted: 'a file of that project', fix }] };
  }
  const found = parts.map((part) => partFiles(part, folder, leftOut, source));
  const included = includedFiles(properties, baseDir, own);
  const problems = [
    ...found
      .flatMap((one) => ('problems' in one ? one.problems : []))
      .map((finding) => ({ property: ['entryfilePath'], ...finding })),
    ...included.problems,
  ];
  if (problems.length > 0) return { problems };
  const sent = found.flatMap((one) => ('files' in one ? [one] : []));
  // A file below the project lies in its place there, any other at its path from the config's folder.
  const added = included.files.map((file) => ({
    ...file,
    path: pathBelow(folder, join(baseDir, file.path)) ?? file.path,
  }));
  const files = new Map([...sent.flatMap((one) => one.files), ...added].map((file) => [file.path, file]));
  const secrets = [
    ...sent
      .flatMap((one) => one.secrets)
      .filter((path) => !files.has(path))
      .map((path) => pathFrom(baseDir, join(folder, path))),
    ...included.secrets.filter((path) => pathBelow(folder, join(baseDir, path)) === undefined),
  ];
  return { folder, entry, files: [...files.values()], included: added, notes: includableNote(secrets) };
}

/** What a person should know of files that `includeFiles` would bring back. */
export function includableNote(secrets: readonly string[]): PackagingNote[] {
  return secretsNote(secrets, ['includeFiles'], (path) => `add "${path}" to includeFiles`);
}

/** The files of a part of a project, relative to the project's folder. */
function partFiles(
  part: string,
  folder: string,
  leftOut: readonly string[],
  source: BuildpackSource,
): FolderFiles | FolderProblems {
  const { properties, baseDir, own } = source;
  const below = pathBelow(folder, part) ?? '';
  if (!statSync(part).isDirectory()) return { files: [fileEntry(part, below)], secrets: [], outward: [] };
  const kept = pathBelow(part, source.entry);
  const excluded = ignore({ ignorecase: false }).add([...(properties.excludeFiles ?? [])]);
  const found = folderFiles(part, {
    patterns: [...LEFT_OUT, ...environmentFiles(part), ...leftOut, ...ignorePatterns(part)],
    kept: kept === undefined ? [] : [kept],
    own,
    excluded: (path) => {
      const fromConfig = pathBelow(baseDir, join(part, path));
      return fromConfig !== undefined && excluded.ignores(fromConfig);
    },
    highest: repositoryFolder(source),
  });
  if ('problems' in found || below === '') return found;
  const inFolder = (path: string) => `${below}/${path}`;
  return {
    files: found.files.map((file) => ({ ...file, path: inFolder(file.path) })),
    secrets: found.secrets.map(inFolder),
    outward: found.outward.map(inFolder),
  };
}
