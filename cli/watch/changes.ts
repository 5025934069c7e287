import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename, relative, resolve, sep } from 'node:path';
import { watch } from 'chokidar';

/** Folders of packages, tools and output, which contain no source files. */
const IGNORED = new Set([
  'node_modules',
  '.git',
  '.terraform',
  '.batch-jobs',
  '__pycache__',
  '.venv',
  'venv',
  '.cache',
  '.idea',
  '.vscode',
]);

/** Milliseconds without another change before changes are reported: an editor saves a file in several steps, and git writes many files. */
const QUIET_MS = 60;
/** Milliseconds after which changes are reported even if more follow. */
const LONGEST_MS = 1000;

/** Watches files, and reports their changes in groups. */
export interface Changes {
  /** Watches more files. Those in the folder are already watched. */
  add(files: readonly string[]): void;
  close(): Promise<void>;
}

/**
 * Watches a folder, and reports changes in groups.
 *
 * @param outdir the output folder of synthesis, which is not watched
 * @param tell gets the changed paths, relative to the folder
 */
export async function watchChanges(
  folder: string,
  outdir: string,
  tell: (paths: readonly string[]) => void,
): Promise<Changes> {
  /** Paths of a group, and whether each was only written, neither added nor removed. */
  const group = new Map<string, boolean>();
  const contents = new Map<string, string>();
  let quiet: NodeJS.Timeout | undefined;
  let first = 0;
  const ignored = (path: string) => {
    if (path === outdir || path.startsWith(outdir + sep)) return true;
    const name = basename(path);
    // The watched folder itself can be inside one of these.
    return (
      relative(folder, path)
        .split(sep)
        .some((part) => IGNORED.has(part)) || /\.tfstate(\.|$)|~$|\.sw[px]$|^\.#/.test(name)
    );
  };
  const watcher = watch(folder, { ignored, ignoreInitial: true });
  watcher.on('all', (event, path) => {
    if (event === 'addDir' || event === 'unlinkDir') return;
    group.set(path, event === 'change' && group.get(path) !== false);
    const now = Date.now();
    if (quiet === undefined) first = now;
    clearTimeout(quiet);
    quiet = setTimeout(flush, Math.max(0, Math.min(QUIET_MS, first + LONGEST_MS - now)));
  });
  // Folders that can't be watched, for example without permission, are skipped.
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
    // Contents are compared only now. A file that is being written is empty for a moment, and chokidar leaves out events that follow
    // within 50 ms: compared at each event, two changes in a row could both look like the same empty file, and the second be lost.
    const paths = [...group].filter(([path, onlyWritten]) => !isSame(path, contents) || !onlyWritten);
    group.clear();
    if (paths.length > 0) tell(paths.map(([path]) => relative(folder, path)));
  }
}

/** Whether a file was saved without a change of its text. */
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
