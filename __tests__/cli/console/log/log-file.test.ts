import { appendFileSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { output } from '../../../../cli/console/log/log-download';
import { LogFile } from '../../../../cli/console/log/log-file';
import { linesOf, wholeLine } from '../../../../cli/console/log/log-lines';
import { search } from '../../../../cli/console/log/log-search';
import { type LogStreamLetter, logPrefix } from '../../../../cli/local/recording/format';
import type { LogLine } from '../../../../cli/model/console';
import { isError, type LogFilter, passes, type SearchMessage } from '../../../../cli/model/log';
import { plainText } from '../../../../cli/model/log-text';
import { anyCharacter } from '../../../any-character';

const folder = mkdtempSync(join(tmpdir(), 'console-log-'));
const file = join(folder, 'log.tsv');

afterAll(() => rmSync(folder, { recursive: true }));
beforeEach(() => rmSync(file, { force: true }));

/** A row as its writer has it. */
interface Written {
  readonly start: string;
  readonly stream: LogLine['stream'];
  readonly text: Buffer;
}

const LETTERS: Record<LogLine['stream'], LogStreamLetter> = { stdout: 'o', stderr: 'e', log: 'l', mark: 'm' };
const NO_SIGNAL = new AbortController().signal;

function bytesOf(rows: readonly Written[]): Buffer {
  const lines = rows.map(({ start, stream, text }, at) =>
    Buffer.concat([Buffer.from(logPrefix(at, start, LETTERS[stream])), text, Buffer.from('\n')]),
  );
  return Buffer.concat(lines);
}

function row(text: string | Buffer, start = '1.1', stream: LogLine['stream'] = 'stdout'): Written {
  return { start, stream, text: Buffer.from(text) };
}

/** The log of a file that has been read to its end. */
async function logOf(rows: readonly Written[]): Promise<LogFile> {
  writeFileSync(file, bytesOf(rows));
  const log = new LogFile(file);
  await log.read(true);
  return log;
}

/** The messages of a search, without the counts of a slow one. */
async function found(log: LogFile, text: string, filter: LogFilter = {}): Promise<SearchMessage[]> {
  const messages: SearchMessage[] = [];
  for await (const message of search(log, { text }, filter, NO_SIGNAL)) {
    if (!('isComplete' in message) || message.isComplete) messages.push(message);
  }
  return messages;
}

async function downloaded(log: LogFile, filter: LogFilter = {}): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of output(log, filter)) pieces.push(Buffer.from(piece));
  return Buffer.concat(pieces);
}

/** A line's text as it must arrive: as far as it is shown, without a carriage return. */
function shown(text: Buffer): string {
  return text.toString('utf8').replace(/\r$/, '').slice(0, 4_096);
}

const odd = [
  Buffer.from('naïve ☃ 𝄞\t"quoted"\r'),
  Buffer.from([0, 0xff, 0xc3, 0x28, 0x80]),
  Buffer.from('\u001b[31mError\u001b[0m: no'),
];
const texts = fc.oneof(
  fc.string({ unit: anyCharacter, maxLength: 30 }).map((text) => Buffer.from(text.replace(/\n/g, ' '))),
  fc.uint8Array({ maxLength: 20 }).map((bytes) => Buffer.from(bytes.map((byte) => (byte === 10 ? 0 : byte)))),
  fc.constantFrom(...odd),
  fc.integer({ min: 1_000, max: 5_000 }).map((length) => Buffer.from('é1'.repeat(length))),
);
const rows: fc.Arbitrary<Written> = fc.record({
  start: fc.constantFrom('1.1', '1.2', '2.1', '12.1'),
  stream: fc.constantFrom('stdout', 'stderr', 'log'),
  text: texts,
});
const filters: fc.Arbitrary<LogFilter> = fc.record(
  { start: fc.constantFrom('1', '1.2', '2.1', '9'), stream: fc.constantFrom('stdout', 'stderr') },
  { requiredKeys: [] },
);

describe('any range of any log', () => {
  test('has the lines of the file, also while it grows in any pieces', async () => {
    const logs = fc.array(rows, { maxLength: 60 });
    const repeat = fc.constantFrom(1, 1, 1, 50);
    const cuts = fc.array(fc.nat(), { maxLength: 3 });
    const ranges = fc.tuple(fc.integer({ min: -1, max: 3_100 }), fc.integer({ min: 1, max: 600 }));
    await fc.assert(
      fc.asyncProperty(logs, repeat, cuts, filters, ranges, async (some, times, pieces, filter, [from, count]) => {
        const written = Array.from({ length: times }, () => some).flat();
        const bytes = bytesOf(written);
        writeFileSync(file, '');
        const log = new LogFile(file);
        const ends = [...pieces.map((cut) => cut % (bytes.length + 1)), bytes.length].sort((one, other) => one - other);
        let begin = 0;
        for (const end of ends) {
          appendFileSync(file, bytes.subarray(begin, end));
          await log.read(false);
          begin = end;
        }

        const page = await linesOf(log, from, count, filter);

        const passing = [...written.entries()].filter(([, line]) => passes(filter, line));
        const first = from < 0 ? Math.max(0, passing.length - Math.min(count, 500)) : from;
        const expected = passing.slice(first, first + Math.min(count, 500));
        expect(page).toMatchObject({ from: first, total: passing.length, written: passing.length });
        expect(page.lines.map(({ number, start, stream, text }) => ({ number, start, stream, text }))).toEqual(
          expected.map(([number, { start, stream, text }]) => ({ number, start, stream, text: shown(text) })),
        );
        const output = Buffer.concat(passing.flatMap(([, { text }]) => [text, Buffer.from('\n')]));
        expect(page.bytes).toBe(output.length);
        expect((await downloaded(log, filter)).equals(output)).toBe(true);
      }),
      { numRuns: 40 },
    );
  });

  test('is searched as its lines are shown', async () => {
    const needles = fc.constantFrom('error', 'É1É', '1', '\t', '☃', '𝄞', ': NO', '[31m', '1.1', 'm');
    await fc.assert(
      fc.asyncProperty(fc.array(rows, { maxLength: 60 }), needles, filters, async (written, text, filter) => {
        const log = await logOf(written);
        const hits = [...written.entries()]
          .filter(([, line]) => passes(filter, line))
          .map(([number, line], index) => ({ number, index, line }))
          .filter(({ line }) => plainText(line.text.toString('utf8')).toLowerCase().includes(text.toLowerCase()))
          .map(({ number, index }) => ({ number, index }));
        expect(await found(log, text, filter)).toEqual([...hits, { count: hits.length, isComplete: true }]);
      }),
      { numRuns: 40 },
    );
  });
});

test('A line of 8 MB is cut, read whole up to a limit, searched to its end, and does not hide the next one', async () => {
  const large = `${'x'.repeat(8 * 2 ** 20)} needle`;
  const log = await logOf([row('before needle'), row(large), row('after needle', '1.1', 'stderr')]);
  const { lines } = await linesOf(log, 0, 10, {});
  expect(lines.map(({ text, bytes }) => [text.length, bytes])).toEqual([
    [13, undefined],
    [4_096, large.length],
    [12, undefined],
  ]);
  const whole = await wholeLine(log, 1);
  expect([whole?.text.length, whole?.bytes]).toEqual([4 * 2 ** 20, large.length]);
  expect(await wholeLine(log, 2)).toEqual({ text: 'after needle', bytes: 12 });
  expect(await wholeLine(log, 3)).toBeUndefined();
  const hits = [0, 1, 2].map((number) => ({ number, index: number }));
  expect(await found(log, 'NEEDLE')).toEqual([...hits, { count: 3, isComplete: true }]);
});

test('A character of two code units is not cut in half', async () => {
  const log = await logOf([row(`${'x'.repeat(4_095)}𝄞 and more`)]);
  const { lines } = await linesOf(log, 0, 1, {});
  expect(lines[0]?.text).toBe('x'.repeat(4_095));
});

test('A file that was truncated, replaced or deleted is read again', async () => {
  const log = await logOf([row('one'), row('two'), row('three')]);
  truncateSync(file, bytesOf([row('one')]).length);
  await log.read(false);
  expect(log.index.rows).toBe(1);
  // Longer than before, and other bytes.
  writeFileSync(file, bytesOf([row('two'), row('uno')]));
  await log.read(false);
  expect((await linesOf(log, 0, 9, {})).lines.map(({ text }) => text)).toEqual(['two', 'uno']);
  rmSync(file);
  await log.read(false);
  expect(await linesOf(log, 0, 9, {})).toEqual({ lines: [], from: 0, total: 0, written: 0, bytes: 0, streams: [] });
});

test('What a writer has not ended is a line when the run has ended', async () => {
  const log = await logOf([row('whole')]);
  appendFileSync(file, '7\t1.1\te\tcut o');
  await log.read(false);
  expect(log.index.rows).toBe(1);
  await log.read(true);
  await log.read(true);
  const { lines, bytes } = await linesOf(log, 1, 9, {});
  expect(lines).toEqual([{ number: 1, at: 7, start: '1.1', stream: 'stderr', text: 'cut o' }]);
  expect(bytes).toBe('whole\ncut o\n'.length);
  expect(await found(log, 'CUT')).toEqual([
    { number: 1, index: 1 },
    { count: 1, isComplete: true },
  ]);
  appendFileSync(file, 'ff\n');
  await log.read(true);
  expect((await linesOf(log, 1, 9, {})).lines[0]?.text).toBe('cut off');
});

test('A row that is not in the format is a line of text, and a mark that is not one is shown as it is', async () => {
  const mark = { kind: 'failed', title: 'Attempt 1 failed', detail: 'exit code 1' };
  const log = await logOf([row(JSON.stringify(mark), '1.1', 'mark'), row('[1', '', 'mark')]);
  appendFileSync(file, 'a\tb\n\n');
  await log.read(true);
  const { lines } = await linesOf(log, 0, 9, {});
  expect(lines.map(({ stream, text, mark: given }) => given ?? [stream, text])).toEqual([
    mark,
    { kind: 'note', title: '[1', detail: '' },
    ['log', 'a\tb'],
    ['log', ''],
  ]);
  expect((await downloaded(log)).toString()).toBe('a\tb\n\n');
  expect(await found(log, 'failed EXIT')).toEqual([
    { number: 0, index: 0 },
    { count: 1, isComplete: true },
  ]);
});

test('A search names the first 1,000 lines, counts the others, and ends when it is told to', async () => {
  const log = await logOf(Array.from({ length: 2_500 }, () => row('again and again')));
  const messages = await found(log, 'again');
  expect(messages.filter((message) => 'number' in message)).toHaveLength(1_000);
  expect(messages.at(-1)).toEqual({ count: 2_500, isComplete: true });

  const controller = new AbortController();
  let last: SearchMessage | undefined;
  for await (const message of search(log, { text: 'again' }, {}, controller.signal)) {
    last = message;
    controller.abort();
  }
  expect(last).toEqual({ number: 999, index: 999 });
});

describe('a line that reports an error', () => {
  test.each([
    'Error: connect ECONNREFUSED',
    'TypeError: x is not a function',
    'java.lang.NullPointerException: at',
    'Traceback (most recent call last):',
    '2026-11-25T14:00:00.123Z ERROR no rates',
    '[2026-11-25 14:00:00] [worker-1] error: no rates',
    '[ERROR] no rates',
    '{"time":1,"level":"error","msg":"no rates"}',
    '{"level":50,"msg":"no rates"}',
  ])('%s', (text) => expect(isError(text)).toBe(true));

  test.each([
    '0 errors',
    'errors: 0',
    'error_count=0',
    'no Error here',
    '{"level":"info","msg":"error"}',
    'rows 61,000',
  ])('not: %s', (text) => expect(isError(text)).toBe(false));
});
