import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { LARGEST_SHOWN_EVENT, type Run, type RunEvent, type RunRow } from '../../model/run';
import { RECORDING_FILES, type RecordedRun } from './format';
import { isRecordingId, runsFolder } from './recording-folders';
import { type ReadRun, readProgressEvents, readRecordedRun } from './recording-reader';
import { recordedBars, runItems, runOfProgress } from './run-of-progress';
import { RunProgress } from './run-progress';

/** Why a run has no end. */
const KILLED = 'its process was killed';

/** How many recordings are read at once. */
const AT_ONCE = 32;

interface CachedRow {
  /** Sizes of the files that the row was made of. */
  readonly seen: string;
  readonly row: RunRow;
}

/** Where the log of a run is. */
export interface RecordedLog {
  /** It might not exist yet. */
  readonly file: string;
  /** Whether nothing more is written. */
  readonly isComplete: boolean;
}

/** The recorded runs of a stack on this machine. */
export class RunStore {
  private readonly rows = new Map<string, CachedRow>();

  /** @param folder of the recordings */
  constructor(readonly folder: string) {}

  static of(stack: string, workingFolder?: string): RunStore {
    return new RunStore(runsFolder(stack, workingFolder));
  }

  /** All recorded runs, the newest first. A recording that can't be read is left out. */
  async list(): Promise<RunRow[]> {
    const names = await readdir(this.folder).catch(() => []);
    const ids = names.filter(isRecordingId).sort().reverse();
    for (const id of this.rows.keys()) if (!ids.includes(id)) this.rows.delete(id);
    const rows: (RunRow | undefined)[] = [];
    for (let from = 0; from < ids.length; from += AT_ONCE) {
      rows.push(...(await Promise.all(ids.slice(from, from + AT_ONCE).map((id) => this.row(id)))));
    }
    return rows.filter((row) => row !== undefined);
  }

  /** The whole story of a run. Undefined if there is no such recording. */
  async run(id: string): Promise<Run | undefined> {
    const read = await this.read(id);
    if (read === undefined) return undefined;
    const { run, isRunning } = read;
    const folder = join(this.folder, id);
    const [progress, event] = await Promise.all([told(folder, run, isRunning), eventOf(folder, run)]);
    return { ...runOfProgress(run, progress), event, bars: recordedBars(run, progress) };
  }

  /** The text of a run's whole event. Undefined if there is no such recording. */
  async eventText(id: string): Promise<string | undefined> {
    if (!isRecordingId(id)) return undefined;
    return readFile(join(this.folder, id, RECORDING_FILES.event), 'utf8').catch(() => undefined);
  }

  /** Where the log of a run is. Undefined if there is no such recording. */
  async log(id: string): Promise<RecordedLog | undefined> {
    const read = await this.read(id);
    if (read === undefined) return undefined;
    return { file: join(this.folder, id, RECORDING_FILES.log), isComplete: !read.isRunning };
  }

  /** What `run.json` says of a run. Undefined if there is no such recording. */
  async read(id: string): Promise<ReadRun | undefined> {
    const read = isRecordingId(id) ? await readRecordedRun(join(this.folder, id)) : undefined;
    return typeof read === 'object' ? read : undefined;
  }

  private async row(id: string): Promise<RunRow | undefined> {
    const folder = join(this.folder, id);
    const seen = await sizesOf(folder);
    const cached = this.rows.get(id);
    if (cached?.seen === seen && cached.row.outcome !== 'running') return cached.row;
    const read = await readRecordedRun(folder);
    if (typeof read !== 'object') return undefined;
    const row = await rowFrom(folder, read.run, read.isRunning);
    this.rows.set(id, { seen, row });
    return row;
  }
}

async function rowFrom(folder: string, run: RecordedRun, isRunning: boolean): Promise<RunRow> {
  const { id, job, startedAt, end, items } = run;
  const head = {
    ...{ id, job, startedAt, source: run.event.source, maximum: run.policy.attempts },
    ...(items !== undefined && { items: runItems(items) }),
  };
  if (end !== undefined) {
    const { endedAt, outcome, attempt, bars } = end;
    return { ...head, outcome, endedAt, ...(attempt !== undefined && { attempt }), bars };
  }
  const progress = await told(folder, run, isRunning);
  const { outcome, endedAt, attempt } = runOfProgress(run, progress);
  return {
    ...{ ...head, outcome },
    ...(endedAt !== undefined && { endedAt }),
    ...(attempt !== undefined && { attempt }),
    bars: recordedBars(run, progress),
  };
}

/** What happened in a run. One whose process is gone without a result was stopped when it last wrote something. */
async function told(folder: string, run: RecordedRun, isRunning: boolean): Promise<RunProgress> {
  const progress = new RunProgress(run.startedAt);
  const progressEvents = await readProgressEvents(folder);
  for (const progressEvent of progressEvents) progress.next(progressEvent);
  if (progress.end === undefined && run.end !== undefined && run.end.outcome !== 'running') {
    const { endedAt: at, outcome } = run.end;
    progress.finish({ at, outcome });
  } else if (progress.end === undefined && !isRunning) {
    const at = Math.max(progressEvents.at(-1)?.at ?? 0, await lastWrite(folder), run.startedAt);
    progress.finish({ at, outcome: 'stopped', reason: KILLED });
  }
  return progress;
}

async function lastWrite(folder: string): Promise<number> {
  const times = [RECORDING_FILES.progressEvents, RECORDING_FILES.log].map((name) =>
    stat(join(folder, name)).then(
      ({ mtimeMs }) => Math.round(mtimeMs),
      () => 0,
    ),
  );
  return Math.max(...(await Promise.all(times)));
}

async function eventOf(folder: string, { event: { source, bytes } }: RecordedRun): Promise<RunEvent> {
  if (bytes > LARGEST_SHOWN_EVENT) return { source, bytes };
  const text = await readFile(join(folder, RECORDING_FILES.event), 'utf8').catch(() => undefined);
  return { source, bytes, ...(text !== undefined && { text }) };
}

async function sizesOf(folder: string): Promise<string> {
  const sizes = [RECORDING_FILES.run, RECORDING_FILES.progressEvents].map((name) =>
    stat(join(folder, name)).then(
      ({ size, mtimeMs }) => `${size} ${mtimeMs}`,
      () => '',
    ),
  );
  return (await Promise.all(sizes)).join();
}
