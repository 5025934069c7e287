import { HEAD_BYTES, rowHead } from '../../local/recording/log-row';
import { type LogFilter, passes } from '../../model/log';
import { chunks, type LogFile } from './log-file';

const LINE_FEED = 0x0a;

/** What containers wrote, byte for byte, as far as the filter lets it through: without times and marks. */
export async function* output(log: LogFile, filter: LogFilter): AsyncGenerator<Buffer> {
  const end = log.index.end;
  const pieces: Buffer[] = [];
  const state = new Output(filter, (bytes) => pieces.push(bytes));
  // The file stays open until the last byte was sent, so it isn't another one in between.
  const file = await log.open();
  if (file === undefined) return;
  try {
    for await (const chunk of chunks(file, 0, end)) {
      state.feed(chunk);
      yield Buffer.concat(pieces.splice(0));
    }
  } finally {
    await file.close();
  }
}

class Output {
  /** The start of a row, until it is whole. */
  private begun: Buffer = Buffer.alloc(0);
  /** Whether the row that has begun is let through. Undefined until its start is whole. */
  private passes?: boolean;

  constructor(
    private readonly filter: LogFilter,
    private readonly write: (bytes: Buffer) => void,
  ) {}

  feed(chunk: Buffer): void {
    for (let position = 0; position < chunk.length; ) {
      const end = chunk.indexOf(LINE_FEED, position);
      const next = end === -1 ? chunk.length : end + 1;
      this.part(chunk.subarray(position, next), end !== -1);
      position = next;
    }
  }

  /** A part of a row. The last one has the line break. */
  private part(bytes: Buffer, isLast: boolean): void {
    if (this.passes === undefined) {
      const begun = this.begun.length === 0 ? bytes : Buffer.concat([this.begun, bytes]);
      if (!isLast && begun.length < HEAD_BYTES) {
        this.begun = Buffer.from(begun);
        return;
      }
      const head = rowHead(begun.toString('latin1', 0, HEAD_BYTES));
      this.passes = head.stream !== 'mark' && passes(this.filter, head);
      if (this.passes) this.write(begun.subarray(head.length));
      this.begun = Buffer.alloc(0);
    } else if (this.passes) this.write(bytes);
    if (isLast) this.passes = undefined;
  }
}
