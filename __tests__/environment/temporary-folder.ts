import {
  accessSync,
  constants,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statfsSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join, resolve } from 'node:path';

const CACHE = resolve(__dirname, '../../node_modules/.cache');

/** Caches that programs keep in the temporary folder: they serve all runs. */
const CACHES = [`tsx-${userInfo().uid}`, 'node-compile-cache'];

/** What CDKTF's `Testing` makes for each stack, and gives no way to remove. */
const OF_CDKTF = /^cdktf\.outdir\./;

/** Linux's file system in memory. Tests make and remove thousands of small folders, which takes a disk a twentieth of their time. */
const IN_MEMORY = '/dev/shm';

/** Space that a run can use there, in bytes: containers often have 64 MiB. */
const SPACE = 2 ** 30;

/**
 * Whether the file system in memory can replace a disk: it has space, and programs can be started in it.
 *
 * @param mounts the text of `/proc/mounts`
 */
export function isUsable(folder: string, mounts: string, space = SPACE): boolean {
  const mount = mounts.split('\n').filter((line) => line.split(' ')[1] === folder);
  const options = mount.at(-1)?.split(' ')[3];
  if (options === undefined || options.split(',').some((option) => option === 'noexec' || option === 'ro'))
    return false;
  try {
    accessSync(folder, constants.W_OK | constants.X_OK);
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize >= space;
  } catch {
    return false;
  }
}

/** Where a run's folder is, unless `TMPDIR` says it. */
function memoryOrDisk(): string {
  const isAsked = process.env.TMPDIR !== undefined || process.platform !== 'linux';
  return !isAsked && isUsable(IN_MEMORY, readFileSync('/proc/mounts', 'utf8')) ? IN_MEMORY : tmpdir();
}

/**
 * Gives a test run a temporary folder, which its workers and the processes that they start inherit.
 *
 * @param inMemory for small files only
 */
export function openRunFolder(inMemory: boolean): string {
  const folder = realpathSync(mkdtempSync(join(inMemory ? memoryOrDisk() : tmpdir(), 'batch-jobs-tests-')));
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
   * @throws Error that names what the file's tests should have removed themselves, if it must be empty: who uses this project would find it in
   * their own folder.
   */
  close({ mustBeEmpty }: { readonly mustBeEmpty: boolean }): void {
    process.env.TMPDIR = this.outer;
    const left = readdirSync(this.path).filter((name) => !CACHES.includes(name) && !OF_CDKTF.test(name));
    rmSync(this.path, { recursive: true, force: true, maxRetries: 5 });
    if (mustBeEmpty && left.length > 0) throw new Error(`Left in the temporary folder: ${left.sort().join(', ')}`);
  }
}
