import { type FileHandle, open } from 'node:fs/promises';
import { HEAD_BYTES } from '../../local/recording/log-row';
import type { LogFilter } from '../../model/log';
import { LogIndex } from './log-index';
import { RowSplitter } from './row-splitter';

/** Bytes that are read at once. */
const CHUNK_BYTES = 2 ** 20;

/** Bytes before the end of what is indexed. If they change, it is another file. */
const SEAM_BYTES = 64;

/** A growing log file and its index. The file is open only while it is read. */
export class LogFile {
  private current = new LogIndex();
  private inode?: number;
  private seam: Buffer = Buffer.alloc(0);
  /** Whether the last row, which has no line break, counts as one. */
  private hasUnfinished = false;
  private reading?: Promise<void>;
  /** Of the last reading. */
  private failure?: { readonly error: unknown };
  private wake: (() => void)[] = [];

  constructor(readonly path: string) {}

  /** Rows that were found so far. */
  get index(): LogIndex {
    return this.current;
  }

  /** Whether {@link read} is at work. */
  get isBeingRead(): boolean {
    return this.reading !== undefined;
  }

  /**
   * Indexes what was appended. A file that was replaced or truncated is read again, one that is gone has no rows.
   *
   * @param isComplete whether nothing more will be appended, so that the last row is one even without a line break
   */
  read(isComplete: boolean): Promise<void> {
    this.reading ??= this.catchUp(isComplete)
      .then(
        () => {
          this.failure = undefined;
        },
        (error: unknown) => {
          this.failure = { error };
          throw error;
        },
      )
      .finally(() => {
        this.reading = undefined;
        this.progressed();
      });
    return this.reading;
  }

  /**
   * Waits until a filter lets so many rows through, or the whole file has been read.
   *
   * @throws what kept the file from being read
   */
  async has(count: number, filter: LogFilter): Promise<void> {
    while (this.reading !== undefined && this.index.totals(filter).total < count) {
      const progress = new Promise<void>((resolve) => this.wake.push(resolve));
      await progress;
    }
    if (this.failure !== undefined) throw this.failure.error;
  }

  /** Opens the file. Undefined if there is none. */
  async open(): Promise<FileHandle | undefined> {
    return open(this.path, 'r').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined;
      throw error;
    });
  }

  /** Calls a function with the open file. Without a file, it isn't called. */
  async withFile<T>(use: (file: FileHandle) => Promise<T>): Promise<T | undefined> {
    const file = await this.open();
    if (file === undefined) return undefined;
    try {
      return await use(file);
    } finally {
      await file.close();
    }
  }

  private async catchUp(isComplete: boolean): Promise<void> {
    const isThere = await this.withFile(async (file) => {
      const { ino, size } = await file.stat();
      if (!(await this.isSame(file, ino, size))) this.forget();
      this.inode = ino;
      if (size > this.index.end) await this.append(file, size, isComplete);
      return true;
    });
    if (!isThere) this.forget();
  }

  private async append(file: FileHandle, size: number, isComplete: boolean): Promise<void> {
    const { index } = this;
    const splitter = new RowSplitter(index.end, HEAD_BYTES, (row, offset, length) => index.add(row, offset, length));
    for await (const chunk of chunks(file, index.end, size)) {
      splitter.feed(chunk);
      this.progressed();
    }
    if (isComplete && splitter.unfinished.length > 0) {
      splitter.end();
      this.hasUnfinished = true;
    }
    const from = Math.max(0, index.end - SEAM_BYTES);
    this.seam = await bytesOf(file, from, index.end);
  }

  /** Whether the file still begins with what is indexed. */
  private async isSame(file: FileHandle, inode: number, size: number): Promise<boolean> {
    const { end } = this.index;
    if (end === 0) return true;
    if (this.hasUnfinished) return inode === this.inode && size === end - 1;
    if (inode !== this.inode || size < end) return false;
    return (await bytesOf(file, end - this.seam.length, end)).equals(this.seam);
  }

  private forget(): void {
    this.current = new LogIndex();
    this.hasUnfinished = false;
    this.seam = Buffer.alloc(0);
  }

  private progressed(): void {
    for (const wake of this.wake.splice(0)) wake();
  }
}

/** The bytes of a file from a position to another, or to its end. A chunk's memory is used again for the next one. */
export async function* chunks(file: FileHandle, from: number, to: number, size = CHUNK_BYTES): AsyncGenerator<Buffer> {
  const buffer = Buffer.allocUnsafe(Math.max(1, Math.min(size, to - from)));
  for (let position = from; position < to; ) {
    const { bytesRead } = await file.read(buffer, 0, Math.min(buffer.length, to - position), position);
    if (bytesRead === 0) return;
    position += bytesRead;
    yield buffer.subarray(0, bytesRead);
  }
}

async function bytesOf(file: FileHandle, from: number, to: number): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const chunk of chunks(file, from, to)) pieces.push(Buffer.from(chunk));
  return Buffer.concat(pieces);
}
