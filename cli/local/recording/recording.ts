import { mkdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LogMark } from '../../model/console';
import {
  type LogStreamLetter,
  logPrefix,
  RECORDING_FILES,
  type RecordedItems,
  type RecordedProgressEvent,
  type RecordedRun,
} from './format';
import { GrowingFile } from './growing-file';
import { RECORDING_BOUNDS } from './pruning';
import { makeKeptFolder } from './recording-folders';

/** The open folder of a run that is being recorded. */
export class Recording {
  readonly id: string;
  private readonly progressEvents: GrowingFile;
  private readonly log: GrowingFile;
  /** The output whose last line has no end yet. */
  private open?: LogStreamLetter;
  private isFull = false;

  private constructor(
    readonly folder: string,
    private run: RecordedRun,
    onFault: (fault: Error) => void,
  ) {
    this.id = run.id;
    this.progressEvents = new GrowingFile(join(folder, RECORDING_FILES.progressEvents), onFault);
    this.log = new GrowingFile(join(folder, RECORDING_FILES.log), onFault);
  }

  /**
   * Makes the folder of a run. Others see it only when its first files are whole.
   *
   * @param runs the folder of the stack's recordings
   * @param onFault called when the disk refuses more
   * @throws Error if the folder can't be made
   */
  static create(runs: string, run: RecordedRun, eventText: string, onFault: (fault: Error) => void): Recording {
    makeKeptFolder(runs, join(runs, '..', '..'));
    const [unfinished, folder] = [join(runs, `.new-${run.id}`), join(runs, run.id)];
    mkdirSync(unfinished, { mode: 0o700 });
    try {
      writeFileSync(join(unfinished, RECORDING_FILES.run), json(run), { mode: 0o600 });
      writeFileSync(join(unfinished, RECORDING_FILES.event), eventText, { mode: 0o600 });
      renameSync(unfinished, folder);
    } catch (error) {
      rmSync(unfinished, { recursive: true, force: true });
      throw error;
    }
    return new Recording(folder, run, onFault);
  }

  happened(progressEvent: RecordedProgressEvent): void {
    this.progressEvents.appendNow(`${JSON.stringify(progressEvent)}\n`);
  }

  /**
   * @param at milliseconds since the start of the run
   * @param isCut whether the last line goes on
   */
  lines(
    at: number,
    start: string,
    stream: 'o' | 'e',
    lines: readonly string[],
    isCut: boolean,
  ): Promise<void> | undefined {
    if (this.isFull) return undefined;
    const prefix = logPrefix(at, start, stream);
    const continues = this.open === stream;
    const head = this.open !== undefined && !continues ? '\n' : '';
    const text = lines.join(`\n${prefix}`);
    this.open = isCut ? stream : undefined;
    const appended = this.log.append(`${head}${continues ? '' : prefix}${text}${isCut ? '' : '\n'}`);
    if (this.log.size > RECORDING_BOUNDS.logBytes) this.fill(at, start);
    return appended;
  }

  mark(at: number, start: string, mark: LogMark): void {
    const head = this.open === undefined ? '' : '\n';
    this.open = undefined;
    this.log.append(`${head}${logPrefix(at, start, 'm')}${JSON.stringify(mark)}\n`);
  }

  async flush(): Promise<void> {
    await Promise.all([this.progressEvents.flush(), this.log.flush()]);
  }

  /** Writes the rest and how the run ended, also while the process ends. */
  close(end: Omit<NonNullable<RecordedRun['end']>, 'bytes'>): void {
    this.progressEvents.close();
    this.log.close();
    const bytes = Object.values(RECORDING_FILES).reduce((sum, name) => sum + sizeOf(join(this.folder, name)), 0);
    this.replaceRun({ ...this.run, end: { ...end, bytes } });
  }

  /** Keeps how far the items of the run are. */
  counted(items: RecordedItems): void {
    this.replaceRun({ ...this.run, items });
  }

  private replaceRun(run: RecordedRun): void {
    this.run = run;
    const path = join(this.folder, RECORDING_FILES.run);
    writeFileSync(`${path}.new`, json(run), { mode: 0o600 });
    renameSync(`${path}.new`, path);
  }

  private fill(at: number, start: string): void {
    this.isFull = true;
    const size = `${RECORDING_BOUNDS.logBytes / 1_000_000} MB`;
    this.mark(at, start, { kind: 'note', title: 'Log is full', detail: `Only the first ${size} of output are kept` });
  }
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}

function json(value: object): string {
  return `${JSON.stringify(value)}\n`;
}
