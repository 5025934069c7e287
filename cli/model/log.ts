import type { LogLine } from './console';

/** Characters of a line that the page gets at once. */
export const LINE_LENGTH = 4_096;

/** Lines that a request can ask for. */
export const PAGE_LINES = 500;

/** Hits of a search that are named. Further ones are only counted. */
export const HITS = 1_000;

/** Bytes of a whole line that the page can show. The download has all of it. */
export const WHOLE_LINE_BYTES = 4 * 2 ** 20;

/** Which lines of a log to show. Marks belong to every stream. */
export interface LogFilter {
  /** `2.3`: start 3 of attempt 2. `2`: all starts of attempt 2. @default all */
  readonly start?: string;
  /** @default all */
  readonly stream?: 'stdout' | 'stderr';
}

/** Lines of a log that follow each other, as far as the filter lets them through. */
export interface LogPage {
  readonly lines: readonly LogLine[];
  /** Position of the first of them, from 0, among the lines that the filter lets through. */
  readonly from: number;
  /** How many lines the filter lets through, marks included. It grows while the log is being read or written. */
  readonly total: number;
  /** How many of them containers wrote, and their size in bytes. */
  readonly written: number;
  readonly bytes: number;
  /** What the whole log has besides marks. */
  readonly streams: readonly ('stdout' | 'stderr' | 'log')[];
  /** Whether nothing more will be written, and all of it has been read. */
  readonly isComplete: boolean;
  /** Why lines are missing, for people. */
  readonly problem?: string;
}

/** A message of a streamed search. */
export type SearchMessage =
  /** The line's number in the whole log, and its position among those that the filter lets through. */
  | { readonly number: number; readonly index: number }
  /** How many lines have it so far, and whether the whole log has been searched. */
  | { readonly count: number; readonly isComplete: boolean }
  | { readonly error: string };

/** A whole line. `bytes` is its size; the text has at most the first 4 MiB. */
export interface WholeLine {
  readonly text: string;
  readonly bytes: number;
}

/** Whether a line comes from a start that the filter lets through. */
export function passes(filter: LogFilter, line: Pick<LogLine, 'start' | 'stream'>): boolean {
  const { start, stream } = filter;
  if (start !== undefined && line.start !== start && !line.start.startsWith(`${start}.`)) return false;
  return stream === undefined || line.stream === stream || line.stream === 'mark';
}

/** A date, time, level or logger in brackets before the word. */
const BEFORE = String.raw`^[\d\s:.,TZ+\-/|]*(?:\[[^\]]{0,40}\][\s:]*)*`;
const ERROR = new RegExp(String.raw`${BEFORE}\[?(?:[\w.$]*(?:error|exception)|traceback|fatal|panic)\b`, 'i');
const JSON_ERROR =
  /^\s*\{.*"(?:level|levelname|lvl|severity)"\s*:\s*(?:"(?:error|fatal|critical|alert|emergency)"|[56]0\b)/i;
const FRAME = /^\s+(?:at \S|File ".+", line \d|\.\.\. \d+ more)/;

/** Whether a line reports an error: by its first word, or by its level if it is JSON. */
export function isError(text: string): boolean {
  const start = text.slice(0, 400);
  return ERROR.test(start) || JSON_ERROR.test(start);
}

/** Whether a line is a frame of a stack trace. */
export function isFrame(text: string): boolean {
  return FRAME.test(text.slice(0, 400));
}
