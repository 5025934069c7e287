import type { LogLine, LogMark } from '../../model/console';
import { LOG_STREAMS, type LogStreamLetter } from './format';

/** What `logPrefix` writes. */
const HEAD = /^(\d{1,15})\t(\d{1,9}\.\d{1,9}|)(?:\.(\d{1,7}))?\t([oelm])\t/;

/** Bytes that the start of a row can have. */
export const HEAD_BYTES = 48;

/** What stands before the text of a row. A row that is not in the format is text as a whole. */
export interface RowHead extends Pick<LogLine, 'at' | 'start' | 'stream'> {
  /** Position of the item whose container wrote it, in a run of a job with `forEach`. */
  readonly item?: number;
  /** Characters before the text. Each is one byte. */
  readonly length: number;
}

/** Reads the start of a row. */
export function rowHead(row: string): RowHead {
  const [head, at, start, item, letter] = HEAD.exec(row) ?? [];
  if (head === undefined) return { at: 0, start: '', stream: 'log', length: 0 };
  return {
    ...{ at: Number(at), start: start ?? '', stream: LOG_STREAMS[letter as LogStreamLetter], length: head.length },
    ...(item !== undefined && { item: Number(item) }),
  };
}

/** Reads a mark. What is not one is shown as it is. */
export function markOf(text: string): LogMark {
  try {
    const { kind, title, detail } = JSON.parse(text) as Partial<LogMark>;
    if (typeof title === 'string')
      return { kind: kind ?? 'note', title, detail: typeof detail === 'string' ? detail : '' };
  } catch {
    // It is shown as it is.
  }
  return { kind: 'note', title: text, detail: '' };
}
