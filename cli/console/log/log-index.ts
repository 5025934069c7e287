import { HEAD_BYTES, rowHead } from '../../local/recording/log-row';
import type { LogLine } from '../../model/console';
import { type LogFilter, passes } from '../../model/log';

/** Rows after which a new segment begins. */
const SEGMENT_ROWS = 1_000;

/** Bytes after which one begins as well, so that a row that follows large ones is found without reading them. */
const SEGMENT_BYTES = 2 ** 20;

const CARRIAGE_RETURN = 0x0d;

/** Rows that follow each other. */
export interface Segment {
  /** Bytes from the beginning of the file, and the position behind its last line break. */
  readonly offset: number;
  end: number;
  /** Number of its first row, and how many there are. */
  readonly row: number;
  rows: number;
  /** Rows of each kind, by its position among the kinds. */
  readonly counts: Map<number, number>;
}

/** What a filter can tell apart. */
interface Kind extends Pick<LogLine, 'start' | 'stream'> {
  rows: number;
  /** Of the texts, line breaks included. */
  bytes: number;
}

/** Where the rows of a log are: a segment for every 1,000. */
export class LogIndex {
  readonly segments: Segment[] = [];
  private readonly kinds: Kind[] = [];
  private readonly positions = new Map<string, number>();

  /** How many rows there are. */
  get rows(): number {
    const last = this.segments.at(-1);
    return last === undefined ? 0 : last.row + last.rows;
  }

  /** Where the row begins that was not added. */
  get end(): number {
    return this.segments.at(-1)?.end ?? 0;
  }

  /** Adds the row that follows. `begin` is at least its first {@link HEAD_BYTES}. */
  add(begin: Buffer, offset: number, length: number): void {
    const head = rowHead(begin.toString('latin1', 0, HEAD_BYTES));
    const position = this.position(head);
    const kind = this.kinds[position] as Kind;
    kind.rows += 1;
    kind.bytes += length - head.length + 1;
    const segment = this.segmentAt(offset);
    segment.rows += 1;
    segment.end = offset + length + 1;
    segment.counts.set(position, (segment.counts.get(position) ?? 0) + 1);
  }

  /** The totals of what a filter lets through. */
  totals(filter: LogFilter): { readonly total: number; readonly written: number; readonly bytes: number } {
    const kinds = this.kinds.filter((kind) => passes(filter, kind));
    const written = kinds.filter(({ stream }) => stream !== 'mark');
    return {
      total: kinds.reduce((sum, { rows }) => sum + rows, 0),
      written: written.reduce((sum, { rows }) => sum + rows, 0),
      bytes: written.reduce((sum, { bytes }) => sum + bytes, 0),
    };
  }

  /** What containers wrote to. */
  streams(): Exclude<LogLine['stream'], 'mark'>[] {
    return (['stdout', 'stderr', 'log'] as const).filter((name) => this.kinds.some(({ stream }) => stream === name));
  }

  /** For each segment, how many of its rows a filter lets through. */
  counter(filter: LogFilter): (segment: Segment) => number {
    const passing = this.kinds.map((kind) => passes(filter, kind));
    // Kinds that came later are of rows that came later.
    return ({ counts, rows }) => {
      if (passing.every(Boolean)) return rows;
      let sum = 0;
      for (const [position, count] of counts) if (passing[position]) sum += count;
      return sum;
    };
  }

  private position({ start, stream }: Pick<LogLine, 'start' | 'stream'>): number {
    const name = `${stream} ${start}`;
    const known = this.positions.get(name);
    if (known !== undefined) return known;
    this.positions.set(name, this.kinds.length);
    return this.kinds.push({ start, stream, rows: 0, bytes: 0 }) - 1;
  }

  private segmentAt(offset: number): Segment {
    const last = this.segments.at(-1);
    if (last !== undefined && last.rows < SEGMENT_ROWS && last.end - last.offset < SEGMENT_BYTES) return last;
    const segment = { offset, end: offset, row: this.rows, rows: 0, counts: new Map() };
    this.segments.push(segment);
    return segment;
  }
}

/** A row's bytes without the carriage return of Windows. */
export function withoutReturn(row: Buffer): Buffer {
  return row.at(-1) === CARRIAGE_RETURN ? row.subarray(0, -1) : row;
}
