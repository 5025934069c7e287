import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { bytes, type TarEntry } from '../../modules/container/tar';
import { atExit } from '../command/at-exit';

/** A folder that is removed when the process ends, or earlier. */
export interface TemporaryFolder {
  readonly path: string;
  dispose(): void;
}

/**
 * Makes a temporary folder with some files in it.
 *
 * @param root where it is made
 */
export function createTemporaryFolder(files: readonly TarEntry[], root = tmpdir()): TemporaryFolder {
  const path = mkdtempSync(join(root, 'batch-jobs-local-'));
  // A process that was just killed might still be writing.
  const remove = () => rmSync(path, { recursive: true, force: true, maxRetries: 5 });
  const dispose = atExit(() => {
    try {
      remove();
    } catch {
      unlock(path);
      remove();
    }
  });
  for (const file of files) {
    const target = join(path, file.path);
    makeFolder(dirname(target));
    if (file.kind === 'link') symlinkSync(bytes(file.content), target);
    else place(file, target);
  }
  return { path, dispose };
}

/** Folders in a build context are readable for all users, with any umask. Only the outermost one is private. */
function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  makeFolder(dirname(folder));
  mkdirSync(folder);
  chmodSync(folder, 0o755);
}

function place({ content, kind }: TarEntry, target: string): void {
  if (Buffer.isBuffer(content)) writeFileSync(target, content);
  else copyFileSync(content.file, target);
  chmodSync(target, kind === 'executable' ? 0o755 : 0o644);
}

/** Makes read-only folders writable, such as Go's module cache: otherwise they can't be removed. */
function unlock(folder: string): void {
  chmodSync(folder, 0o700);
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.isDirectory()) unlock(join(folder, entry.name));
  }
}
