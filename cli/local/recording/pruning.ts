import { randomBytes } from 'node:crypto';
import { readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { RECORDING_FILES } from './format';
import { isRecordingId } from './recording-folders';
import { readRecordedRun } from './recording-reader';

/** What is kept of the runs of a stack. */
export const RECORDING_BOUNDS = {
  /** Recordings. */
  runs: 200,
  /** Bytes of all recordings. */
  bytes: 500_000_000,
  /** Bytes of one run's log. */
  logBytes: 400_000_000,
} as const;

/** Milliseconds after which a folder that was never finished, or not removed as a whole, is left over. */
const LEFT_OVER_MS = 600_000;

interface Kept {
  readonly id: string;
  readonly bytes: number;
  readonly isRunning: boolean;
}

/**
 * Removes the oldest recordings of runs that have ended, until what is left is within the bounds. Several processes can do so at once.
 *
 * @param kept id of a recording that stays: the newest
 */
export async function prune(
  runs: string,
  kept?: string,
  bounds: { readonly runs: number; readonly bytes: number } = RECORDING_BOUNDS,
): Promise<void> {
  const names = await readdir(runs).catch(() => []);
  await removeLeftOvers(
    runs,
    names.filter((name) => name.startsWith('.')),
  );
  const all = await Promise.all(names.filter(isRecordingId).map((id) => look(runs, id)));
  const found = all.filter((one) => one !== undefined).sort((one, other) => (one.id < other.id ? -1 : 1));
  let [count, bytes] = [found.length, found.reduce((sum, one) => sum + one.bytes, 0)];
  for (const one of found) {
    if (count <= bounds.runs && bytes <= bounds.bytes) return;
    if (one.isRunning || one.id === kept) continue;
    await remove(runs, one.id);
    count--;
    bytes -= one.bytes;
  }
}

/** Undefined for a recording of a later version, which is left to that version. */
async function look(runs: string, id: string): Promise<Kept | undefined> {
  const read = await readRecordedRun(join(runs, id));
  if (read === 'later version') return undefined;
  if (read === undefined) return { id, bytes: await bytesOf(join(runs, id)), isRunning: false };
  const { run, isRunning } = read;
  return { id, bytes: run.end?.bytes ?? (await bytesOf(join(runs, id))), isRunning };
}

async function bytesOf(folder: string): Promise<number> {
  const sizes = Object.values(RECORDING_FILES).map((name) =>
    stat(join(folder, name)).then(
      ({ size }) => size,
      () => 0,
    ),
  );
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}

/** Renamed first, so that nobody reads a recording of which half is gone. */
async function remove(runs: string, id: string): Promise<void> {
  const path = join(runs, `.old-${id}-${randomBytes(3).toString('hex')}`);
  try {
    await rename(join(runs, id), path);
    await rm(path, { recursive: true, force: true });
  } catch {
    // Another process was faster, or the folder can't be changed.
  }
}

async function removeLeftOvers(runs: string, names: readonly string[]): Promise<void> {
  for (const name of names) {
    const path = join(runs, name);
    const { ctimeMs = Number.POSITIVE_INFINITY } = (await stat(path).catch(() => undefined)) ?? {};
    if (Date.now() - ctimeMs < LEFT_OVER_MS) continue;
    await rm(path, { recursive: true, force: true }).catch(() => {});
  }
}
