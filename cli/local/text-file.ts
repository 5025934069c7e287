import { UsageError } from '../command/usage-error';

/** The text of a file that a person gave. */
export interface GivenText {
  readonly text: string;
  /** What was found, and how it was read, if the file is not plain UTF-8. */
  readonly note?: string;
}

/** A byte order mark, and the encoding that it tells. The longer one comes first: the shorter is its beginning. */
const MARKS: readonly (readonly [
  bytes: readonly number[],
  encoding: 'UTF-32' | 'UTF-16 LE' | 'UTF-16 BE' | 'UTF-8',
])[] = [
  [[0xff, 0xfe, 0, 0], 'UTF-32'],
  [[0, 0, 0xfe, 0xff], 'UTF-32'],
  [[0xff, 0xfe], 'UTF-16 LE'],
  [[0xfe, 0xff], 'UTF-16 BE'],
  [[0xef, 0xbb, 0xbf], 'UTF-8'],
];

/**
 * Decodes a file. UTF-16 is what PowerShell's `>` writes.
 *
 * @param name of the file, for errors and notes
 * @throws UsageError if it is neither UTF-8 nor UTF-16
 */
export function givenText(bytes: Buffer, name: string): GivenText {
  const [mark, encoding] = MARKS.find(([mark]) => mark.every((byte, index) => bytes[index] === byte)) ?? [[]];
  const content = bytes.subarray(mark.length);
  switch (encoding) {
    case 'UTF-32':
      throw notUtf8(name, 'it begins with a byte order mark of UTF-32', 'utf-32');
    case 'UTF-8':
      return { text: utf8(content, name), note: `${name} begins with a UTF-8 byte order mark, which was left out` };
    case 'UTF-16 LE':
    case 'UTF-16 BE':
      return utf16(content, encoding, name);
    case undefined:
      return withoutMark(content, name);
  }
}

/** In a file of JSON or variables the first character is of ASCII, so that one of its bytes in UTF-16 is zero. */
function withoutMark(bytes: Buffer, name: string): GivenText {
  if (bytes.length >= 2 && bytes[0] !== 0 && bytes[1] === 0) return utf16(bytes, 'UTF-16 LE', name);
  if (bytes.length >= 2 && bytes[0] === 0 && bytes[1] !== 0) return utf16(bytes, 'UTF-16 BE', name);
  return { text: utf8(bytes, name) };
}

function utf16(bytes: Buffer, encoding: 'UTF-16 LE' | 'UTF-16 BE', name: string): GivenText {
  if (bytes.length % 2 !== 0) throw notUtf8(name, `it looks like ${encoding}, and its last character is cut off`);
  const little = encoding === 'UTF-16 LE' ? bytes : Buffer.from(bytes).swap16();
  return { text: little.toString('utf16le'), note: `${name} is ${encoding}, and was read as that` };
}

function utf8(bytes: Buffer, name: string): string {
  const text = bytes.toString('utf8');
  if (Buffer.from(text).equals(bytes)) return text;
  const offset = firstDifference(bytes, Buffer.from(text));
  const before = bytes.subarray(0, offset).toString('utf8').split('\n');
  const byte = bytes[offset]?.toString(16).padStart(2, '0') ?? '';
  const place = `line ${before.length}, column ${(before.at(-1) ?? '').length + 1}`;
  throw notUtf8(name, `the byte 0x${byte} at ${place} belongs to no character`, 'latin1');
}

function firstDifference(one: Buffer, other: Buffer): number {
  return one.findIndex((byte, index) => byte !== other[index]);
}

function notUtf8(name: string, why: string, encoding?: string): UsageError {
  const fix =
    encoding === undefined ? 'Save it as UTF-8.' : `Save it as UTF-8, for example: iconv -f ${encoding} -t utf-8.`;
  return new UsageError(`${name} is not UTF-8: ${why}. ${fix}`);
}
