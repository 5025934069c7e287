import { closeSync, mkdirSync, openSync, readFileSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { errorMessage } from '../../modules/problems/error-message';
import type { Change } from './plan';
import { checkFolder, checkWritable, statsOf } from './project-folder';
import { refusal } from './refusal';

/** Reverts one change. */
type Undo = () => void;

/**
 * Writes files into a folder: all, or none if one fails.
 *
 * @throws UsageError if a file can't be written
 */
export function writeFiles(folder: string, changes: readonly Change[]): void {
  for (const { path, added } of changes) {
    if (added === undefined) checkFolder(dirname(join(folder, path)));
    else checkWritable(join(folder, path));
  }
  const done: Undo[] = [];
  try {
    for (const { path, text, added } of changes) {
      const file = join(folder, path);
      for (const missing of missingFolders(dirname(file))) {
        mkdirSync(missing);
        done.push(() => rmdirSync(missing));
      }
      if (added === undefined) create(file, text, done);
      else change(file, text, done);
    }
  } catch (error) {
    for (const undo of done.reverse()) undo();
    throw refusal(`${errorMessage(error)}.`);
  }
}

/** Fails if the file exists: one that was created after the check is neither overwritten nor removed. */
function create(file: string, text: string, done: Undo[]): void {
  const descriptor = openSync(file, 'wx');
  done.push(() => rmSync(file));
  try {
    writeFileSync(descriptor, text);
  } finally {
    closeSync(descriptor);
  }
}

function change(file: string, text: string, done: Undo[]): void {
  const original = readFileSync(file);
  done.push(() => writeFileSync(file, original));
  writeFileSync(file, text);
}

/** The folders of a path that don't exist, the outermost first. */
function missingFolders(path: string): string[] {
  if (statsOf(path) !== undefined) return [];
  return [...missingFolders(dirname(path)), path];
}
