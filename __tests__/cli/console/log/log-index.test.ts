import { LogIndex, withoutReturn } from '../../../../cli/console/log/log-index';

/** An index of rows, each a line of a file. */
function indexOf(...rows: string[]): LogIndex {
  const index = new LogIndex();
  add(index, ...rows);
  return index;
}

function add(index: LogIndex, ...rows: string[]): void {
  for (const row of rows) index.add(Buffer.from(row), index.end, Buffer.byteLength(row));
}

const ROWS = ['1\t1.1\to\tone', '2\t1.2\te\ttwo', '3\t1.2\tm\t{"title":"failed"}', '4\t2.1\to\tthrée', 'plain'];

it('an empty one has nothing', () => {
  const index = new LogIndex();
  expect([index.rows, index.end, index.segments, index.streams()]).toEqual([0, 0, [], []]);
  expect(index.totals({})).toEqual({ total: 0, written: 0, bytes: 0 });
});

it('knows where the rows are', () => {
  const index = indexOf(...ROWS);
  const end = Buffer.byteLength(ROWS.join('\n')) + 1;
  expect([index.rows, index.end]).toEqual([5, end]);
  expect(index.segments).toEqual([{ offset: 0, end, row: 0, rows: 5, counts: expect.any(Map) }]);
});

it.each([
  [{}, 5, 4, 4 + 4 + 7 + 6],
  [{ start: '1' }, 3, 2, 8],
  [{ start: '1.2' }, 2, 1, 4],
  [{ start: '2.1', stream: 'stdout' }, 1, 1, 7],
  [{ stream: 'stderr' }, 2, 1, 4],
  [{ start: '3' }, 0, 0, 0],
] as const)('%j lets through %d rows, of which containers wrote %d with %d bytes', (filter, total, written, bytes) => {
  const index = indexOf(...ROWS);
  expect(index.totals(filter)).toEqual({ total, written, bytes });
  const count = index.counter(filter);
  expect(index.segments.map(count)).toEqual([total]);
});

it('rows of a kind are counted together', () => {
  const index = indexOf(...ROWS, ...ROWS);
  expect(index.totals({ start: '1' })).toEqual({ total: 6, written: 4, bytes: 16 });
  expect(index.segments[0]?.counts).toEqual(new Map([0, 1, 2, 3, 4].map((kind) => [kind, 2])));
});

it('has the streams that were written to, in order, without marks', () => {
  expect(indexOf(...ROWS).streams()).toEqual(['stdout', 'stderr', 'log']);
  expect(indexOf(ROWS[4] ?? '', ROWS[0] ?? '').streams()).toEqual(['stdout', 'log']);
  expect(indexOf(ROWS[2] ?? '').streams()).toEqual([]);
});

it('a segment has 1,000 rows', () => {
  const index = indexOf(...Array.from({ length: 1_001 }, () => 'x'));
  expect(index.segments.map(({ offset, end, row, rows }) => [offset, end, row, rows])).toEqual([
    [0, 2_000, 0, 1_000],
    [2_000, 2_002, 1_000, 1],
  ]);
  expect(index.rows).toBe(1_001);
});

it('a segment ends behind 1 MiB', () => {
  const index = new LogIndex();
  index.add(Buffer.from('x'), 0, 2 ** 20 - 2);
  index.add(Buffer.from('x'), 2 ** 20 - 1, 0);
  for (const row of [0, 1, 2]) index.add(Buffer.from('x'), 2 ** 20 + 2 * row, 1);
  expect(index.segments.map(({ rows }) => rows)).toEqual([2, 3]);
});

it('a filter counts rows that came after it was asked', () => {
  const index = indexOf('1\t1.1\to\tone');
  const [all, errors] = [index.counter({}), index.counter({ stream: 'stderr' })];
  add(index, '1\t1.1\to\ttwo');
  const [segment] = index.segments;
  expect(segment && [all(segment), errors(segment)]).toEqual([2, 0]);
});

it('the start of a row is its first 48 bytes', () => {
  const index = new LogIndex();
  const head = '1\t1.1\te\t';
  index.add(Buffer.from(head.padEnd(100, 'x')), 0, 100);
  expect(index.totals({})).toEqual({ total: 1, written: 1, bytes: 100 - head.length + 1 });
});

it('the carriage return of Windows is no part of a row', () => {
  expect(['a\r', 'a', '\r', '', 'a\r\r'].map((text) => String(withoutReturn(Buffer.from(text))))).toEqual([
    'a',
    'a',
    '',
    '',
    'a\r',
  ]);
});
