import { closeSync, openSync, write, writeSync } from 'node:fs';

/** Characters that are collected before they are written. */
const CHUNK = 262_144;
/** Characters that are collected while the disk is busy. Then the writer waits. */
const MOST_COLLECTED = 8_388_608;
/** Milliseconds after which fewer are written. */
const SOON_MS = 50;
/** Milliseconds that a disk gets for one write. */
const PATIENCE_MS = 5_000;

/**
 * A file that text is appended to without keeping the writer waiting. What the disk refuses, or doesn't take in time, ends the file and not
 * the program.
 */
export class GrowingFile {
  /** Bytes that are written, or being written. */
  private bytes = 0;
  /** Why nothing more is written. */
  fault?: Error;
  private readonly descriptor: number;
  private collected: string[] = [];
  private waiting = 0;
  private timer?: NodeJS.Timeout;
  /** What is being written. */
  private current?: { readonly buffer: Buffer; readonly position: number; readonly done: Promise<void> };

  /** @throws Error if it can't be made */
  constructor(
    path: string,
    private readonly onFault: (fault: Error) => void,
  ) {
    this.descriptor = openSync(path, 'wx', 0o600);
  }

  /** Bytes so far, about: what waits is counted in characters. */
  get size(): number {
    return this.bytes + this.waiting;
  }

  /** @returns set if the writer is much faster than the disk: resolves when the disk has caught up */
  append(text: string): Promise<void> | undefined {
    if (this.fault !== undefined) return undefined;
    this.collected.push(text);
    this.waiting += text.length;
    this.goOn();
    return this.waiting < MOST_COLLECTED ? undefined : this.current?.done;
  }

  /** Appends a text that readers wait for. */
  appendNow(text: string): void {
    this.append(text);
    this.begin();
  }

  /** Writes everything. */
  async flush(): Promise<void> {
    while (this.fault === undefined && (this.waiting > 0 || this.current !== undefined)) {
      if (this.current === undefined) this.begin();
      await this.current?.done;
    }
  }

  /** Writes everything and closes the file, also while the process ends. */
  close(): void {
    clearTimeout(this.timer);
    if (this.fault === undefined) {
      try {
        // A write that has begun might not be carried out, so it is repeated.
        const { buffer, position } = this.current ?? { buffer: Buffer.alloc(0), position: this.bytes };
        writeAll(this.descriptor, Buffer.concat([buffer, this.take()]), position);
      } catch (error) {
        this.fail(error as Error);
      }
    }
    this.fault ??= new Error('the file is closed');
    closeSync(this.descriptor);
  }

  private goOn(): void {
    if (this.current !== undefined || this.waiting === 0) return;
    if (this.waiting >= CHUNK) this.begin();
    else this.timer ??= setTimeout(() => this.begin(), SOON_MS).unref();
  }

  private begin(): void {
    if (this.current !== undefined || this.fault !== undefined || this.waiting === 0) return;
    const position = this.bytes;
    const buffer = this.take();
    const done = new Promise<void>((resolve) => {
      const giveUp = () => {
        if (this.current?.position !== position) return;
        this.fail(new Error('the disk does not answer'));
        resolve();
      };
      // After a pause of the whole process, the answer can be there and not be read yet.
      const retries = setTimeout(() => setImmediate(giveUp), PATIENCE_MS).unref();
      writeBuffer(this.descriptor, buffer, position, (error) => {
        clearTimeout(retries);
        this.current = undefined;
        if (error) this.fail(error);
        resolve();
        this.goOn();
      });
    });
    this.current = { buffer, position, done };
  }

  private take(): Buffer {
    clearTimeout(this.timer);
    this.timer = undefined;
    const buffer = Buffer.from(this.collected.join(''));
    this.collected = [];
    this.waiting = 0;
    this.bytes += buffer.length;
    return buffer;
  }

  private fail(fault: Error): void {
    if (this.fault !== undefined) return;
    clearTimeout(this.timer);
    this.fault = fault;
    this.collected = [];
    this.waiting = 0;
    this.onFault(fault);
  }
}

function writeBuffer(
  descriptor: number,
  buffer: Buffer,
  position: number,
  done: (error: Error | null) => void,
  from = 0,
): void {
  write(descriptor, buffer, from, buffer.length - from, position + from, (error, written) => {
    if (error || from + written >= buffer.length) done(error);
    else writeBuffer(descriptor, buffer, position, done, from + written);
  });
}

function writeAll(descriptor: number, buffer: Buffer, position: number): void {
  for (let from = 0; from < buffer.length; ) {
    from += writeSync(descriptor, buffer, from, buffer.length - from, position + from);
  }
}
