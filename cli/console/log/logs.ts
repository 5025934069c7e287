import type { RunLocation } from '../../model/run';
import type { Changes } from '../server/changes';
import { LogFile } from './log-file';

/** Where the log of a run is. */
export interface FoundLog {
  /** It might not exist yet. */
  readonly file: string;
  /** Whether nothing more is written. */
  readonly isComplete: boolean;
  /** Why lines are missing, for people. */
  readonly problem?: string;
}

/** The log of a run, as far as it was read. */
export interface OpenLog extends Omit<FoundLog, 'file'> {
  readonly log: LogFile;
}

/** Finds the log of a run. Undefined if there is no such run. */
export type FindLog = (id: string) => Promise<FoundLog | undefined>;

/** Indexes that are kept. */
const KEPT = 8;

/** Milliseconds between two looks at the files of runs that pages show, and so between two messages about a log. */
const LOOK_MS = 100;

/** Milliseconds after which a place is asked again where a log is, and whether it is complete. */
const FIND_MS = 1_000;

interface Known {
  readonly file: LogFile;
  isComplete: boolean;
  problem?: string;
  foundAt: number;
  /** Rows, and the problem, when the last change was published. */
  told: number;
  toldProblem?: string;
  /** Whether all of a complete log was read and told. */
  isDone: boolean;
  isBusy: boolean;
}

/** The logs of runs. Changes of those that pages show are published. */
export class Logs {
  private readonly finders = new Map<RunLocation, FindLog>();
  private readonly known = new Map<string, Known>();
  private timer?: NodeJS.Timeout;
  private readonly unfollow: () => void;

  constructor(private readonly changes: Pick<Changes, 'publish' | 'watchedRuns' | 'onFollowers'>) {
    this.unfollow = changes.onFollowers(() => this.followersChanged());
  }

  /** Says how the logs of a place are found. */
  in(place: RunLocation, find: FindLog): void {
    this.finders.set(place, find);
  }

  /** The log of a run, as far as it was read. Reading goes on. Undefined if there is no such run. */
  async open(place: RunLocation, id: string): Promise<OpenLog | undefined> {
    const known = await this.find(place, id, 0);
    if (known === undefined) return undefined;
    const { file: log, isComplete, problem } = known;
    // Who asks for lines waits for them, and so for this failure.
    void log.read(isComplete).catch(() => {});
    return { log, isComplete, problem };
  }

  close(): void {
    this.unfollow();
    clearInterval(this.timer);
  }

  private followersChanged(): void {
    const isNeeded = this.changes.watchedRuns().length > 0;
    if (isNeeded && this.timer === undefined) this.timer = setInterval(() => this.look(), LOOK_MS).unref();
    if (isNeeded) return;
    clearInterval(this.timer);
    this.timer = undefined;
  }

  private look(): void {
    // Who asks for lines gets the error.
    for (const { place, id } of this.changes.watchedRuns()) this.lookAt(place, id).catch(() => {});
  }

  private async lookAt(place: RunLocation, id: string): Promise<void> {
    const known = await this.find(place, id, FIND_MS);
    if (known === undefined || known.isDone) return;
    if (!known.isBusy) void readOn(known);
    const { rows } = known.file.index;
    if (rows === known.told && known.problem === known.toldProblem) return;
    known.told = rows;
    known.toldProblem = known.problem;
    this.changes.publish({ type: 'log', place, id, lines: rows });
  }

  /** @param age milliseconds since the place was asked that do no harm */
  private async find(place: RunLocation, id: string, age: number): Promise<Known | undefined> {
    const name = `${place} ${id}`;
    const before = this.known.get(name);
    if (before !== undefined && Date.now() - before.foundAt < age) return before;
    if (before !== undefined) before.foundAt = Date.now();
    const found = await this.finders.get(place)?.(id);
    const known = this.known.get(name);
    this.known.delete(name);
    if (found === undefined) return undefined;
    const now = known?.file.path === found.file ? known : newlyKnown(found);
    if (now.isComplete !== found.isComplete) now.isDone = false;
    now.isComplete = found.isComplete;
    now.problem = found.problem;
    this.known.set(name, now);
    for (const oldest of this.known.keys()) if (this.known.size > KEPT) this.known.delete(oldest);
    return now;
  }
}

function newlyKnown({ file, isComplete }: FoundLog): Known {
  return { file: new LogFile(file), isComplete, foundAt: Date.now(), told: 0, isDone: false, isBusy: false };
}

/** Reads what was appended. That can take longer than until the next look. */
async function readOn(known: Known): Promise<void> {
  known.isBusy = true;
  const { isComplete, file } = known;
  try {
    await file.read(isComplete);
    known.isDone = isComplete && file.index.rows === known.told;
  } catch {
    // Who asks for lines gets the error.
  } finally {
    known.isBusy = false;
  }
}
