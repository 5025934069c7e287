import { join, posix, relative, sep } from 'node:path';
import { foundValue } from '../../problems/found';
import type { PackagingProblem } from '../build-context';
import { machinePart } from '../machine-files';
import { names, secretPart } from '../secret-files';
import { fileEntry, NEVER_SENT, realPath } from '../source-files';
import type { TarEntry } from '../tar';
import type { BuildpackProperties } from './language';

/** Folders that a glob doesn't search by default. */
const NEVER_ENTERED = ['**/node_modules', ...NEVER_SENT];

/** The files that `includeFiles` adds to an image. */
export interface IncludedFiles {
  /** Files with their paths relative to the config's folder. */
  readonly files: TarEntry[];
  readonly problems: PackagingProblem[];
  /** Paths of excluded files that might hold secrets and match a pattern only through its wildcards. */
  readonly secrets: readonly string[];
}

/**
 * The files that `includeFiles` selects and `excludeFiles` doesn't exclude. Files that might hold secrets and the config file are selected only by
 * a pattern that names them: `**` and `config/**` don't.
 */
export function includedFiles(
  { includeFiles = [], excludeFiles = [] }: Pick<BuildpackProperties, 'includeFiles' | 'excludeFiles'>,
  baseDir: string,
  own: readonly string[] = [],
): IncludedFiles {
  if (includeFiles.length === 0) return { files: [], problems: [], secrets: [] };
  // Loaded only if needed: most images include no further files.
  const { globSync } = require('tinyglobby') as typeof import('tinyglobby');
  const files = new Map<string, TarEntry>();
  const secrets = new Set<string>();
  const problems: PackagingProblem[] = [];
  const written = own.map(realPath);
  for (const [index, pattern] of includeFiles.entries()) {
    const property = ['includeFiles', index];
    const named = pattern.includes('node_modules');
    const ignore = [...excludeFiles, ...(named ? NEVER_ENTERED.slice(1) : NEVER_ENTERED)];
    const found = globSync([pattern], { cwd: baseDir, dot: true, ignore });
    const outside = found.find((path) => posix.normalize(path).startsWith('../'));
    if (outside !== undefined) {
      const fix = 'move the file below the folder, or the config above it';
      problems.push({ property, found: foundValue(pattern, `: ${outside}`), accepted: INSIDE, fix });
    } else if (found.length === 0) {
      const fix = "correct the pattern. It is relative to the config's folder";
      problems.push({ property, found: foundValue(pattern, ': no such file'), accepted: INSIDE, fix });
    }
    for (const path of found) {
      const absolute = join(baseDir, path);
      const isOwn = written.some((one) => absolute === one || absolute.startsWith(`${one}${sep}`));
      if (isOwn && posix.basename(pattern) !== posix.basename(path)) continue;
      const onMachine = machinePart(path, baseDir);
      if (onMachine !== undefined && !names(pattern, onMachine)) continue;
      const part = secretPart(path, absolute);
      if (part !== undefined && !names(pattern, part)) secrets.add(path);
      else files.set(path, fileEntry(absolute, path));
    }
  }
  return { files: [...files.values()], problems, secrets: [...secrets].filter((path) => !files.has(path)).sort() };
}

const INSIDE = "a pattern of files below the config's folder";

/** The relative path from a folder to a path, with forward slashes, such as `../lib`. */
export function pathFrom(folder: string, path: string): string {
  return relative(folder, path).split(sep).join('/');
}

/** A path relative to a folder, with forward slashes. Undefined if it is outside the folder. */
export function pathBelow(folder: string, path: string): string | undefined {
  const below = pathFrom(folder, path);
  return below === '..' || below.startsWith('../') || /^([A-Za-z]:|\/)/.test(below) ? undefined : below;
}
