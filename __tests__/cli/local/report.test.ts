import { stripVTControlCharacters } from 'node:util';
import { Report } from '../../../cli/local/report';

/** A report on a terminal, or not, and what it has written so far. */
function reported({ isTTY, json = false }: { readonly isTTY: boolean; readonly json?: boolean }) {
  const written: string[] = [];
  const out = { isTTY, write: (text: string) => written.push(text) > 0 };
  return { report: new Report(out as unknown as NodeJS.WriteStream, json), written };
}

afterEach(() => {
  jest.useRealTimers();
});

test('on a terminal a wait is counted down in one line, which goes', () => {
  const { report, written } = reported({ isTTY: true });
  report.countDown('2 s left');
  report.countDown('1 s left');
  report.countDown(undefined);
  report.tell({ type: 'restart', run: 2 });
  expect(written.slice(0, 3).map((text) => text.startsWith('\r\u001B[K'))).toEqual([true, true, true]);
  expect(written.some((text) => text.slice(0, -1).includes('\n'))).toBe(false);
  expect(written.map((text) => stripVTControlCharacters(text).replace('\r', ''))).toEqual([
    '00:00.0  2 s left',
    '00:00.0  1 s left',
    '',
    '00:00.0    AWS Batch restarts the job, which costs no attempt (run 2)\n',
  ]);
});

test.each([{ isTTY: false }, { isTTY: true, json: true }])(
  'nothing is counted down where it would stay: %j',
  (where) => {
    const { report, written } = reported(where);
    report.countDown('2 s left');
    report.countDown(undefined);
    expect(written).toEqual([]);
  },
);

test.each([
  [0, '00:00.0'],
  [59_949, '00:59.9'],
  [59_970, '01:00.0'],
  [3_600_000, '60:00.0'],
])('the clock after %i ms', (milliseconds, clock) => {
  jest.useFakeTimers({ now: 0 });
  const { report, written } = reported({ isTTY: false });
  jest.advanceTimersByTime(milliseconds);
  report.tell({ type: 'restart', run: 2 });
  expect(stripVTControlCharacters(written.join(''))).toMatch(new RegExp(`^${clock} {2}`));
});

test('a failure ends with its error and cause', () => {
  const { report, written } = reported({ isTTY: false });
  report.tell({
    type: 'result',
    executionName: 'job-1',
    status: 'FAILED',
    attempts: 3,
    seconds: 1.5,
    error: 'E',
    cause: 'C',
  });
  expect(stripVTControlCharacters(written.join('')).split('\n').slice(1)).toEqual([
    '  Execution  job-1',
    '  Attempts   3',
    '  Seconds    1.5',
    '  Error      E',
    '  Cause      C',
    '',
  ]);
});

test('a hint stands below the end that it is about, in lines that a terminal does not break, and whole in the JSON', () => {
  const hint = `${'some words '.repeat(20)}end.`;
  const exit = { type: 'exit', exitCode: 137, reason: 'r', seconds: 1, hint } as const;
  const person = reported({ isTTY: false });
  person.report.tell(exit);
  const [first, ...lines] = stripVTControlCharacters(person.written.join('')).trimEnd().split('\n');
  expect(first).toMatch(/ended after 1\.0 s: exit code 137, r$/);
  expect(lines.map((line) => line.trim()).join(' ')).toBe(hint);
  expect(lines.length).toBe(4);
  for (const line of lines) expect(line).toMatch(/^ {11}\S.{0,68}$/);
  const program = reported({ isTTY: false, json: true });
  program.report.tell(exit);
  expect(JSON.parse(program.written.join(''))).toMatchObject({ hint });
});

test.each([
  [
    { StatusReason: 'Essential container in task exited', Container: { ExitCode: 3 } },
    'exit code 3, Essential container in task exited',
  ],
  [{ StatusReason: 'Task failed to start', Container: { Reason: 'no memory' } }, 'Task failed to start, no memory'],
  [{ other: 1 }, '{"other":1}'],
  [null, 'null'],
])('the cause %j, for a person', (cause, text) => {
  const { report, written } = reported({ isTTY: false });
  const result = {
    executionName: 'a',
    status: 'FAILED',
    attempts: 1,
    seconds: 1,
    cause: JSON.stringify(cause),
  } as const;
  report.tell({ type: 'result', ...result });
  expect(stripVTControlCharacters(written.join(''))).toContain(`  Cause      ${text}\n`);
});

test('output is whole lines, those without an end at the end', async () => {
  const { report, written } = reported({ isTTY: false });
  await report.output('stdout', Buffer.from('a\nb'));
  await report.output('stderr', Buffer.from('x\r\n'));
  await report.output('stdout', Buffer.from('c'));
  await report.outputEnded();
  expect(written.map((text) => stripVTControlCharacters(text).trim())).toEqual(['| a', '| x', '| bc']);
});
