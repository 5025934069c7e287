import { readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { packageRoot } from '../../command/package-root';
import { keptFolder, makeKeptFolder } from '../../local/recording/recording-folders';
import type { StackPicture } from '../../model/stack';

const FILE = 'picture.json';

interface Remembered {
  /** Version of this package: another one can draw other pictures. */
  readonly version: string;
  /** Absolute path of the config. */
  readonly file: string;
  readonly picture: StackPicture;
}

/**
 * The picture of the last valid synthesis of a config, from an earlier console. It is shown until the first synthesis is done, and while the
 * config has problems.
 *
 * @param file absolute path of the config
 */
export function rememberedPicture(file: string, workingFolder?: string): StackPicture | undefined {
  const root = dirname(keptFolder('any', workingFolder));
  return foldersIn(root)
    .map((stack) => join(root, stack, FILE))
    .sort((one, other) => changedAt(other) - changedAt(one))
    .map(read)
    .find((remembered) => remembered?.file === file && remembered.version === packageRoot().version)?.picture;
}

/** Keeps a picture. Without it, the next console shows nothing for a moment: an error is no reason to stop. */
export function rememberPicture(file: string, picture: StackPicture, workingFolder?: string): void {
  const folder = keptFolder(picture.stackName, workingFolder);
  const remembered: Remembered = { version: packageRoot().version, file, picture };
  try {
    makeKeptFolder(folder, dirname(folder));
    const unfinished = join(folder, `.${FILE}.${process.pid}`);
    writeFileSync(unfinished, JSON.stringify(remembered), { mode: 0o600 });
    renameSync(unfinished, join(folder, FILE));
  } catch {
    // The disk is full, or the folder belongs to somebody else.
  }
}

function foldersIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function read(path: string): Remembered | undefined {
  try {
    const value: Partial<Remembered> | null = JSON.parse(readFileSync(path, 'utf8'));
    return typeof value?.picture?.stackName === 'string' ? (value as Remembered) : undefined;
  } catch {
    return undefined;
  }
}

function changedAt(path: string): number {
  try {
    return statSync(path).mtimeMs;
  } catch {
    return 0;
  }
}
