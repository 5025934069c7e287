import type { EarlierRun } from '../../model/earlier-run';
import type { MiniBar, RetryPolicy, RunOutcome } from '../../model/run';
import type { ProgressEvent } from '../../run-report/progress-event';

/** Folder in the working folder that runs on this machine are kept in. */
export const RECORDINGS_FOLDER = '.batch-jobs';

/** Files of a recording, which is a folder `.batch-jobs/<stack>/runs/<id>`. */
export const RECORDING_FILES = {
  /** A {@link RecordedRun}, replaced as a whole when the run has started and when it has ended. */
  run: 'run.json',
  /** A {@link RecordedProgressEvent} a line, in the order of their times. The last line can be cut. */
  progressEvents: 'events.ndjson',
  /** A line of output or a mark a line, see {@link logPrefix}. The last line can be cut. */
  log: 'log.tsv',
  /** The text of the whole event. */
  event: 'event.json',
} as const;

/** Version of the format. A recording with a later one is left alone. */
export const RECORDING_VERSION = 1;

/** Content of `run.json`. Times are milliseconds since 1970. */
export interface RecordedRun {
  readonly version: typeof RECORDING_VERSION;
  /** Name of the folder. */
  readonly id: string;
  readonly stack: string;
  readonly job: string;
  /** Name of the execution. */
  readonly name: string;
  /** When the trigger function was invoked. */
  readonly startedAt: number;
  /** The words after `batch-jobs local` that repeat the run, without values of secrets. */
  readonly words: readonly string[];
  /** The whole command, as this folder's package manager runs it. */
  readonly command: string;
  /** The process that runs it. */
  readonly process: ProcessIdentity;
  readonly event: { readonly source: string; readonly bytes: number };
  /** The run whose end started it, in a chain. */
  readonly earlier?: EarlierRun;
  readonly policy: RetryPolicy;
  /** Of a job with `forEach`, from the first attempt on. */
  readonly items?: RecordedItems;
  /** Undefined while the run goes on, and of one whose process was killed. */
  readonly end?: RecordedEnd;
}

/** How far the items of a run are. Those that a later attempt repeats are waiting. */
export interface RecordedItems {
  /** Items of the run. */
  readonly count: number;
  readonly succeeded: number;
  /** In their last attempt. */
  readonly failed: number;
  readonly running: number;
  readonly waiting: number;
  /** The first by their positions. */
  readonly failures: readonly RecordedItemFailure[];
}

export interface RecordedItemFailure {
  /** Position of the item in the run, from 0. */
  readonly index: number;
  readonly reason: string;
  readonly exitCode?: number;
  readonly attempt: number;
}

/** What a list of runs shows of one that has ended. */
export interface RecordedEnd {
  readonly endedAt: number;
  readonly outcome: RunOutcome;
  /** The last attempt, from 1. */
  readonly attempt?: number;
  readonly bars: readonly MiniBar[];
  /** Size of all files of the recording in bytes. */
  readonly bytes: number;
}

/** A process that can be told from a later one with the same number. */
export interface ProcessIdentity {
  readonly pid: number;
  /** When it was started, in the words of the system. Undefined where the system doesn't say. */
  readonly started?: string;
}

/** What happened in a run, without the output of containers. `at`: milliseconds since 1970. */
export type RecordedProgressEvent = { readonly at: number } & (
  | Exclude<ProgressEvent, { type: 'output' | 'recorded' }>
  /** It could not go on. */
  | { readonly type: 'error'; readonly error: string }
  /** Its process was stopped: by `Ctrl-C`, `the console` or a signal. */
  | { readonly type: 'stopped'; readonly by: string }
);

/** Where a line of a log comes from, by its letter: an output of the container, a log of AWS, or a mark. */
export const LOG_STREAMS = { o: 'stdout', e: 'stderr', l: 'log', m: 'mark' } as const;

export type LogStreamLetter = keyof typeof LOG_STREAMS;

/**
 * What a line of `log.tsv` begins with: `<ms since start>\t<attempt>.<start>\t<letter>\t`. For a job with `forEach`, the second part is
 * `<attempt>.<start>.<item>`, with the position of the item whose container wrote the line. The rest of the line is the text, which can have
 * tabs, or for a mark the JSON of a LogMark.
 *
 * @param at milliseconds since the start of the run, a whole number
 * @param start `2.3`; empty for a mark before the first start
 */
export function logPrefix(at: number, start: string, letter: LogStreamLetter): string {
  return `${at}\t${start}\t${letter}\t`;
}
