import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Change } from '../../model/console';
import { RECORDING_FILES } from './format';
import { isRecordingId } from './recording-folders';
import type { RunStore } from './run-store';

/** Milliseconds between two looks. A look at the folder and at the runs that go on takes about one. */
const EVERY_MS = 250;
/** Looks between two checks whether the processes of the runs still live. */
const LIFE_EVERY = 4;

/**
 * Tells when recordings of a stack are added, removed or go on. Only the runs that go on are looked at, by the sizes of their files: that
 * works on every file system, and a folder that vanishes is one that was removed.
 *
 * @param listener gets changes of the types `runs` and `run`
 * @returns stops it
 */
export function watchRuns(store: RunStore, listener: (change: Change) => void, everyMs = EVERY_MS): () => void {
  const watch = new RunWatch(store, listener);
  let timer: NodeJS.Timeout | undefined;
  let isStopped = false;
  const look = async () => {
    await watch.look();
    if (!isStopped) timer = setTimeout(look, everyMs).unref();
  };
  void look();
  return () => {
    isStopped = true;
    clearTimeout(timer);
  };
}

class RunWatch {
  private names?: string;
  /** What the files of the runs that go on looked like. */
  private live = new Map<string, string>();
  private looks = 0;

  constructor(
    private readonly store: RunStore,
    private readonly listener: (change: Change) => void,
  ) {}

  async look(): Promise<void> {
    this.looks++;
    let isChanged = await this.lookAtNames();
    for (const [id, seen] of this.live) {
      const now = await this.signature(id);
      const isOver = now !== seen || this.looks % LIFE_EVERY === 0 ? await this.isOver(id) : false;
      if (now === seen && !isOver) continue;
      if (isOver) this.live.delete(id);
      else this.live.set(id, now);
      this.listener({ type: 'run', place: 'local', id });
      isChanged = true;
    }
    if (isChanged) this.listener({ type: 'runs', place: 'local' });
  }

  /** @returns whether there are other recordings than before */
  private async lookAtNames(): Promise<boolean> {
    const found = await readdir(this.store.folder).catch(() => []);
    const ids = found.filter(isRecordingId).sort();
    const names = ids.join();
    if (names === this.names) return false;
    const isFirst = this.names === undefined;
    this.names = names;
    const rows = await this.store.list();
    const running = rows.flatMap(({ id, outcome }) => (outcome === 'running' ? [id] : []));
    const live = running.map(async (id) => [id, this.live.get(id) ?? (await this.signature(id))] as const);
    this.live = new Map(await Promise.all(live));
    return !isFirst;
  }

  private async isOver(id: string): Promise<boolean> {
    const read = await this.store.read(id);
    return read === undefined || !read.isRunning;
  }

  private async signature(id: string): Promise<string> {
    const files = [RECORDING_FILES.run, RECORDING_FILES.progressEvents];
    const sizes = files.map((name) =>
      stat(join(this.store.folder, id, name)).then(
        ({ size, mtimeMs }) => `${size} ${mtimeMs}`,
        () => '',
      ),
    );
    return (await Promise.all(sizes)).join();
  }
}
