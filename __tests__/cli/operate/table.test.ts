import { type Column, table, tableWidth } from '../../../cli/operate/table';

interface Row {
  readonly name: string;
  readonly job: string;
  readonly by: string;
  readonly details: string;
}

const columns: Column<Row>[] = [
  { title: 'RUN', value: ({ name }) => name, short: ({ name }) => name.slice(0, 8) },
  { title: 'JOB', value: ({ job }) => job, narrow: 'omitted' },
  { title: 'BY', value: ({ by }) => by, narrow: 'below', below: ({ by }) => `started by ${by}` },
  { title: 'DETAILS', value: ({ details }) => details, narrow: 'below' },
];
const rows: Row[] = [
  { name: 'report-0123456789abcdef', job: 'report', by: 'schedule', details: 'Exit code 1 '.repeat(6).trim() },
  { name: 'other', job: 'report', by: 'sqs', details: '' },
];

it('has whole values in one line in a pipe, also if they are long', () => {
  expect(table(columns, rows, undefined)).toEqual([
    'RUN                      JOB     BY        DETAILS',
    `report-0123456789abcdef  report  schedule  ${rows[0]?.details}`,
    'other                    report  sqs',
  ]);
});

it('has no line that is wider than the terminal, from 30 columns on, and loses no details', () => {
  for (let width = 30; width < 130; width++) {
    const lines = table(columns, rows, width);
    expect([width, Math.max(...lines.map((line) => line.length))]).toEqual([width, expect.any(Number)]);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(width);
    expect(lines.join(' ').match(/Exit/g)).toHaveLength(6);
  }
});

it('wraps the last column first, then shortens values, omits a column, and moves others below', () => {
  expect(table(columns, rows, 90)[2]).toBe(`${' '.repeat(43)}Exit code 1 Exit code 1`);
  expect(table(columns, rows, 70)[0]).toBe('RUN       JOB     BY        DETAILS');
  expect(table(columns, rows, 59)[0]).toBe('RUN       BY');
  expect(table(columns, rows, 17)).toEqual(
    expect.arrayContaining(['RUN', 'report-0', '    started by', '    schedule', 'other', '    sqs']),
  );
});

it('lets no value control the terminal or begin a line', () => {
  expect(table([{ title: 'A', value: () => 'x\u001B[2J\ny' }], [1], 80)).toEqual(['A', 'x^[[2J y']);
});

it('is as wide as the terminal, and without a limit in a pipe', () => {
  expect(tableWidth({ isTTY: true, columns: 120 })).toBe(120);
  expect(tableWidth({ isTTY: false, columns: 120 })).toBeUndefined();
});
