/** One entry of a tar archive. */
export interface TarEntry {
  /** Path with forward slashes, without a leading one. */
  readonly path: string;
  /** Bytes of a file; of a symbolic link the path that it points to. */
  readonly content: Buffer;
  readonly kind: 'file' | 'executable' | 'link';
}

const BLOCK = 512;

/** Longest path that the header of an entry takes, in bytes; what is longer stands in an entry of its own before it. */
const NAME_LENGTH = 100;

/**
 * A tar archive (POSIX.1-2001) of the entries in the order given. Owner, group and time are zero, and of the mode only executable or not is
 * kept: the same entries give the same bytes on every machine.
 *
 * @see https://pubs.opengroup.org/onlinepubs/9699919799/utilities/pax.html
 */
export function tar(entries: readonly TarEntry[]): Buffer {
  return Buffer.concat([...entries.flatMap(blocks), Buffer.alloc(2 * BLOCK)]);
}

function blocks(entry: TarEntry): Buffer[] {
  const link = entry.kind === 'link' ? entry.content.toString('utf8') : '';
  const records = [...record('path', entry.path), ...record('linkpath', link)];
  const extension = Buffer.from(records.join(''), 'utf8');
  return [
    ...(records.length === 0 ? [] : [header('PaxHeader', 'x', extension.length), padded(extension)]),
    ...(entry.kind === 'link'
      ? [header(fitting(entry.path), '2', 0, fitting(link))]
      : [
          header(fitting(entry.path), '0', entry.content.length, '', entry.kind === 'executable'),
          padded(entry.content),
        ]),
  ];
}

/** What a header cannot hold: `<length> <key>=<value>\n`, the length counting itself. */
function record(key: string, value: string): string[] {
  if (Buffer.byteLength(value) <= NAME_LENGTH && /^[\x20-\x7e]*$/.test(value)) return [];
  const rest = Buffer.byteLength(` ${key}=${value}\n`);
  const digits = String(rest + String(rest).length).length;
  return [`${rest + digits} ${key}=${value}\n`];
}

/** What stands in the header of an entry whose path stands before it: only old programs read it. */
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

function padded(content: Buffer): Buffer {
  return Buffer.concat([content, Buffer.alloc((BLOCK - (content.length % BLOCK)) % BLOCK)]);
}
