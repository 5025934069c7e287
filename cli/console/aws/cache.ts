import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Run, RunRow } from '../../model/run';
import { itemId } from '../../model/run-id';
import type { FoundRun } from '../../operate/find-run';

/** A row, and the execution that it is. */
export interface ListedRow extends RunRow {
  readonly executionArn: string;
  /** Name of the execution. */
  readonly name: string;
}

/** Of the format. A file with another one is not read. */
const VERSION = 1;

/** Runs whose logs and stories are kept, and bytes of all of them. */
const MOST_RUNS = 200;
const MOST_BYTES = 500 * 1024 * 1024;

/** The list of runs of a stack, as it is kept. */
export interface KeptList {
  readonly rows: readonly ListedRow[];
  /** Whether no run is missing between the rows. */
  readonly isComplete: boolean;
}

/**
 * What is kept on disk of the runs in one account and region. A run that has ended changes no more, so it is read from AWS once; it stays
 * readable after Step Functions has deleted it.
 */
export class AwsCache {
  /** @param folder `.batch-jobs/<stack>/aws/<account>-<region>` in the working folder */
  constructor(readonly folder: string) {}

  /** The story of a run that has ended. */
  run(found: FoundRun): Run | undefined {
    const kept = this.read<{ version: number; executionArn: string; run: Run }>(
      join(this.runFolder(found), 'run.json'),
    );
    return kept?.version === VERSION && kept.executionArn === found.executionArn ? kept.run : undefined;
  }

  keepRun(found: FoundRun, run: Run): void {
    const { executionArn } = found;
    this.write(join(this.runFolder(found), 'run.json'), { version: VERSION, executionArn, run });
  }

  list(): KeptList | undefined {
    const kept = this.read<KeptList & { version: number }>(join(this.folder, 'runs.json'));
    return kept?.version === VERSION && Array.isArray(kept.rows) ? kept : undefined;
  }

  keepList(list: KeptList): void {
    this.write(join(this.folder, 'runs.json'), { version: VERSION, ...list });
  }

  /** The folder of the files of a run, or of an item of it. A name of an execution can have characters that a path cannot. */
  runFolder({
    job,
    name: run,
    item,
  }: Pick<FoundRun, 'name' | 'item'> & { readonly job: Pick<FoundRun['job'], 'name'> }): string {
    const name = item === undefined ? run : itemId(run, item);
    const isPlain = /^[\w-][\w.-]*$/.test(name);
    const hash = createHash('sha256').update(name).digest('hex').slice(0, 32);
    return join(this.folder, 'runs', `${job.name}.${isPlain ? name : hash}`);
  }

  /** Deletes the runs that were used longest ago, if there are too many. */
  prune(mostRuns = MOST_RUNS, mostBytes = MOST_BYTES): void {
    const runs = join(this.folder, 'runs');
    if (!existsSync(runs)) return;
    const folders = readdirSync(runs)
      .map((name) => sizeOf(join(runs, name)))
      .sort((one, other) => other.usedAt - one.usedAt);
    let bytes = 0;
    for (const [index, each] of folders.entries()) {
      bytes += each.bytes;
      if (index >= mostRuns || bytes > mostBytes) rmSync(each.folder, { recursive: true, force: true });
    }
  }

  /** Makes a folder for files that only their owner can read, and that git ignores. */
  makeFolder(folder: string): void {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const ignored = join(this.folder, '..', '..', '..', '.gitignore');
    if (!existsSync(ignored)) writeFileSync(ignored, '*\n', { mode: 0o600 });
  }

  private read<T>(file: string): T | undefined {
    try {
      return JSON.parse(readFileSync(file, 'utf8')) as T;
    } catch {
      return undefined;
    }
  }

  /** Another console can write the same file at the same time, so it is replaced as a whole. What can't be kept is read again. */
  private write(file: string, value: unknown): void {
    const draft = `${file}.${process.pid}`;
    try {
      this.makeFolder(dirname(file));
      writeFileSync(draft, JSON.stringify(value), { mode: 0o600 });
      renameSync(draft, file);
    } catch {
      rmSync(draft, { force: true });
    }
  }
}

function sizeOf(folder: string) {
  let [bytes, usedAt] = [0, 0];
  for (const name of readdirSync(folder)) {
    const stats = statSync(join(folder, name), { throwIfNoEntry: false });
    bytes += stats?.size ?? 0;
    usedAt = Math.max(usedAt, stats?.mtimeMs ?? 0);
  }
  return { folder, bytes, usedAt };
}
