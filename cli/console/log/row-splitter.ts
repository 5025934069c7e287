const LINE_FEED = 0x0a;

/**
 * Receives a row without its line break.
 *
 * @param row its first bytes: at most as many as are kept. Valid until the call returns
 * @param offset position in the file
 * @param length bytes of the whole row
 */
export type OnRow = (row: Buffer, offset: number, length: number) => void;

/** Splits a file into rows. A row of any length takes a bounded amount of memory. */
export class RowSplitter {
  private begun: Buffer[] = [];
  private begunBytes = 0;
  /** Of the row that has begun. */
  private length = 0;

  /**
   * @param offset position of the first row
   * @param keep bytes of a row to hand over
   */
  constructor(
    private offset: number,
    private readonly keep: number,
    private readonly onRow: OnRow,
  ) {}

  /** Where the row begins that has not ended, and how many bytes of it there are. */
  get unfinished(): { readonly offset: number; readonly length: number } {
    return { offset: this.offset, length: this.length };
  }

  feed(chunk: Buffer): void {
    let position = 0;
    for (;;) {
      const end = chunk.indexOf(LINE_FEED, position);
      if (end === -1) break;
      if (this.length === 0) this.emit(chunk.subarray(position, Math.min(end, position + this.keep)), end - position);
      else {
        this.append(chunk.subarray(position, end));
        this.end();
      }
      position = end + 1;
    }
    // What is kept outlives the chunk, whose memory is used again.
    if (position < chunk.length) this.append(chunk.subarray(position));
  }

  /** Ends the row that has begun. Its last bytes need not have been fed: `length` is its length if so. */
  end(length = this.length): void {
    const row = this.begun.length === 1 ? (this.begun[0] as Buffer) : Buffer.concat(this.begun);
    this.begun = [];
    this.begunBytes = 0;
    this.length = 0;
    this.emit(row, length);
  }

  private append(bytes: Buffer): void {
    this.length += bytes.length;
    const missing = this.keep - this.begunBytes;
    if (missing <= 0) return;
    const kept = Buffer.from(bytes.subarray(0, missing));
    this.begun.push(kept);
    this.begunBytes += kept.length;
  }

  private emit(row: Buffer, length: number): void {
    const offset = this.offset;
    this.offset += length + 1;
    this.onRow(row, offset, length);
  }
}
