import { isUtf8 } from 'node:buffer';
import { ItemsProblem } from './problem';

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const BYTE_ORDER_MARK = Buffer.from('\ufeff');

/** The most bytes of a line: the function holds one in its memory, twice. */
const LONGEST_LINE = 64 * 1024 * 1024;

/** The lines of a stream, without their ends. */
export async function* linesOf(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let parts: Buffer[] = [];
  let held = 0;
  let number = 1;
  for await (const chunk of chunks) {
    let start = 0;
    for (let end = chunk.indexOf(LINE_FEED); end >= 0; end = chunk.indexOf(LINE_FEED, start)) {
      const rest = chunk.subarray(start, end);
      yield parts.length === 0 ? rest : Buffer.concat([...parts, rest]);
      number++;
      parts = [];
      held = 0;
      start = end + 1;
    }
    if (start === chunk.length) continue;
    parts.push(chunk.subarray(start));
    held += chunk.length - start;
    if (held > LONGEST_LINE) {
      const mib = LONGEST_LINE / 1024 / 1024;
      throw new ItemsProblem('ManifestNotReadable', `Line ${number} has more than ${mib} MiB.`);
    }
  }
  if (parts.length > 0) yield Buffer.concat(parts);
}

/**
 * The items of a manifest as JSON texts: its lines, if the first one begins as JSON does, else each line as a string.
 *
 * @throws ItemsProblem with the number of a line that is no JSON, or no text
 */
export async function* manifestItems(lines: AsyncIterable<Buffer>, uri: string): AsyncGenerator<Buffer> {
  let number = 0;
  let json: boolean | undefined;
  for await (const given of lines) {
    number++;
    const line = content(given, number);
    if (line.length === 0) continue;
    const problem = (what: string) => new ItemsProblem('ManifestNotReadable', `Line ${number} of ${uri} ${what}`);
    if (!isUtf8(line)) {
      throw problem(
        line[0] === 0x1f && line[1] === 0x8b
          ? 'is compressed: store the object uncompressed, as JSON Lines or text.'
          : 'is no text in UTF-8.',
      );
    }
    json ??= '{["'.includes(String.fromCharCode(line[0] ?? 0));
    if (!json) {
      yield Buffer.from(JSON.stringify(line.toString('utf8')));
      continue;
    }
    try {
      JSON.parse(line.toString('utf8'));
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw problem(`is no JSON, which its first line is: ${reason.slice(0, 200)}`);
    }
    yield line;
  }
}

/** A line without a byte order mark, a carriage return, and blanks around it. */
function content(line: Buffer, number: number): Buffer {
  let start = number === 1 && line.subarray(0, 3).equals(BYTE_ORDER_MARK) ? 3 : 0;
  let end = line.length;
  const isBlank = (byte: number | undefined) => byte === 0x20 || byte === 0x09 || byte === CARRIAGE_RETURN;
  while (start < end && isBlank(line[start])) start++;
  while (end > start && isBlank(line[end - 1])) end--;
  return line.subarray(start, end);
}
