import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { RECORDINGS_FOLDER } from './format';

/** The folder of what is kept about a stack: `.batch-jobs/<stack>`. */
export function keptFolder(stack: string, workingFolder = process.cwd()): string {
  return join(workingFolder, RECORDINGS_FOLDER, stack);
}

/** The folder with a stack's recordings of runs on this machine. */
export function runsFolder(stack: string, workingFolder?: string): string {
  return join(keptFolder(stack, workingFolder), 'runs');
}

/** Whether a text is the name of a recording's folder, and so no path to another place. */
export function isRecordingId(text: string): boolean {
  return /^\d{8}-\d{9}-[0-9a-f]{6}$/.test(text);
}

/**
 * Makes a folder of what is kept. Git, and what else reads `.gitignore`, leaves all of it out.
 *
 * @param root the folder `.batch-jobs` that it is in
 */
export function makeKeptFolder(folder: string, root: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  try {
    writeFileSync(join(root, '.gitignore'), '*\n', { flag: 'wx', mode: 0o600 });
  } catch {
    // It exists, or the folder can be used without it.
  }
}
