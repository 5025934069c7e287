import { mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join, resolve } from 'node:path';

const CACHE = resolve(__dirname, '../../node_modules/.cache');

/** Caches that programs keep in the temporary folder: they serve all runs. */
const CACHES = [`tsx-${userInfo().uid}`, 'node-compile-cache'];

/** What CDKTF's `Testing` makes for each stack, and gives no way to remove. */
const OF_CDKTF = /^cdktf\.outdir\./;

/** Gives a test run a temporary folder, which its workers and the processes that they start inherit. */
export function openRunFolder(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'batch-jobs-tests-')));
  process.env.TMPDIR = folder;
  return folder;
}

/** The temporary folder of one test file, inside that of the run. */
export class FileFolder {
  private readonly outer = tmpdir();
  private readonly path = mkdtempSync(join(this.outer, 'f'));

  constructor() {
    for (const name of CACHES) {
      mkdirSync(join(CACHE, name), { recursive: true });
      symlinkSync(join(CACHE, name), join(this.path, name), 'dir');
    }
    process.env.TMPDIR = this.path;
  }

  /**
   * Removes the folder.
   *
   * @throws Error that names what the file's tests should have removed themselves: who uses this project would find it in their own folder.
   */
  close(): void {
    process.env.TMPDIR = this.outer;
    const left = readdirSync(this.path).filter((name) => !CACHES.includes(name) && !OF_CDKTF.test(name));
    rmSync(this.path, { recursive: true, force: true, maxRetries: 5 });
    if (left.length > 0) throw new Error(`Left in the temporary folder: ${left.sort().join(', ')}`);
  }
}
