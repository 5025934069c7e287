import type { FileHandle } from 'node:fs/promises';
import { HEAD_BYTES, markOf, type RowHead, rowHead } from '../../local/recording/log-row';
import { HITS, isError, LINE_LENGTH, type LogFilter, passes, type SearchMessage } from '../../model/log';
import { plainText } from '../../model/log-text';
import { chunks, type LogFile } from './log-file';
import type { Segment } from './log-index';

/** What to look for: a text, whose case does not matter, or lines that report errors. */
export type Search = { readonly text: string } | { readonly errors: true };

/** Bytes of a segment that are searched at once. More are of a single large row, which is searched in pieces. */
const AT_ONCE = 2 ** 22;

/** Characters of a piece that are searched with the next one: a control sequence can be cut. */
const OVERLAP = 256;

/** Milliseconds between two counts that are reported. */
const REPORT_MS = 200;

/**
 * Searches what a filter lets through, without control sequences of terminals, in the order of the lines. What is indexed later is not
 * searched.
 *
 * @param signal ends the search
 */
export async function* search(
  log: LogFile,
  what: Search,
  filter: LogFilter,
  signal: AbortSignal,
): AsyncGenerator<SearchMessage> {
  const { index } = log;
  const finder = new Finder(what);
  const passing = index.counter(filter);
  let [count, before, reported] = [0, 0, Date.now()];
  for (const segment of [...index.segments]) {
    if (signal.aborted) return;
    const inside = passing(segment);
    const hits = inside === 0 ? [] : ((await log.withFile((file) => finder.hits(file, segment, filter))) ?? []);
    for (const { row, position } of hits) {
      count += 1;
      if (count <= HITS) yield { number: segment.row + row, index: before + position };
    }
    before += inside;
    if (Date.now() - reported < REPORT_MS) continue;
    reported = Date.now();
    yield { count, isComplete: false };
  }
  yield { count, isComplete: true };
}

/** A row of a segment, and its position among those of the segment that the filter lets through. */
interface Hit {
  readonly row: number;
  readonly position: number;
}

class Finder {
  private readonly text: string;

  constructor(private readonly what: Search) {
    this.text = 'text' in what ? what.text.toLowerCase() : '';
  }

  async hits(file: FileHandle, segment: Segment, filter: LogFilter): Promise<Hit[]> {
    const { offset, end, rows } = segment;
    if (end - offset > AT_ONCE) return this.hitsInPieces(file, segment, filter);
    const pieces: Buffer[] = [];
    for await (const chunk of chunks(file, offset, end)) pieces.push(Buffer.from(chunk));
    const whole = Buffer.concat(pieces).toString('utf8');
    if (!this.canHave(whole)) return [];
    const hits: Hit[] = [];
    let position = 0;
    for (const [row, line] of whole.split('\n').slice(0, rows).entries()) {
      const head = rowHead(line);
      if (!passes(filter, head)) continue;
      if (this.isIn(head, line.slice(head.length))) hits.push({ row, position });
      position += 1;
    }
    return hits;
  }

  /** Whether rows can have the text. What is written otherwise than it is shown can have any. */
  private canHave(rows: string): boolean {
    if (this.text === '' || rows.includes('\u001B') || rows.includes('\tm\t{')) return true;
    return rows.toLowerCase().includes(this.text);
  }

  private isIn(head: RowHead, text: string): boolean {
    if (head.stream === 'mark') {
      const { title, detail } = markOf(text);
      return 'text' in this.what && `${title} ${detail}`.toLowerCase().includes(this.text);
    }
    const plain = plainText(text);
    return 'text' in this.what ? plain.toLowerCase().includes(this.text) : isError(plain.slice(0, LINE_LENGTH));
  }

  /** Searches a segment whose last row is a large one. */
  private async hitsInPieces(file: FileHandle, segment: Segment, filter: LogFilter): Promise<Hit[]> {
    const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
    const hits: Hit[] = [];
    let [row, position, rest, isHit] = [0, 0, '', false];
    let head: RowHead | undefined;
    const piece = (text: string, isEnd: boolean) => {
      const whole = rest + text;
      if (head === undefined && !isEnd && whole.length < HEAD_BYTES) {
        rest = whole;
        return;
      }
      const known: RowHead = head ?? rowHead(whole);
      const content = head === undefined ? whole.slice(known.length) : whole;
      isHit ||= passes(filter, known) && (head === undefined || 'text' in this.what) && this.isIn(known, content);
      head = known;
      rest = content.slice(-(this.text.length + OVERLAP));
      if (!isEnd) return;
      if (isHit) hits.push({ row, position });
      if (passes(filter, known)) position += 1;
      [row, rest, isHit, head] = [row + 1, '', false, undefined];
    };
    for await (const chunk of chunks(file, segment.offset, segment.end)) {
      const lines = decoder.decode(chunk, { stream: true }).split('\n');
      for (const [index, line] of lines.entries()) piece(line, index < lines.length - 1);
    }
    // A row without a line break, which the end of the run made one.
    if (row < segment.rows) piece('', true);
    return hits;
  }
}
