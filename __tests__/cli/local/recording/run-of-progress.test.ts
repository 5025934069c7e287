import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import type { RecordedProgressEvent, RecordedRun } from '../../../../cli/local/recording/format';
import { Marks } from '../../../../cli/local/recording/marks';
import { recordedBars, runOfProgress } from '../../../../cli/local/recording/run-of-progress';
import { RunProgress } from '../../../../cli/local/recording/run-progress';
import type { RetryPolicy, StartOutcome } from '../../../../cli/model/run';

const POLICY: RetryPolicy = { attempts: 3, waits: [5, 10], freeRestarts: 1, thenOnDemand: true, isSpot: true };

const RUN: RecordedRun = {
  version: 1,
  id: '20261126-150632811-20ee7c',
  stack: 'shop',
  job: 'report',
  name: 'report-1',
  startedAt: 0,
  words: ['report'],
  command: 'npx batch-jobs local report',
  process: { pid: 1 },
  event: { source: 'sample of schedule', bytes: 272 },
  policy: POLICY,
};

/** What happened in a run of the command, with times since its start. */
function recorded(name: string): RecordedProgressEvent[] {
  const path = join(__dirname, '../../../fixtures/recordings', `${name}.ndjson`);
  const lines = readFileSync(path, 'utf8').trim().split('\n');
  return lines.map((line) => JSON.parse(line));
}

function told(progressEvents: readonly RecordedProgressEvent[]) {
  const progress = new RunProgress(0);
  for (const progressEvent of progressEvents) progress.next(progressEvent);
  return { ...runOfProgress(RUN, progress), bars: recordedBars(RUN, progress, 60_000) };
}

function marksOf(progressEvents: readonly RecordedProgressEvent[]): string[] {
  const marks = new Marks(POLICY);
  const placed = progressEvents.flatMap((progressEvent) => marks.next(progressEvent));
  return placed.map(({ start, mark: { kind, title, detail } }) => `${start} ${kind}: ${title}. ${detail}`);
}

/** Outcomes of the starts of each attempt. */
function outcomesOf(name: string): StartOutcome[][] {
  return told(recorded(name)).attempts.map(({ starts }) => starts.map(({ outcome }) => outcome));
}

describe('a run that was made to fail once, with its event delivered twice', () => {
  const run = told(recorded('fails-once'));

  it('has its attempts, its wait, its duplicate and its end', () => {
    expect(run).toMatchObject({
      ...{ outcome: 'succeeded', attempt: 2, maximum: 3, by: 'plain process', place: 'local' },
      trigger: { at: 0, duplicates: 1 },
      attempts: [
        { number: 1, outcome: 'failed', starts: [{ number: 1, outcome: 'failed', exitCode: 1, isMadeToFail: true }] },
        { number: 2, outcome: 'succeeded', starts: [{ number: 1, outcome: 'succeeded', exitCode: 0 }] },
      ],
      waits: [{ kind: 'retry', seconds: 5, waited: 1, before: 2 }],
    });
    const [wait] = run.waits;
    expect(wait?.from).toBeGreaterThanOrEqual(run.attempts[0]?.endedAt ?? Number.NaN);
    expect((wait?.to ?? 0) - (wait?.from ?? 0)).toBeGreaterThanOrEqual(1000);
    expect(run.bars.map(({ kind }) => kind)).toEqual(['failed', 'wait', 'succeeded']);
  });

  it('has marks that say what comes next', () => {
    expect(marksOf(recorded('fails-once'))).toEqual([
      ' note: Duplicate event. The second delivery started nothing',
      '1.1 failed: Attempt 1 failed. exit code 1 (--fail-attempts). Attempt 2 starts in 5 s, shortened to 1 s',
      '2.1 succeeded: Succeeded. exit code 0',
    ]);
  });
});

describe('a run whose first attempt was killed for memory', () => {
  const reason = 'Essential container in task exited: OutOfMemoryError: Container killed due to memory usage';
  const container = (at: number, attempt: string, memory: number) =>
    ({ at, type: 'container', attempt, run: 1, onDemand: false, by: 'podman', memory }) as const;
  const events: RecordedProgressEvent[] = [
    { at: 0, type: 'state', state: 'Attempt 1', kind: 'Task' },
    container(1, '1', 96),
    { at: 2, type: 'exit', attempt: '1', outcome: 'failed', exitCode: 137, reason, seconds: 1 },
    { at: 2, type: 'state', state: 'Wait before attempt 2', kind: 'Wait' },
    { at: 2, type: 'wait', state: 'Wait before attempt 2', of: 'Wait', seconds: 5, waited: 5 },
    { at: 7, type: 'state', state: 'Attempt 2', kind: 'Task' },
    container(7, '2', 192),
  ];

  it('has the memory of each attempt', () => {
    expect(told(events).attempts.map(({ memory }) => memory)).toEqual([96, 192]);
  });

  it('has a mark that says what the next one gets', () => {
    const marks = new Marks({ ...POLICY, memoryLevels: [96, 192] });
    const [first] = events.flatMap((event) => marks.next(event));
    expect(first?.mark.detail).toBe('exit code 137, out of memory. Attempt 2 starts in 5 s, with 192 MiB');
  });
});

describe('a run with a Spot interruption', () => {
  it('has the signal, and the restart as a second start', () => {
    const [attempt] = told(recorded('interrupted')).attempts;
    expect(attempt).toMatchObject({ number: 1, outcome: 'succeeded' });
    const [first, second] = attempt?.starts ?? [];
    expect(first).toMatchObject({
      outcome: 'interrupted',
      signalReason: 'Spot interruption',
      grace: 120,
      exitCode: 143,
    });
    expect(first?.signalAt).toBeGreaterThan(first?.startedAt ?? 0);
    expect(first?.signalAt).toBeLessThanOrEqual(first?.stoppedAt ?? 0);
    expect(second).toMatchObject({ number: 2, outcome: 'succeeded', restart: 1, onDemand: false });
    expect(first).not.toHaveProperty('restart');
  });

  it('has marks for the notice and the restart', () => {
    expect(marksOf(recorded('interrupted'))).toEqual([
      '1.1 interrupted: Spot interruption. SIGTERM sent, 2 min to exit',
      '1.1 restart: Free restart 1 of 1. exit code 143 after a Spot interruption. The attempt is not used up',
      '1.2 succeeded: Succeeded. exit code 0',
    ]);
  });

  it('goes on as a further start on demand', () => {
    const [attempt, ...others] = told(recorded('moves-to-on-demand')).attempts;
    expect(others).toEqual([]);
    expect(attempt?.starts).toMatchObject([
      { number: 1, outcome: 'interrupted', onDemand: false },
      { number: 2, outcome: 'interrupted', onDemand: false, restart: 1 },
      { number: 3, outcome: 'succeeded', onDemand: true },
    ]);
    expect(attempt?.starts[2]).not.toHaveProperty('restart');
    expect(marksOf(recorded('moves-to-on-demand')).slice(1)).toEqual([
      '1.2 interrupted: Interrupted. exit code 143',
      '1.3 on-demand: Moved to on-demand. Attempt 1 continues: no free restart was left',
      '1.3 succeeded: Succeeded. exit code 0',
    ]);
  });
});

it('a run whose attempts time out has the error, its reason and the whole cause', () => {
  const run = told(recorded('times-out'));
  expect(outcomesOf('times-out')).toEqual([['timed-out'], ['timed-out'], ['timed-out']]);
  expect(run).toMatchObject({ outcome: 'failed', attempt: 3, error: 'States.TaskFailed' });
  expect(run.reason).toBe('Job attempt duration exceeded timeout (exit code 143)');
  expect(JSON.parse(run.cause ?? '')).toHaveProperty('Attempts');
  expect(marksOf(recorded('times-out')).slice(-3)).toEqual([
    '3.1 timed-out: Timeout. SIGTERM sent, 2 min to exit',
    '3.1 timed-out: Attempt 3 timed out. exit code 143',
    '3.1 failed: Failed after 3 attempts. States.TaskFailed',
  ]);
});

it('a run whose job fails ends with its exit code', () => {
  expect(told(recorded('fails')).reason).toBe('Exit code 3');
  expect(outcomesOf('fails')).toEqual([['failed'], ['failed'], ['failed']]);
  expect(marksOf(recorded('fails'))[1]).toBe(
    '2.1 failed: Attempt 2 failed. exit code 3. Attempt 3 starts in 10 s, shortened to 1 s',
  );
});

it('a mark about a host that is gone has one full stop after it', () => {
  const [state, container] = recorded('interrupted').filter(({ type }) => type === 'state' || type === 'container');
  const reason = 'Host EC2 (instance i-00000000000000000) terminated.';
  const exit = {
    at: 9,
    type: 'exit',
    attempt: '1',
    outcome: 'interrupted',
    exitCode: null,
    reason,
    seconds: 1,
  } as const;
  const progressEvents = [state, container, exit, { at: 9, type: 'restart', run: 2 }] as RecordedProgressEvent[];
  expect(marksOf(progressEvents)).toEqual([
    '1.1 restart: Free restart 1 of 1. Host EC2 (instance i-00000000000000000) terminated. The attempt is not used up',
  ]);
});

it('a run that was throttled has the refusals, and waits that belong to the attempt', () => {
  const run = told(recorded('throttled'));
  expect(run.attempts).toMatchObject([{ number: 1, outcome: 'succeeded', refusals: [{}, {}] }]);
  expect(run.attempts[0]?.refusals[0]).toEqual({ at: run.attempts[0]?.begunAt, error: 'Too Many Requests' });
  expect(run.waits).toMatchObject([
    { kind: 'throttled', before: 1 },
    { kind: 'throttled', before: 1 },
  ]);
});

describe('a run that did not end by itself', () => {
  const [half] = [recorded('interrupted').slice(0, 4)];

  it('is running', () => {
    const run = told(half);
    expect(run).toMatchObject({
      outcome: 'running',
      attempts: [{ outcome: 'running', starts: [{ outcome: 'running' }] }],
    });
    expect(run).not.toHaveProperty('endedAt');
    expect(run.bars).toEqual([expect.objectContaining({ kind: 'running', to: 60_000 })]);
  });

  it('was stopped by somebody', () => {
    const run = told([...half, { at: 900, type: 'stopped', by: 'Ctrl-C' }]);
    const start = { outcome: 'stopped', stoppedAt: 900 };
    expect(run).toMatchObject({
      outcome: 'stopped',
      stoppedBy: 'Ctrl-C',
      endedAt: 900,
      attempts: [{ starts: [start] }],
    });
    expect(marksOf([...half, { at: 900, type: 'stopped', by: 'Ctrl-C' }])).toEqual(['1.1 stopped: Stopped. Ctrl-C']);
  });

  it('could not go on', () => {
    const error = 'The disk is full. Free some space.';
    const run = told([...half, { at: 900, type: 'error', error }]);
    expect(run).toMatchObject({
      outcome: 'failed',
      reason: error,
      attempts: [{ outcome: 'not-started', endedAt: 900 }],
    });
  });

  it('ended while it waited', () => {
    const run = told([...recorded('fails-once').slice(0, 9), { at: 1_500, type: 'stopped', by: 'SIGTERM' }]);
    expect(run.waits).toMatchObject([{ to: 1_500 }]);
    expect(run.attempts).toMatchObject([{ outcome: 'failed' }]);
  });

  it('was refused for good', () => {
    const run = told([
      { at: 5, type: 'state', state: 'Attempt 1', kind: 'Task' },
      { at: 6, type: 'refused', error: 'no such queue', injected: false },
      { at: 7, type: 'result', executionName: 'a', status: 'FAILED', attempts: 0, seconds: 0, cause: 'no such queue' },
    ]);
    expect(run.attempts).toMatchObject([{ outcome: 'refused', reason: 'no such queue', starts: [] }]);
  });
});

it('notes, and options without effect, are notes of the run', () => {
  const progressEvents: RecordedProgressEvent[] = [
    { at: -5, type: 'note', text: 'read as UTF-16' },
    { at: 5, type: 'unused', option: '--throttle' },
  ];
  expect(told(progressEvents).notes).toEqual(['read as UTF-16', '--throttle had no effect: the run ended first']);
});

const NAMES = ['fails-once', 'interrupted', 'times-out', 'throttled', 'fails', 'moves-to-on-demand'];

it('any beginning of a recording is a run whose times are in order', () => {
  const beginnings = fc
    .constantFrom(...NAMES.map(recorded))
    .chain((all) => fc.nat(all.length).map((length) => all.slice(0, length)));
  fc.assert(
    fc.property(beginnings, fc.boolean(), (progressEvents, isStopped) => {
      const last = progressEvents.at(-1)?.at ?? 0;
      const run = told(
        isStopped ? [...progressEvents, { at: last + 1, type: 'stopped', by: 'SIGTERM' }] : progressEvents,
      );
      const times = run.attempts.flatMap(({ starts }) =>
        starts.flatMap(({ startedAt = 0, signalAt = startedAt, stoppedAt = Number.POSITIVE_INFINITY }) => [
          startedAt,
          signalAt,
          stoppedAt,
        ]),
      );
      expect([...times].sort((one, other) => one - other)).toEqual(times);
      expect(run.attempts.map(({ number }) => number)).toEqual(run.attempts.map((_, index) => index + 1));
      for (const { starts } of run.attempts) {
        expect(starts.map(({ number }) => number)).toEqual(starts.map((_, index) => index + 1));
      }
      if (run.outcome !== 'running') {
        expect(run.waits.every(({ to }) => to !== undefined)).toBe(true);
        expect(run.attempts.every(({ endedAt, outcome }) => endedAt !== undefined && outcome !== 'running')).toBe(true);
      }
      expect(run.bars.every(({ from, to }) => from >= 0 && from <= to)).toBe(true);
    }),
  );
});
