import { constants } from 'node:os';
import { errorMessage } from '../../../modules/problems/error-message';
import { atExit } from '../../command/at-exit';
import { nextCommand } from '../../command/next-command';
import { causeDocument } from '../../model/cause';
import type { EarlierRun } from '../../model/earlier-run';
import type { RetryPolicy } from '../../model/run';
import type { ProgressEvent } from '../../run-report/progress-event';
import {
  RECORDING_FILES,
  RECORDING_VERSION,
  RECORDINGS_FOLDER,
  type RecordedProgressEvent,
  type RecordedRun,
} from './format';
import { ItemsTally } from './items-tally';
import { Marks } from './marks';
import { processIdentity } from './process-identity';
import { prune } from './pruning';
import { Recording } from './recording';
import { runsFolder } from './recording-folders';
import { recordingId } from './recording-id';
import { recordedBars } from './run-of-progress';
import { RunProgress } from './run-progress';

/** What a note about a run without a recording begins with. */
export const NOT_RECORDED = 'This run is not recorded';

/** Milliseconds between two counts of items in `run.json`. */
const TALLY_MS = 1_000;

/** What is known of a run before it starts. */
export interface RecordedJob {
  readonly stack: string;
  readonly job: string;
  readonly policy: RetryPolicy;
  /** The run whose end starts it. @default it is not part of a chain, or its first run */
  readonly earlier?: EarlierRun;
  /** The words that repeat the run. @param eventFile path of the recorded event */
  readonly words: (eventFile: string) => readonly string[];
}

/** The event of a run. */
export interface RecordedEvent {
  readonly source: string;
  readonly text: string;
}

/**
 * Records a run on this machine in a folder, as far as the folder can be written. No fault of the recording is one of the run.
 *
 * @see {@link RECORDING_FILES}
 */
export class Recorder {
  /** Why the run is not recorded, or not to its end. */
  fault?: string;
  /** What happens before it is known whether there will be a run. */
  private before: RecordedProgressEvent[] = [];
  private began = { at: Date.now(), clock: performance.now() };
  private run?: RecordedRun;
  private recording?: Recording;
  private progress?: RunProgress;
  private marks?: Marks;
  private readonly tally = new ItemsTally();
  /** When `run.json` got the counts of the items. */
  private tallied = Number.NEGATIVE_INFINITY;

  /** @param onFault called if the disk refuses more while the run goes on */
  constructor(
    private readonly job: RecordedJob,
    private readonly onFault: (reason: string) => void = () => {},
    private readonly runs = runsFolder(job.stack),
  ) {}

  /** ID of the recording. Undefined if there is none. */
  get id(): string | undefined {
    return this.run?.id;
  }

  /** The trigger function is invoked: the run's time begins. */
  invoked(): void {
    this.began = { at: Date.now(), clock: performance.now() };
  }

  /**
   * An execution has started.
   *
   * @param name of the execution
   * @returns the recording's id and its folder relative to the working folder. Undefined if it can't be made
   */
  start(name: string, event: RecordedEvent): { readonly id: string; readonly folder: string } | undefined {
    const { stack, job, policy, earlier, words } = this.job;
    const { at: startedAt } = this.began;
    const id = recordingId(startedAt);
    const folder = [RECORDINGS_FOLDER, stack, 'runs', id].join('/');
    const repeated = words(`${folder}/${RECORDING_FILES.event}`);
    const { source, text } = event;
    const run: RecordedRun = {
      version: RECORDING_VERSION,
      ...{ id, stack, job, name, startedAt },
      words: repeated,
      command: nextCommand('local', repeated),
      process: processIdentity(),
      event: { source, bytes: Buffer.byteLength(text) },
      ...(earlier !== undefined && { earlier }),
      policy,
    };
    try {
      this.recording = Recording.create(this.runs, run, text, (fault) => this.abandon(fault));
    } catch (error) {
      this.fault = errorMessage(error);
      return undefined;
    }
    this.run = run;
    this.progress = new RunProgress(startedAt);
    this.marks = new Marks(policy);
    atExit(() => this.exiting());
    noticeReader();
    const { before } = this;
    this.before = [];
    for (const progressEvent of before) this.record(progressEvent);
    return { id, folder };
  }

  tell(progressEvent: ProgressEvent): void {
    if (progressEvent.type === 'output' || progressEvent.type === 'recorded') return;
    this.record({ at: this.now, ...withoutVariables(progressEvent) });
  }

  /** @param isCut whether the last line goes on. @param item of the container, for a job with `forEach` */
  lines(
    stream: 'stdout' | 'stderr',
    lines: readonly string[],
    isCut: boolean,
    item?: number,
  ): Promise<void> | undefined {
    const { start = '' } = this.marks ?? {};
    const place = item === undefined ? start : `${start}.${item}`;
    return this.recording?.lines(this.elapsed(this.now), place, stream === 'stdout' ? 'o' : 'e', lines, isCut);
  }

  /** Ends the recording of a run that has started. @param error why the run could not go on */
  async close(error?: string): Promise<void> {
    if (error !== undefined) this.record({ at: this.now, type: 'error', error });
    const { recording } = this;
    if (recording === undefined) return;
    await recording.flush();
    this.end();
    await prune(this.runs, recording.id);
  }

  /** Milliseconds since 1970. A clock that is set meanwhile doesn't change the order. */
  private get now(): number {
    return Math.round(this.began.at + performance.now() - this.began.clock);
  }

  private elapsed(at: number): number {
    return Math.max(0, at - this.began.at);
  }

  private record(progressEvent: RecordedProgressEvent): void {
    const { recording, progress, marks } = this;
    if (recording === undefined) {
      this.before.push(progressEvent);
      return;
    }
    progress?.next(progressEvent);
    if (this.tally.next(progressEvent)) this.recordItems(recording, progressEvent);
    // Of each of them, the counts have all.
    if (progressEvent.type === 'child' && progressEvent.outcome === 'succeeded') return;
    recording.happened(progressEvent);
    for (const { at, start, mark } of marks?.next(progressEvent) ?? []) recording.mark(this.elapsed(at), start, mark);
  }

  /** Replaces the counts in `run.json`, at most once a second. */
  private recordItems(recording: Recording, { type, at }: RecordedProgressEvent): void {
    if (type === 'child' && at - this.tallied < TALLY_MS) return;
    this.tallied = at;
    const { items } = this.tally;
    if (items === undefined) return;
    try {
      recording.counted(items);
    } catch (error) {
      this.abandon(error as Error);
    }
  }

  /** The process ends, and the run has not. */
  private exiting(): void {
    if (this.recording === undefined) return;
    const code = Number(process.exitCode ?? 1);
    const [signal] = Object.entries(constants.signals).find(([, number]) => code === 128 + number) ?? [];
    const at = this.now;
    const by = signal === undefined ? undefined : stopper(signal);
    // A reader such as "head" has seen enough.
    const stopped = by ?? (isUnread ? 'the reader of its output' : undefined);
    if (stopped !== undefined) this.record({ at, type: 'stopped', by: stopped });
    else this.record({ at, type: 'error', error: `The command ended with exit code ${code}` });
    this.end();
  }

  private end(): void {
    const { recording, progress, run } = this;
    this.recording = undefined;
    if (recording === undefined || progress === undefined || run === undefined) return;
    const { at: endedAt, outcome } = progress.end ?? { at: this.now, outcome: 'stopped' as const };
    try {
      const { items } = this.tally;
      if (items !== undefined) recording.counted(items);
      recording.close({
        endedAt,
        outcome,
        attempt: progress.attempts.at(-1)?.number,
        bars: recordedBars(run, progress),
      });
    } catch (error) {
      this.fault = errorMessage(error);
    }
  }

  private abandon(fault: Error): void {
    if (this.fault !== undefined) return;
    this.fault = errorMessage(fault);
    this.onFault(this.fault);
  }
}

/** Whether whoever read the output has stopped doing so. Undefined until somebody wants to know. */
let isUnread: boolean | undefined;

function noticeReader(): void {
  if (isUnread !== undefined) return;
  isUnread = false;
  // Before the listener that ends the process.
  process.stdout.prependOnceListener('error', () => {
    isUnread = true;
  });
}

/** Who sends a signal. */
function stopper(signal: string): string {
  // The console gives its runs this variable, and ends them.
  if (signal === 'SIGTERM' && process.env.BATCH_JOBS_EVENT_SOURCE !== undefined) return 'the console';
  return signal === 'SIGINT' ? 'Ctrl-C' : signal;
}

/** The cause of a failed job is its whole detail, and values of secrets among its variables. */
function withoutVariables<Told extends ProgressEvent>(progressEvent: Told): Told {
  const document = progressEvent.type === 'result' ? causeDocument(progressEvent.cause) : undefined;
  if (document === undefined) return progressEvent;
  const cause = JSON.stringify(document, (key, value) => (key === 'Environment' ? undefined : value));
  return { ...progressEvent, cause };
}
