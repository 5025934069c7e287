import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative, sep } from 'node:path';
import { deflateRawSync, gzipSync } from 'node:zlib';

/** 1980-01-01, the first date that the format can say. */
const DATE = 0x0021;
const VERSION = 20;
const DEFLATE = 8;
/** A regular file, -rw-r--r--, in the upper half of the external attributes; made on Unix (3). */
const MADE_ON_UNIX = (3 << 8) | VERSION;
const MODE = (0o100644 << 16) >>> 0;

interface Entry {
  readonly name: Buffer;
  readonly packed: Buffer;
  readonly checksum: number;
  readonly size: number;
}

/**
 * Writes a zip with the files of a folder, or with one file, instead of the archive provider. The same files give the same
 * bytes: names sorted, one date, one mode.
 *
 * @param source a folder (its files at the zip's root) or a file
 */
export function writeZip(source: string, destination: string): void {
  const files = statSync(source).isDirectory()
    ? readdirSync(source, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
        .map((path): [string, string] => [relative(source, path).split(sep).join('/'), path])
        .sort(([left], [right]) => (left < right ? -1 : 1))
    : [[basename(source), source] as [string, string]];
  mkdirSync(dirname(destination), { recursive: true });
  writeFileSync(destination, zip(files.map(([name, path]) => entry(name, readFileSync(path)))));
}

function entry(name: string, content: Buffer): Entry {
  // Node.js 20.9 has no crc32, but a gzip stream ends with the same one.
  const checksum = gzipSync(content).subarray(-8).readUInt32LE(0);
  return { name: Buffer.from(name), packed: deflateRawSync(content), checksum, size: content.length };
}

function zip(entries: readonly Entry[]): Buffer {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, packed, checksum, size } of entries) {
    const shared = Buffer.alloc(26);
    shared.writeUInt16LE(VERSION, 0);
    shared.writeUInt16LE(DEFLATE, 4);
    shared.writeUInt16LE(DATE, 8);
    shared.writeUInt32LE(checksum, 10);
    shared.writeUInt32LE(packed.length, 14);
    shared.writeUInt32LE(size, 18);
    shared.writeUInt16LE(name.length, 22);
    locals.push(Buffer.from('PK\x03\x04', 'latin1'), shared, name, packed);

    const place = Buffer.alloc(14);
    place.writeUInt32LE(MODE, 6);
    place.writeUInt32LE(offset, 10);
    const madeBy = Buffer.alloc(2);
    madeBy.writeUInt16LE(MADE_ON_UNIX, 0);
    directory.push(Buffer.from('PK\x01\x02', 'latin1'), madeBy, shared, place, name);
    offset += 4 + shared.length + name.length + packed.length;
  }
  const index = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(entries.length, 4);
  end.writeUInt16LE(entries.length, 6);
  end.writeUInt32LE(index.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...locals, index, Buffer.from('PK\x05\x06', 'latin1'), end]);
}
