import type { RunRow } from '../../../../cli/operate/runs/details';
import { runJson, runTable, type TableRun } from '../../../../cli/operate/runs/print';
import { answers, deploymentOf } from '../fake-aws';

const NOW = new Date(2026, 10, 27, 12, 0, 0);
const STARTED = new Date(2026, 10, 27, 11, 58, 30);
const HASH = '0123456789abcdef0123456789abcdef';

const row = (more: Partial<TableRun> = {}): TableRun => ({
  job: { name: 'report' },
  name: 'report-1',
  status: 'RUNNING',
  started: STARTED,
  ...more,
});

/** The cells of each line, which are separated by at least two spaces. */
const cells = (rows: readonly TableRun[], width?: number) =>
  runTable(rows, width, NOW).map((line) => line.trim().split(/ {2,}/));

describe('the table of runs', () => {
  it('has a line for each, with the whole values in a pipe', () => {
    const event = { source: 'schedule', bytes: 1, input: '{}' };
    const ended = new Date(2026, 10, 27, 11, 59, 30);
    const rows = [
      row({ name: `report-${HASH}`, event, attempt: { number: 1, maximum: 3 } }),
      row({ name: 'report-2', status: 'TIMED_OUT', ended }),
    ];
    expect(cells(rows)).toEqual([
      ['RUN', 'JOB', 'STATUS', 'STARTED', 'TOOK', 'ATTEMPTS', 'BY'],
      [`report-${HASH}`, 'report', 'running', '2026-11-27 11:58', '1 min 30 s', '1 of 3', 'schedule'],
      ['report-2', 'report', 'timed out', '2026-11-27 11:58', '1 min'],
    ]);
  });

  it('has columns of items and of details only if there are some', () => {
    const counts = { waiting: 0, running: 0, succeeded: 1_000, failed: 234 };
    const items = { count: 1_234, counts, failures: [] };
    expect(cells([row({ items }), row()])).toEqual([
      expect.not.arrayContaining(['DETAILS']),
      expect.arrayContaining(['1,000 of 1,234']),
      expect.anything(),
    ]);
    const [titles] = cells([row({ activity: 'starting' })]);
    expect(titles).toContain('DETAILS');
    expect(titles).not.toContain('ITEMS');
  });

  it.each([
    [{ activity: 'starting', reason: 'x', error: 'y' }, 'starting'],
    [{ status: 'FAILED', reason: 'x', error: 'y' }, 'x'],
    [{ status: 'FAILED', error: 'y' }, 'y'],
    [{ status: 'SUCCEEDED', activity: 'starting', reason: 'skipped', error: 'y' }, 'skipped'],
  ] as const)('has in the details of %j: %s', (more, text) => {
    expect(cells([row(more)])[1]?.at(-1)).toBe(text);
  });

  it('has no details of a run that succeeded, whatever it did before', () => {
    expect(cells([row({ status: 'SUCCEEDED', activity: 'starting', error: 'y' })])[0]).not.toContain('DETAILS');
  });

  it('has short values on a narrow terminal, and without the job, which the name begins with', () => {
    const rows = [row({ name: `report-${HASH}`, event: { bytes: 9_999, input: '{}' } })];
    expect(cells(rows, 66)).toEqual([
      ['RUN', 'STATUS', 'STARTED', 'TOOK', 'ATTEMPTS', 'BY'],
      ['report-01234567', 'running', '11-27 11:58', '1 min 30 s', 'large'],
    ]);
  });

  it('has whole names if two short ones are the same', () => {
    const [one, two] = [`report-${HASH}`, `report-01234567${'f'.repeat(24)}`];
    const names = cells([row({ name: one }), row({ name: two }), row({ name: `load-${HASH}` })], 70);
    expect(names.slice(1).map(([name]) => name)).toEqual([one, two, 'load-01234567']);
  });

  it('has what started a run, and its details, below it where there is no room', () => {
    const event = { source: 'schedule', bytes: 1, input: '{}' };
    const lines = runTable([row({ event, activity: 'starting' }), row()], 44, NOW);
    expect(lines[0]).not.toMatch(/BY|DETAILS/);
    expect(lines.map((line) => line.trim())).toEqual(expect.arrayContaining(['started by schedule', 'starting']));
    expect(lines.filter((line) => line.includes('started by'))).toHaveLength(1);
  });
});

describe('the JSON of a run', () => {
  const job = deploymentOf(answers({})).jobNamed('report');
  const base: RunRow = { job, name: 'report-1', executionArn: 'arn:1', status: 'FAILED', started: STARTED };

  it('has all that is known', () => {
    const ended = new Date(STARTED.getTime() + 60_500);
    const items = { count: 3, counts: { waiting: 0, running: 0, succeeded: 1, failed: 2 }, failures: [] };
    const earlier = { run: 'load-1', job: 'load' };
    const event = { source: 'batch-job', earlier, bytes: 12, s3Uri: 's3://events/report/x', input: '{}' };
    const attempt = { number: 2, maximum: 3 };
    const known: RunRow = { ...base, ended, items, event, attempt, activity: 'a', error: 'e', reason: 'r' };
    expect(runJson(known, NOW)).toEqual({
      run: 'report-1',
      job: 'report',
      executionArn: 'arn:1',
      status: 'FAILED',
      started: STARTED,
      ended,
      seconds: 60.5,
      attempt: 2,
      attempts: 3,
      items: { count: 3, waiting: 0, running: 0, succeeded: 1, failed: 2 },
      source: 'batch-job',
      earlierRun: 'load-1',
      earlierJob: 'load',
      eventBytes: 12,
      s3Uri: 's3://events/report/x',
      activity: 'a',
      error: 'e',
      reason: 'r',
    });
  });

  it('leaves out what is not known, and counts the seconds of a run in progress until now', () => {
    expect(JSON.parse(JSON.stringify(runJson(base, NOW)))).toEqual({
      run: 'report-1',
      job: 'report',
      executionArn: 'arn:1',
      status: 'FAILED',
      started: STARTED.toISOString(),
      seconds: 90,
    });
  });
});
