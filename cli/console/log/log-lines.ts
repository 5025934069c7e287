import type { FileHandle } from 'node:fs/promises';
import { HEAD_BYTES, markOf, rowHead } from '../../local/recording/log-row';
import type { LogLine } from '../../model/console';
import {
  LINE_LENGTH,
  type LogFilter,
  type LogPage,
  PAGE_LINES,
  passes,
  WHOLE_LINE_BYTES,
  type WholeLine,
} from '../../model/log';
import { chunks, type LogFile } from './log-file';
import { type Segment, withoutReturn } from './log-index';
import { RowSplitter } from './row-splitter';

/** Bytes that are read at once: 1,000 short lines have about as many. */
const CHUNK_BYTES = 2 ** 17;

/** Bytes that hold as many characters as are shown of a line: UTF-8 has at most 3 for each code unit of a string. */
const KEPT_BYTES = HEAD_BYTES + 3 * LINE_LENGTH + 3;

/** A row of the file: its first bytes, its number and the bytes of all of it. */
interface Row {
  readonly bytes: Buffer;
  readonly number: number;
  readonly length: number;
}

/**
 * Reads lines, in memory that depends on their number only. What the filter needs must be indexed.
 *
 * @param from position of the first line among those that the filter lets through. A negative one counts from the end: -1 means the last `count`
 */
export async function linesOf(
  log: LogFile,
  from: number,
  count: number,
  filter: LogFilter,
): Promise<Omit<LogPage, 'isComplete'>> {
  const { index } = log;
  const wanted = Math.min(count, PAGE_LINES);
  const totals = index.totals(filter);
  const first = from < 0 ? Math.max(0, totals.total - wanted) : from;
  const lines: LogLine[] = [];
  const passing = index.counter(filter);
  await log.withFile(async (file) => {
    let before = 0;
    for (const segment of index.segments) {
      const inside = passing(segment);
      const skip = Math.max(0, first - before);
      before += inside;
      if (skip >= inside) continue;
      const rows = await rowsOf(file, segment, KEPT_BYTES);
      const found = rows.map(lineOf).filter((line) => passes(filter, line));
      lines.push(...found.slice(skip, skip + wanted - lines.length));
      if (lines.length >= wanted) return;
    }
  });
  return { lines, from: first, ...totals, streams: index.streams() };
}

/** Reads one line, up to the limit of a page. Undefined if there is no such line. */
export async function wholeLine(log: LogFile, number: number): Promise<WholeLine | undefined> {
  const segment = log.index.segments.find(({ row, rows }) => number >= row && number < row + rows);
  if (segment === undefined) return undefined;
  return log.withFile(async (file) => {
    const rows = await rowsOf(file, segment, WHOLE_LINE_BYTES + HEAD_BYTES, number);
    const row = rows.find((one) => one.number === number);
    if (row === undefined) return undefined;
    const { length } = rowHead(row.bytes.toString('latin1', 0, HEAD_BYTES));
    const text = withoutReturn(row.bytes.subarray(length, length + WHOLE_LINE_BYTES));
    return { text: text.toString('utf8'), bytes: row.length - length };
  });
}

/** The rows of a segment. `only` spares the memory of the others. */
async function rowsOf(file: FileHandle, segment: Segment, keep: number, only?: number): Promise<Row[]> {
  const { offset, end, row, rows: count } = segment;
  const rows: Row[] = [];
  let number = row;
  const splitter = new RowSplitter(offset, keep, (bytes, _, length) => {
    // The chunk's memory is used again.
    if (only === undefined || only === number) rows.push({ bytes: Buffer.from(bytes), number, length });
    number += 1;
  });
  for await (const chunk of chunks(file, offset, end, CHUNK_BYTES)) {
    splitter.feed(chunk);
    const { length, offset: begin } = splitter.unfinished;
    // A large row is the last one of its segment, which says where it ends.
    if (length >= keep && number === row + count - 1) splitter.end(end - 1 - begin);
    if (number >= row + count) return rows;
  }
  // A row without a line break, which the end of the run made one.
  if (splitter.unfinished.length > 0) splitter.end();
  return rows;
}

function lineOf({ bytes, number, length }: Row): LogLine {
  const isCut = bytes.length < length;
  const row = (isCut ? bytes : withoutReturn(bytes)).toString('utf8');
  const head = rowHead(row);
  const { at, start, stream, item } = head;
  const text = `${item === undefined ? '' : `#${item} `}${row.slice(head.length)}`;
  if (stream === 'mark') return { number, at, start, stream, text: '', mark: markOf(text) };
  if (text.length <= LINE_LENGTH) return { number, at, start, stream, text };
  return { number, at, start, stream, text: cut(text), bytes: length - head.length };
}

/** The characters that are shown, without half of the last one. */
function cut(text: string): string {
  const last = text.charCodeAt(LINE_LENGTH - 1);
  const isHalf = last >= 0xd800 && last <= 0xdbff;
  return text.slice(0, isHalf ? LINE_LENGTH - 1 : LINE_LENGTH);
}
