import { statSync } from 'node:fs';
import { join } from 'node:path';
import ignore from '@balena/dockerignore';
import type { PackagingNote, PackagingProblem } from '../build-context';
import { type FolderFiles, type FolderProblems, folderFiles, ignorePatterns } from '../folder-files';
import { environmentFiles, MACHINE_FILES } from '../machine-files';
import { secretsNote } from '../secret-files';
import { fileEntry } from '../source-files';
import type { TarEntry } from '../tar';
import { includedFiles, pathBelow, pathFrom } from './included-files';
import type { BuildpackSource } from './language';
import { repositoryFolder } from './repository';

/** A folder that is sent as a whole, because the imports of its language are known only at run time. */
export interface Project {
  /** Absolute. */
  readonly folder: string;
  /** The entry file, relative to the folder. */
  readonly entry: string;
  /** The files, relative to the folder, including those of `includeFiles`. */
  readonly files: readonly TarEntry[];
  /** The files of `includeFiles`, relative to the folder, for images that don't copy the project. */
  readonly included: readonly TarEntry[];
  /** Notes for the user. */
  readonly notes: readonly PackagingNote[];
  /** Working folder of the job, relative to the folder. @default the folder itself */
  readonly workingFolder?: string;
}

export interface ProjectOptions {
  /** Patterns, in the syntax of `.dockerignore`, of files that the language doesn't need. @default none */
  readonly leftOut?: readonly string[];
  /** The only folders and files to send, as absolute paths. Each folder can have its own `.dockerignore`. @default all */
  readonly parts?: readonly string[];
}

/** Files that no image needs: packages that were installed for this machine. */
const LEFT_OUT: readonly string[] = [...MACHINE_FILES, '**/node_modules', '**/.gradle', '**/.bundle'];

/** The files of a project, without those that `.dockerignore` and `excludeFiles` exclude, and with those of `includeFiles`. */
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
  // A file in the project keeps its place there. Any other file gets its path from the config's folder.
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

/** A note about excluded files that `includeFiles` can include. */
export function includableNote(secrets: readonly string[]): PackagingNote[] {
  return secretsNote(secrets, ['includeFiles'], (path) => `add "${path}" to includeFiles`);
}

/** The files in a part of a project, relative to the project's folder. */
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
