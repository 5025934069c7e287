import { stripVTControlCharacters } from 'node:util';
import type { ProgressEvent } from '../../../cli/run-report/progress-event';
import { Report } from '../../../cli/run-report/report';

interface Where {
  readonly isTTY?: boolean;
  readonly columns?: number;
  readonly json?: boolean;
  readonly verbose?: boolean;
}

/** A report on a terminal, or not, and what it has written so far. */
function reported({ isTTY = false, columns, json = false, verbose }: Where) {
  const written: string[] = [];
  const out = { isTTY, columns, write: (text: string) => written.push(text) > 0 };
  return { report: new Report(out as unknown as NodeJS.WriteStream, { json, verbose }), written };
}

/** The lines of some progress events as a person reads them, without their times. */
function told(progressEvents: readonly ProgressEvent[], where: Where = {}): string[] {
  const { report, written } = reported(where);
  for (const progressEvent of progressEvents) report.tell(progressEvent);
  return stripVTControlCharacters(written.join(''))
    .trimEnd()
    .split('\n')
    .map((line) => line.replace(/^\d\d:\d\d\.\d {2}/, ''));
}

const CONTAINER = {
  type: 'container',
  attempt: '1',
  maximumAttempts: '3',
  run: 1,
  onDemand: false,
  by: 'docker',
} as const;
const EXITED = 'Essential container in task exited';
const EXIT = { type: 'exit', attempt: '1', outcome: 'failed', exitCode: 1, reason: EXITED, seconds: 0.54 } as const;
const RESULT = { type: 'result', executionName: 'job-1', status: 'SUCCEEDED', attempts: 1, seconds: 2.249 } as const;

afterEach(() => {
  jest.useRealTimers();
});

test('a run whose first attempt is made to fail', () =>
  expect(
    told([
      { type: 'event', source: 'sample of schedule', bytes: 1293 },
      { type: 'started', executionName: 'job-1', claimCheck: false },
      { type: 'state', state: 'Attempt 1', kind: 'Task' },
      CONTAINER,
      { type: 'made-to-fail', attempt: '1' },
      EXIT,
      { type: 'state', state: 'Attempt 1 failed', kind: 'Choice' },
      { type: 'state', state: 'Wait before attempt 2', kind: 'Wait' },
      { type: 'wait', state: 'Wait before attempt 2', of: 'Wait', seconds: 5, waited: 1 },
      { type: 'state', state: 'Attempt 2', kind: 'Task' },
      { ...CONTAINER, attempt: '2' },
      { ...EXIT, attempt: '2', outcome: 'succeeded', exitCode: 0 },
      { ...RESULT, attempts: 2 },
    ]),
  ).toEqual([
    'Event     sample of schedule, 1,293 bytes',
    'Started   job-1',
    'Attempt 1 of 3, in Docker',
    'Attempt 1 failed: exit code 1 (--fail-attempts)',
    '         next attempt in 1 s (5 s, shortened by --fast)',
    'Attempt 2 of 3',
    'Succeeded on attempt 2 of 3, 2.2 s',
  ]));

test('the states of the state machine are for those who ask', () =>
  expect(
    told(
      [{ type: 'state', state: 'Attempt 1', kind: 'Task' }, CONTAINER, { ...EXIT, outcome: 'succeeded', exitCode: 0 }],
      { verbose: true },
    ),
  ).toEqual(['Attempt 1 (Task)', 'Attempt 1 of 3, in Docker', 'Attempt 1 ended after 0.5 s: exit code 0']));

test('a Spot interruption, a restart, and on-demand capacity', () =>
  expect(
    told([
      { ...CONTAINER, by: 'plain process' },
      { type: 'signal', signal: 'SIGTERM', reason: 'Spot interruption', grace: 120 },
      { ...EXIT, outcome: 'interrupted', exitCode: 143, sinceSignal: 3.2 },
      { type: 'restart', run: 2 },
      { ...CONTAINER, run: 2 },
      { type: 'signal', signal: 'SIGTERM', reason: 'Spot interruption', grace: 10 },
      { type: 'signal', signal: 'SIGKILL', reason: 'still running', grace: 10 },
      {
        ...EXIT,
        outcome: 'interrupted',
        exitCode: null,
        reason: 'Host EC2 (instance i-0) terminated.',
        sinceSignal: 10,
      },
      { ...CONTAINER, onDemand: true },
    ]),
  ).toEqual([
    'Attempt 1 of 3, as a plain process',
    'Spot interruption: SIGTERM sent, SIGKILL in 2 min',
    'Attempt 1 interrupted: exit code 143, 3.2 s after SIGTERM',
    '         AWS Batch restarts the job without using up an attempt',
    'Attempt 1 of 3, start 2',
    'Spot interruption: SIGTERM sent, SIGKILL in 10 s',
    'SIGKILL sent: still running 10 s after SIGTERM',
    'Attempt 1 interrupted: killed 10 s after SIGTERM',
    'Attempt 1 of 3, on-demand',
  ]));

test.each<[ProgressEvent, string[]]>([
  [{ type: 'note', text: 'event.json begins with a BOM' }, ['Note      event.json begins with a BOM']],
  [{ type: 'image', image: 'x:1', by: 'podman', action: 'build' }, ['Image     Podman builds x:1']],
  [{ type: 'image', image: 'x:1', by: 'podman', action: 'built', seconds: 75 }, ['Image     built in 1 min 15 s']],
  [{ type: 'image', image: 'x:1', by: 'podman', action: 'kept' }, ['Image     x:1, built before']],
  [{ type: 'image', image: 'x:1', by: 'docker', action: 'pull' }, ['Image     Docker pulls x:1']],
  [{ type: 'image', image: 'x:1', by: 'docker', action: 'pulled', seconds: 3 }, ['Image     pulled in 3 s']],
  [{ type: 'images-removed', count: 1 }, ['Image     removed 1 image of earlier runs']],
  [{ type: 'images-removed', count: 2 }, ['Image     removed 2 images of earlier runs']],
  [{ type: 'build-step', place: '2/7', instruction: 'RUN x' }, ['Step      2/7: RUN x']],
  [
    { type: 'build-failed', image: 'x', step: { place: '2/7', instruction: 'RUN x' }, lines: ['a', 'b'], words: 'w' },
    ['Step 2/7 failed: RUN x', '         | a', '         | b'],
  ],
  [{ type: 'build-failed', image: 'x', lines: [], words: 'w' }, ['The build failed']],
  [{ type: 'engine', by: 'docker', text: 'no limits' }, ['Engine    Docker: no limits']],
  [
    { type: 'started', executionName: 'job-1', claimCheck: true },
    [
      'Started   job-1',
      '         The event is larger than 8,192 characters, so the job reads it from the payload bucket',
    ],
  ],
  [{ type: 'duplicate', executionName: 'job-1' }, ['Duplicate event: job-1 already exists. Nothing started.']],
  [
    { type: 'refused', error: 'Too Many Requests', injected: true },
    ['AWS Batch refused the submission: Too Many Requests (--throttle)'],
  ],
  [
    { type: 'wait', state: 'Attempt 1, delay', of: 'Wait', seconds: 12.34, waited: 12.34 },
    ['         next submission in 12 s'],
  ],
  [
    { ...EXIT, outcome: 'timed-out', exitCode: 143, seconds: 61 },
    ['Attempt 1 failed: timeout after 1 min 1 s, exit code 143'],
  ],
  [
    { ...EXIT, exitCode: 137, reason: `${EXITED}: OutOfMemoryError: killed` },
    ['Attempt 1 failed: exit code 137, OutOfMemoryError: killed'],
  ],
  [
    { ...EXIT, outcome: 'not-started', exitCode: null, reason: 'Task failed to start: no such user' },
    ['Attempt 1 failed: Task failed to start: no such user'],
  ],
  [{ type: 'unused', option: '--throttle' }, ['--throttle had no effect: the run ended first']],
  [
    { ...RESULT, status: 'FAILED', attempts: 0 },
    ['Failed before an attempt started', '         Execution job-1', '         Duration  2.2 s'],
  ],
])('%j', (progressEvent, lines) => expect(told([progressEvent])).toEqual(lines));

test('on a terminal a wait is counted down in one line, which the next line replaces', () => {
  const { report, written } = reported({ isTTY: true });
  report.countDown('2 s left');
  report.countDown('1 s left');
  report.tell({ type: 'restart', run: 2 });
  report.countDown(undefined);
  const text = written.join('');
  expect(text.split('\r\u001B[K').map(stripVTControlCharacters)).toEqual([
    '         2 s left',
    '         1 s left',
    '         AWS Batch restarts the job without using up an attempt\n',
  ]);
});

test("a job's output replaces a line that is counted down", async () => {
  const { report, written } = reported({ isTTY: true });
  report.countDown('2 s left');
  await report.output('stdout', Buffer.from('a\n'));
  expect(stripVTControlCharacters(written.join(''))).toBe('         2 s left\r         | a\n');
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
  [6_000_000, '100:00.0'],
])('the clock after %i ms', (milliseconds, clock) => {
  jest.useFakeTimers({ now: 0 });
  const { report, written } = reported({});
  jest.advanceTimersByTime(milliseconds);
  report.tell({ type: 'unused', option: '--throttle' });
  expect(stripVTControlCharacters(written.join(''))).toMatch(new RegExp(`^${clock} +--throttle had`));
});

test('a failure ends with its duration, error and cause', () =>
  expect(
    told([CONTAINER, { ...RESULT, status: 'FAILED', attempts: 1, error: 'States.TaskFailed', cause: 'C' }]).slice(1),
  ).toEqual([
    'Failed on attempt 1 of 3',
    '         Execution job-1',
    '         Duration  2.2 s',
    '         Error     States.TaskFailed',
    '         Cause     C',
  ]));

test.each([
  [
    { StatusReason: 'Essential container in task exited', Container: { ExitCode: 3 } },
    'exit code 3, Essential container in task exited',
  ],
  [{ StatusReason: 'Task failed to start', Container: { Reason: 'no memory' } }, 'Task failed to start, no memory'],
  [{ other: 1 }, '{"other":1}'],
  [null, 'null'],
])('the cause %j, for a person', (cause, text) =>
  expect(told([{ ...RESULT, status: 'FAILED', cause: JSON.stringify(cause) }])).toContain(`         Cause     ${text}`),
);

test('on a terminal long lines go on below their text; elsewhere they are whole', () => {
  const text = `${'some words '.repeat(20)}end.`;
  const progressEvents: ProgressEvent[] = [
    { type: 'note', text },
    { ...EXIT, hint: text },
  ];
  const lines = told(progressEvents, { isTTY: true, columns: 80 });
  for (const line of lines) expect(line.length).toBeLessThanOrEqual(80);
  expect(lines[1]).toMatch(/^ {19}\S/);
  expect(lines.at(-1)).toMatch(/^ {9}\S/);
  expect(told(progressEvents)).toEqual([`Note      ${text}`, 'Attempt 1 failed: exit code 1', `         ${text}`]);
});

test('a pipe whose reader says its width gets lines of that width', () => {
  process.env.COLUMNS = '40';
  expect(told([{ type: 'note', text: 'some words '.repeat(5).trim() }])).toEqual([
    'Note      some words some words',
    `${' '.repeat(19)}some words some words`,
    `${' '.repeat(19)}some words`,
  ]);
  delete process.env.COLUMNS;
});

test('red is an attempt that failed, yellow an interruption or a fault that was asked for, green a success', () => {
  const colours = jest.requireActual<typeof import('picocolors')>('picocolors').createColors(true);
  const { ProgressText } = coloured(colours);
  const colourOf = (progressEvent: ProgressEvent) => {
    const [line] = new ProgressText(true).lines(progressEvent);
    return line?.colour?.('x');
  };
  expect(colourOf(EXIT)).toBe(colours.red('x'));
  expect(colourOf({ ...EXIT, outcome: 'timed-out' })).toBe(colours.red('x'));
  expect(colourOf({ ...EXIT, outcome: 'not-started' })).toBe(colours.red('x'));
  expect(colourOf({ ...EXIT, outcome: 'interrupted' })).toBe(colours.yellow('x'));
  expect(colourOf({ type: 'signal', signal: 'SIGTERM', reason: 'Timeout', grace: 1 })).toBe(colours.yellow('x'));
  expect(colourOf({ type: 'refused', error: 'e', injected: true })).toBe(colours.yellow('x'));
  expect(colourOf({ ...EXIT, outcome: 'succeeded' })).toBe(colours.green('x'));
  expect(colourOf(RESULT)).toBe(colours.green(colours.bold('x')));
  expect(colourOf({ ...RESULT, status: 'FAILED' })).toBe(colours.red(colours.bold('x')));
  expect(colourOf({ type: 'state', state: 's', kind: 'Task' })).toBe(colours.dim('x'));
  expect(colourOf(CONTAINER)).toBeUndefined();
});

/** The log with colors, for any terminal. */
function coloured(colours: ReturnType<typeof import('picocolors')['createColors']>) {
  let loaded: typeof import('../../../cli/run-report/progress-text') | undefined;
  jest.isolateModules(() => {
    jest.doMock('../../../cli/command/colors', () => ({ colors: colours }));
    loaded = require('../../../cli/run-report/progress-text');
    jest.dontMock('../../../cli/command/colors');
  });
  if (loaded === undefined) throw new Error('not loaded');
  return loaded;
}

test("nothing that comes from a job, an image or a file controls the terminal, its hint's text included", () => {
  const evil = '\u001B]0;title\u0007\u001B[2J\r';
  const progressEvents: ProgressEvent[] = [
    { type: 'note', text: evil },
    { type: 'event', source: evil, bytes: 1 },
    { type: 'engine', by: 'docker', text: evil },
    { type: 'engine-fault', engine: 'docker', kind: 'unknown', problem: evil, fix: evil },
    { type: 'build-step', place: '1/1', instruction: evil },
    { type: 'build-failed', image: 'x', step: { place: '1', instruction: evil }, lines: [evil], words: '' },
    { type: 'image', image: evil, by: 'docker', action: 'pull' },
    { ...EXIT, reason: evil },
    { ...RESULT, status: 'FAILED', error: evil, cause: evil },
    { ...RESULT, status: 'FAILED', cause: JSON.stringify({ StatusReason: 's', Container: { Reason: evil } }) },
  ];
  const { report, written } = reported({ isTTY: true, columns: 80 });
  for (const progressEvent of progressEvents) report.tell(progressEvent);
  const text = written.join('');
  expect(text).not.toContain('\u001B[2J');
  expect([...text].filter((character) => /\p{Cc}/u.test(character) && !'\n\u001B'.includes(character))).toEqual([]);
  expect(text.match(/\^G/g)).toHaveLength(13);
});

test('output is whole lines, those without an end at the end', async () => {
  const { report, written } = reported({ isTTY: false });
  await report.output('stdout', Buffer.from('a\nb'));
  await report.output('stderr', Buffer.from('x\r\n'));
  await report.output('stdout', Buffer.from('c'));
  await report.outputEnded();
  expect(written.map((text) => stripVTControlCharacters(text).trim())).toEqual(['| a', '| x', '| bc']);
});
