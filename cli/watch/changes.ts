import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename, relative, resolve, sep } from 'node:path';
import { watch } from 'chokidar';

/** Folders of packages, of tools, and of what is made: nothing in them is written by a person. */
const IGNORED = new Set([
  'node_modules',
  '.git',
  '.terraform',
  '__pycache__',
  '.venv',
  'venv',
  '.cache',
  '.idea',
  '.vscode',
]);

/** Milliseconds without a further change after which a change is told: an editor writes a file in several steps, and git many files. */
const QUIET_MS = 60;
/** Milliseconds after which it is told even if the changes do not end. */
const LONGEST_MS = 1000;

/** Files that are watched, whose changes are told together. */
export interface Changes {
  /** Watches more files; those within the folder are watched already. */
  add(files: readonly string[]): void;
  close(): Promise<void>;
}

/**
 * Watches a folder, and tells of changes once for many.
 *
 * @param outdir what is synthesized into, which is not watched
 * @param tell gets the paths that have changed, relative to the folder
 */
export async function watchChanges(
  folder: string,
  outdir: string,
  tell: (paths: readonly string[]) => void,
): Promise<Changes> {
  const changed = new Set<string>();
  const contents = new Map<string, string>();
  let quiet: NodeJS.Timeout | undefined;
  let first = 0;
  const ignored = (path: string) => {
    if (path === outdir || path.startsWith(outdir + sep)) return true;
    const name = basename(path);
    // A folder that is watched may itself lie in one of these.
    return (
      relative(folder, path)
        .split(sep)
        .some((part) => IGNORED.has(part)) || /\.tfstate(\.|$)|~$|\.sw[px]$|^\.#/.test(name)
    );
  };
  const watcher = watch(folder, { ignored, ignoreInitial: true });
  watcher.on('all', (event, path) => {
    if (event === 'addDir' || event === 'unlinkDir') return;
    if (event === 'change' && isSame(path, contents)) return;
    changed.add(relative(folder, path));
    const now = Date.now();
    if (quiet === undefined) first = now;
    clearTimeout(quiet);
    quiet = setTimeout(flush, Math.max(0, Math.min(QUIET_MS, first + LONGEST_MS - now)));
  });
  // What cannot be watched, such as a folder that nobody may read, is not.
  watcher.on('error', () => {});
  await new Promise<void>((ready) => watcher.on('ready', ready));
  return {
    add: (files) => watcher.add(files.filter((file) => relative(folder, resolve(file)).startsWith('..'))),
    close: async () => {
      clearTimeout(quiet);
      await watcher.close();
    },
  };

  function flush() {
    quiet = undefined;
    const paths = [...changed];
    changed.clear();
    tell(paths);
  }
}

/** Whether a file was written with the text that it had when it last changed. */
function isSame(path: string, contents: Map<string, string>): boolean {
  try {
    const hash = createHash('sha256').update(readFileSync(path)).digest('base64');
    const before = contents.get(path);
    contents.set(path, hash);
    return before === hash;
  } catch {
    return false;
  }
}
