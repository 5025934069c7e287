import { mkdirSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Change } from './plan';
import { checkFolder, checkWritable, statsOf, textOf } from './project-folder';
import { refusal } from './refusal';

/**
 * Writes files into a folder, all or none.
 *
 * @throws UsageError if one cannot be written
 */
export function writeFiles(folder: string, changes: readonly Change[]): void {
  for (const change of changes) checkChange(folder, change);
  const undo: (() => void)[] = [];
  try {
    for (const { path, text, added } of changes) {
      const file = join(folder, path);
      for (const missing of missingFolders(dirname(file))) {
        mkdirSync(missing);
        undo.push(() => rmdirSync(missing));
      }
      const original = added === undefined ? undefined : textOf(folder, path);
      undo.push(() => (original === undefined ? rmSync(file, { force: true }) : writeFileSync(file, original)));
      // What appeared since it was looked for is nobody's to overwrite, but the undoing must not remove it either.
      if (original === undefined) create(file, text, undo);
      else writeFileSync(file, text);
    }
  } catch (error) {
    for (const step of undo.reverse()) step();
    throw refusal(`${(error as Error).message}.`);
  }
}

function create(file: string, text: string, undo: (() => void)[]): void {
  try {
    writeFileSync(file, text, { flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') undo.pop();
    throw error;
  }
}

function checkChange(folder: string, { path, added }: Change): void {
  if (added === undefined) checkFolder(dirname(join(folder, path)));
  else checkWritable(join(folder, path));
}

/** The folders of a path that are not there, the outer one first. */
function missingFolders(path: string): string[] {
  if (statsOf(path) !== undefined) return [];
  return [...missingFolders(dirname(path)), path];
}
