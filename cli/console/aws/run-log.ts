import { copyFileSync, linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { CommandFailure } from '../../command/reported-error';
import { UsageError } from '../../command/usage-error';
import { type LogStreamLetter, logPrefix } from '../../local/recording/format';
import type { Run, Start } from '../../model/run';
import { AwsFault, isPassing } from '../../operate/aws/fault';
import type { Deployment } from '../../operate/deployment';
import type { FoundRun } from '../../operate/find-run';
import { LogReader } from '../../operate/log-reader';
import { expired, logGroupName, logGroupOf } from '../../operate/logs/log-group';
import type { AwsCache } from './cache';
import { logSegments } from './log-segments';
import { partProblem } from './problem-text';

/** Milliseconds between two looks at a log that can still grow. */
const PAUSE_MS = 2_000;

/** Milliseconds after which a request that failed is repeated. */
const AGAIN_MS = 5_000;

/** Milliseconds after a container's end in which its last lines can arrive: agents send lines every 5 seconds. */
const LATEST_LINES_MS = 10_000;

/** Characters that are collected before they are written. */
const CHUNK = 256 * 1024;

/** The log of a run as a file. */
export interface LogFile {
  readonly file: string;
  /** Whether nothing more will be appended. */
  readonly isComplete: boolean;
  /** Why lines are missing. */
  readonly problem?: string;
}

/** Fetches the log of a run into a file: the lines of one start of a container after the other, with marks between them. */
export class RunLog {
  private readonly file: string;
  private readonly kept: string;
  private readonly done = new Set<string>();
  private readonly readers = new Map<string, LogReader>();
  private readonly abort = new AbortController();
  private isComplete = false;
  private isFetching = false;
  private fetchedAt = 0;
  /** Why lines are missing. */
  private problem?: string;
  /** Why no lines arrive now. */
  private fault?: string;
  private waiting = '';

  /**
   * @param run reads the run as it is now
   * @param isWatched whether somebody looks at the log
   */
  constructor(
    private readonly deployment: () => Deployment,
    private readonly found: FoundRun,
    private readonly cache: AwsCache,
    private readonly run: () => Promise<Run>,
    private readonly isWatched: () => boolean,
  ) {
    const folder = cache.runFolder(found);
    cache.makeFolder(folder);
    this.kept = join(folder, 'log');
    // Another console can fetch the same log at the same time.
    this.file = `${this.kept}-${process.pid}.tsv`;
  }

  /** The file, which grows from now on. */
  state(): LogFile {
    this.fetch();
    return { file: this.file, isComplete: this.isComplete, problem: this.fault ?? this.problem };
  }

  close(): void {
    this.abort.abort();
    rmSync(this.file, { force: true });
  }

  private fetch(): void {
    const pause = (this.fault ?? this.problem) === undefined ? PAUSE_MS : AGAIN_MS;
    if (this.isFetching || this.isComplete || Date.now() - this.fetchedAt < pause) return;
    this.isFetching = true;
    this.loop()
      .catch((error: unknown) => {
        if (this.abort.signal.aborted) return;
        if (error instanceof UsageError) this.problem = error.message;
        else this.fault = partProblem('read the log', error);
        if (!(error instanceof CommandFailure) && !(error instanceof UsageError)) console.error(error);
      })
      .finally(() => {
        this.isFetching = false;
        this.fetchedAt = Date.now();
      });
  }

  private async loop(): Promise<void> {
    while (!this.isComplete && !this.abort.signal.aborted) {
      let pause = PAUSE_MS;
      try {
        await this.advance(await this.run());
        this.fault = undefined;
      } catch (error) {
        if (!(error instanceof AwsFault) || !isPassing(error)) throw error;
        this.fault = partProblem('read the log', error);
        pause = AGAIN_MS;
      }
      if (this.isComplete || !this.isWatched()) return;
      await sleep(pause, undefined, { signal: this.abort.signal });
    }
  }

  /** Appends what a run has more than before. */
  private async advance(run: Run): Promise<void> {
    if (this.done.size === 0 && this.restore(run)) return;
    if (this.done.size === 0) await this.begin(run);
    for (const segment of logSegments(run)) {
      if (this.done.has(segment.key)) continue;
      if ('mark' in segment) {
        const { at, of, mark } = segment;
        this.row(run, at, of, 'm', JSON.stringify(mark));
      } else if (!(await this.lines(run, segment.key, segment.start, segment.attempt.endedAt))) {
        await this.flush();
        return;
      }
      this.done.add(segment.key);
    }
    await this.flush();
    if (run.endedAt === undefined) return;
    this.isComplete = true;
    if (this.problem === undefined) this.keep(run);
  }

  private async begin(run: Run): Promise<void> {
    // It can be a second name of a log that is kept, if an earlier process had the same number.
    rmSync(this.file, { force: true });
    writeFileSync(this.file, '', { mode: 0o600 });
    this.done.add('begin');
    try {
      const group = await logGroupOf(this.deployment(), this.found.job, logGroupName(this.found.job));
      const gone = expired(group, new Date(run.startedAt));
      if (gone !== undefined) {
        this.row(run, run.startedAt, '', 'm', JSON.stringify({ kind: 'note', title: 'Expired', detail: gone }));
      }
    } catch (error) {
      // Marks are there without a log group, too.
      if (error instanceof AwsFault || !(error instanceof UsageError || error instanceof CommandFailure)) throw error;
      this.problem = error.message;
    }
  }

  /**
   * Appends the lines of a start of a container.
   *
   * @returns whether these were all
   */
  private async lines(run: Run, key: string, start: Start, attemptEnd: number | undefined): Promise<boolean> {
    const stoppedAt = start.stoppedAt ?? attemptEnd ?? run.endedAt;
    const isOver = stoppedAt !== undefined && Date.now() - stoppedAt > LATEST_LINES_MS;
    const { logStream: stream } = start;
    const { logGroupName: logGroup } = this.found.job;
    // A container that starts has no stream yet.
    if (stream === undefined || logGroup === undefined) return stoppedAt !== undefined;
    const reader =
      this.readers.get(key) ??
      new LogReader(this.deployment().clients, { logGroup, stream, signal: this.abort.signal });
    this.readers.set(key, reader);
    for await (const { time, text } of reader.read()) {
      for (const line of text.replace(/\r?\n$/, '').split('\n')) this.row(run, time.getTime(), key, 'l', line);
      if (this.waiting.length > CHUNK) await this.flush();
    }
    if (isOver) this.readers.delete(key);
    return isOver;
  }

  private row({ startedAt }: Run, at: number, of: string, letter: LogStreamLetter, text: string): void {
    this.waiting += `${logPrefix(Math.max(0, Math.round(at - startedAt)), of, letter)}${text}\n`;
  }

  private async flush(): Promise<void> {
    const text = this.waiting;
    this.waiting = '';
    if (text !== '') await appendFile(this.file, text, { mode: 0o600 });
  }

  /** Uses the log that was kept of a run that has ended. */
  private restore({ endedAt }: Run): boolean {
    try {
      const kept = JSON.parse(readFileSync(`${this.kept}.json`, 'utf8')) as KeptLog;
      if (kept.executionArn !== this.found.executionArn || kept.endedAt !== endedAt) return false;
      duplicate(`${this.kept}.tsv`, this.file);
      this.isComplete = true;
      return true;
    } catch {
      return false;
    }
  }

  private keep({ endedAt }: Run): void {
    const { executionArn } = this.found;
    try {
      const draft = `${this.kept}-${process.pid}.new`;
      duplicate(this.file, draft);
      renameSync(draft, `${this.kept}.tsv`);
      writeFileSync(`${this.kept}.json`, JSON.stringify({ executionArn, endedAt } satisfies KeptLog), { mode: 0o600 });
      this.cache.prune();
    } catch {
      // It is fetched again.
    }
  }
}

interface KeptLog {
  readonly executionArn: string;
  readonly endedAt?: number;
}

/** A second name for a file, or a copy where the file system has no links. */
function duplicate(file: string, name: string): void {
  rmSync(name, { force: true });
  try {
    linkSync(file, name);
  } catch {
    copyFileSync(file, name);
  }
}
