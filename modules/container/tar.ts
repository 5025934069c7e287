import { closeSync, openSync, readSync } from 'node:fs';
import { ConfigError } from '../problems/config-error';

/** Bytes in memory, or a file that is read when the archive is written. */
export type TarContent = Buffer | { readonly file: string; readonly size: number };

/** One entry of a tar archive. */
export interface TarEntry {
  /** Path with forward slashes, without a leading one. */
  readonly path: string;
  /** Bytes of a file, or the target path of a symbolic link. */
  readonly content: TarContent;
  readonly kind: 'file' | 'executable' | 'link';
}

/** Maximum number of bytes of a file in memory. */
const CHUNK = 1024 ** 2;

/**
 * The bytes of an entry in chunks, so that large files are never in memory as a whole.
 *
 * @throws ConfigError if the file cannot be read, or its size has changed
 */
export function* chunks(content: TarContent): Generator<Buffer> {
  if (Buffer.isBuffer(content)) {
    yield content;
    return;
  }
  const { file, size } = content;
  let descriptor: number | undefined;
  try {
    descriptor = openSync(file, 'r');
    let rest = size;
    // Reads one more byte than expected, to detect a file that has grown.
    for (let isEnd = false; !isEnd; ) {
      const chunk = Buffer.allocUnsafe(Math.min(rest + 1, CHUNK));
      const length = readSync(descriptor, chunk);
      isEnd = length === 0;
      rest -= length;
      if (rest < 0) throw changed(file);
      if (!isEnd) yield chunk.subarray(0, length);
    }
    if (rest > 0) throw changed(file);
  } catch (error) {
    throw error instanceof ConfigError ? error : unreadable(file, `a file that cannot be read: ${reasonOf(error)}`);
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

/** All bytes of an entry. Only for small files. */
export function bytes(content: TarContent): Buffer {
  return Buffer.isBuffer(content) ? content : Buffer.concat([...chunks(content)]);
}

function sizeOf(content: TarContent): number {
  return Buffer.isBuffer(content) ? content.length : content.size;
}

function changed(file: string): ConfigError {
  return unreadable(file, 'a file that changed while it was read');
}

/** Why a system call failed. */
export function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  const reasons: { readonly [code: string]: string } = {
    EACCES: 'permission denied',
    EPERM: 'permission denied',
    ENOENT: 'it is gone',
    ELOOP: 'its links form a cycle',
  };
  return reasons[code ?? ''] ?? message;
}

function unreadable(file: string, found: string): ConfigError {
  const accepted = 'a file that does not change during synthesis';
  const fix = 'try again when no program writes to it, or leave it out of the build context';
  return new ConfigError([{ path: file, found, accepted, fix }], 'build context');
}

const BLOCK = 512;

/** Maximum length of a path in an entry's header, in bytes. A longer path is stored in an extra entry before it. */
const NAME_LENGTH = 100;

/**
 * A tar archive (POSIX.1-2001) of the entries in the given order, in chunks. Owner, group and time are zero, and the mode keeps only the executable
 * bit, so that the same entries give the same bytes on every machine.
 *
 * @see https://pubs.opengroup.org/onlinepubs/9699919799/utilities/pax.html
 */
export function* tar(entries: readonly TarEntry[]): Generator<Buffer> {
  for (const entry of entries) {
    const link = entry.kind === 'link' ? bytes(entry.content).toString('utf8') : '';
    const extension = Buffer.from([...record('path', entry.path), ...record('linkpath', link)].join(''), 'utf8');
    if (extension.length > 0) yield* [header('PaxHeader', 'x', extension.length), extension, padding(extension.length)];
    if (entry.kind === 'link') yield header(fitting(entry.path), '2', 0, fitting(link));
    else {
      const size = sizeOf(entry.content);
      yield header(fitting(entry.path), '0', size, '', entry.kind === 'executable');
      yield* chunks(entry.content);
      yield padding(size);
    }
  }
  yield Buffer.alloc(2 * BLOCK);
}

/** A record for values that don't fit in a header: `<length> <key>=<value>\n`. The length includes its own digits. */
function record(key: string, value: string): string[] {
  if (Buffer.byteLength(value) <= NAME_LENGTH && /^[\x20-\x7e]*$/.test(value)) return [];
  const rest = Buffer.byteLength(` ${key}=${value}\n`);
  const digits = String(rest + String(rest).length).length;
  return [`${rest + digits} ${key}=${value}\n`];
}

/** Shortened path in the header of an entry whose full path is in an extra entry. Only old programs read it. */
function fitting(path: string): string {
  return path.replace(/[^\x20-\x7e]/g, '_').slice(0, NAME_LENGTH);
}

function header(name: string, type: '0' | '2' | 'x', size: number, link = '', executable = false): Buffer {
  const bytes = Buffer.alloc(BLOCK);
  const octal = (value: number, offset: number, length: number) =>
    bytes.write(`${value.toString(8).padStart(length - 1, '0')}\0`, offset, 'latin1');
  bytes.write(name, 0, 'latin1');
  octal(executable ? 0o755 : 0o644, 100, 8);
  octal(0, 108, 8);
  octal(0, 116, 8);
  octal(size, 124, 12);
  octal(0, 136, 12);
  bytes.write(' '.repeat(8), 148, 'latin1');
  bytes.write(type, 156, 'latin1');
  bytes.write(link, 157, 'latin1');
  bytes.write('ustar\u000000', 257, 'latin1');
  const sum = bytes.reduce((total, byte) => total + byte, 0);
  bytes.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
  return bytes;
}

/** Padding of the last block. */
function padding(size: number): Buffer {
  return Buffer.alloc((BLOCK - (size % BLOCK)) % BLOCK);
}
