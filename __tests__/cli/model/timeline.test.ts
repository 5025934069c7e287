import fc from 'fast-check';
import { localCommand } from '../../../cli/console/page/run/local-command';
import { causeFacts } from '../../../cli/model/cause-facts';
import { miniBars, stripHeights } from '../../../cli/model/mini-bars';
import type { Attempt, Run, Start, StartOutcome } from '../../../cli/model/run';
import { detailsOf } from '../../../cli/model/run-details';
import { containerTime, timeSplit } from '../../../cli/model/time-split';
import { placeOn, runSpan, ticksOf } from '../../../cli/model/timeline/axis';
import { intervalText } from '../../../cli/model/timeline/facts';
import { legendOf, needsOverview } from '../../../cli/model/timeline/overview';
import { logStartOf, spokenDuration } from '../../../cli/model/timeline/row';
import { timelineRows } from '../../../cli/model/timeline/rows';
import { causeLine } from '../../../cli/model/words/cause-line';
import { nextStep } from '../../../cli/model/words/next-step';
import { verdict } from '../../../cli/model/words/verdict';
import { at, attempt, live, NOW, run, SPOT_STORY, start, T0 } from './told-runs';

describe('the rows of a timeline', () => {
  const rows = timelineRows(SPOT_STORY, NOW);

  test('are the trigger function, attempts, the starts of an attempt with several, and the waits', () => {
    expect(rows.map(({ id, label, detail }) => [id, label, detail])).toEqual([
      ['trigger', 'Trigger function', 'schedule, started this run'],
      ['a1', 'Attempt 1', 'Spot c6i.large, exit code 1'],
      ['w2', 'Wait before attempt 2', ''],
      ['a2', 'Attempt 2', '3 starts, exit code 1'],
      ['a2.1', 'Start 1', 'Spot c6i.large, exit code 143'],
      ['a2.2', 'Start 2', 'Spot c7i.large, free restart 1 of 1'],
      ['a2.3', 'Start 3', 'c6i.large, exit 1'],
      ['w3', 'Wait before attempt 3', ''],
      ['a3', 'Attempt 3', 'Spot c7i.large, exit code 0'],
    ]);
    expect(rows.map(logStartOf)).toEqual([undefined, '1', undefined, '2', '2.1', '2.2', '2.3', undefined, '3']);
  });

  test('have names that say what their bars show', () => {
    expect(rows.map(({ name }) => name)).toEqual([
      'Trigger function, schedule, started this run, 0.4 seconds',
      'Attempt 1, failed, exit code 1, 5 minutes 22 seconds',
      'Wait before attempt 2, 5 seconds',
      'Attempt 2, 3 starts, failed, exit code 1, 16 minutes 35 seconds',
      'Attempt 2, start 1, interrupted, exit code 143, 6 minutes 15 seconds',
      'Attempt 2, start 2, free restart 1, interrupted, exit code 143, 5 minutes 17 seconds',
      'Attempt 2, start 3, on-demand, failed, exit code 1, 5 minutes 3 seconds',
      'Wait before attempt 3, 10 seconds',
      'Attempt 3, succeeded, exit code 0, 5 minutes 29 seconds',
    ]);
  });

  test('connect a start with the one before it', () => {
    expect(rows.flatMap(({ id, connector }) => (connector ? [[id, connector.kind, connector.at - T0]] : []))).toEqual([
      ['a2.2', 'restart', 702_000],
      ['a2.3', 'on-demand', 1_019_000],
    ]);
  });

  test('a closed attempt shows the bars of its starts', () => {
    const closed = timelineRows(SPOT_STORY, NOW, new Set(['a2']));
    expect(closed.map(({ id }) => id)).not.toContain('a2.1');
    const kinds = closed.find(({ id }) => id === 'a2')?.intervals.map(({ kind }) => kind);
    expect(kinds).toEqual([
      'queue',
      'starting',
      'interrupted',
      'queue',
      'starting',
      'interrupted',
      'queue',
      'starting',
      'failed',
    ]);
  });

  test('more than 20 attempts are folded in the middle', () => {
    const attempts = Array.from({ length: 21 }, (_, index) => attempt({ number: index + 1 }));
    const many = (some: readonly Attempt[]) => run({ attempts: some, maximum: 100 });
    const folded = timelineRows(many(attempts), NOW);
    expect(folded.map(({ label }) => label)).toEqual([
      'Attempt 1',
      'Attempt 2',
      'Attempt 3',
      '15 attempts failed with exit code 1',
      'Attempt 19',
      'Attempt 20',
      'Attempt 21',
    ]);
    expect(timelineRows(many(attempts), NOW, new Set(['f4']))).toHaveLength(22);
    expect(timelineRows(many(attempts.slice(1)), NOW)).toHaveLength(20);
    const mixed = attempts.map((one, index) => (index % 5 === 0 ? { ...one, outcome: 'timed-out' as const } : one));
    expect(timelineRows(many(mixed), NOW)[3]?.label).toBe('15 attempts: 12 failed, 3 timed out');
  });

  test('more than 12 starts are folded in the middle', () => {
    const starts = Array.from({ length: 13 }, (_, index) =>
      start({ number: index + 1, outcome: 'interrupted', exitCode: 143 }),
    );
    const labels = (some: readonly Start[]) =>
      timelineRows(run({ attempts: [attempt({ starts: some })] }), NOW).map(({ label }) => label);
    expect(labels(starts)).toHaveLength(1 + 7);
    expect(labels(starts)[4]).toBe('7 starts were interrupted with exit code 143');
    expect(labels(starts.slice(1))).toHaveLength(1 + 12);
  });

  test('a queue is unknown where AWS Batch was not asked, and known where it was', () => {
    const first = (batchStatus?: string) =>
      timelineRows(live({ outcome: 'queued', startedAt: undefined, batchStatus }), NOW)[0];
    expect(first()?.intervals).toEqual([{ kind: 'unknown', from: T0, to: NOW, isLive: true }]);
    expect(first()?.outcomeWord).toBe('Submitted');
    expect(first('RUNNABLE')?.intervals).toEqual([{ kind: 'queue', from: T0, to: NOW, isLive: true }]);
  });

  test('a start whose end AWS forgot is not recorded', () => {
    const [row] = timelineRows(run({ attempts: [attempt({ starts: [start({ stoppedAt: undefined })] })] }), NOW);
    expect(row?.intervals.map(({ kind }) => kind)).toEqual(['queue', 'unknown']);
  });

  test('refusals are marks on the queue, and SIGTERM begins a tail', () => {
    const told = run({
      place: 'local',
      by: 'docker',
      attempts: [
        attempt({
          outcome: 'interrupted',
          refusals: [{ at: at(1) }, { at: at(2) }],
          starts: [
            start({
              outcome: 'interrupted',
              exitCode: 143,
              queuedAt: undefined,
              startedAt: at(3),
              signalAt: at(6),
              stoppedAt: at(7),
              signalReason: 'Spot interruption',
            }),
          ],
        }),
      ],
    });
    const [row] = timelineRows(told, NOW);
    expect(row?.detail).toBe('2 submissions throttled, Docker, exit code 143');
    expect(row?.intervals.map(({ kind, from, to }) => [kind, from - T0, to - T0])).toEqual([
      ['queue', 0, 3_000],
      ['interrupted', 3_000, 6_000],
      ['tail', 6_000, 7_000],
    ]);
    expect(row?.marks.map(({ kind }) => kind)).toEqual(['refusal', 'refusal', 'notice']);
    expect(legendOf([row ?? fail()])).toEqual(['queue', 'interrupted', 'tail', 'refusal']);
  });
});

function fail(): never {
  throw new Error('no row');
}

describe('the axis', () => {
  test('of an ended run reaches from the event to the end', () => {
    expect(runSpan(SPOT_STORY, NOW)).toEqual({ from: T0, to: at(1661) });
    expect(ticksOf({ from: T0, to: at(1661) }, T0).map(({ text }) => text)).toEqual([
      '0:00',
      '5:00',
      '10:00',
      '15:00',
      '20:00',
      '25:00',
    ]);
  });

  test.each([
    [12.4, ['0s', '2s', '4s', '6s', '8s', '10s', '12s']],
    [0.3, ['0s', '0.05s', '0.1s', '0.15s', '0.2s', '0.25s', '0.3s']],
    [5_400, ['0m', '20m', '40m', '1h', '1h 20m']],
    [9 * 86_400, ['0m', '2d', '4d', '6d', '8d']],
  ])('has ticks in the words of a run of %s seconds', (seconds, texts) => {
    expect(ticksOf({ from: T0, to: at(seconds) }, T0).map(({ text }) => text)).toEqual(texts);
  });

  test('of a live run stays the same for a while', () => {
    const told = live({ outcome: 'running' });
    const ends = new Set(Array.from({ length: 60 }, (_, second) => runSpan(told, NOW + second * 1000).to));
    expect(ends.size).toBeLessThanOrEqual(2);
    expect(Math.min(...ends)).toBeGreaterThanOrEqual(NOW + 0.15 * (NOW - T0));
  });

  test('has 5 to 8 ticks, at any length', () => {
    fc.assert(
      fc.property(fc.double({ min: 100, max: 366 * 86_400_000, noNaN: true }), (length) => {
        const ticks = ticksOf({ from: T0, to: T0 + length }, T0);
        expect(ticks.length).toBeGreaterThanOrEqual(5);
        expect(ticks.length).toBeLessThanOrEqual(8);
        expect(new Set(ticks.map(({ text }) => text)).size).toBe(ticks.length);
      }),
      { numRuns: 300 },
    );
  });
});

test('a mini timeline has the shapes of the timeline, and long ones are bounded', () => {
  expect(miniBars(SPOT_STORY, NOW).map(({ kind }) => kind)).toEqual([
    ...['queue', 'failed', 'wait', 'queue', 'interrupted', 'queue', 'interrupted', 'queue', 'failed', 'wait', 'queue'],
    'succeeded',
  ]);
  const attempts = Array.from({ length: 100 }, (_, index) =>
    attempt({
      number: index + 1,
      starts: [start({ queuedAt: at(index * 10), startedAt: at(index * 10 + 3), stoppedAt: at(index * 10 + 9) })],
    }),
  );
  expect(miniBars(run({ attempts }), NOW).length).toBeLessThanOrEqual(60);
});

test('the heights of a strip follow the logarithm of the durations', () => {
  expect(stripHeights([1_000, 10_000, 100_000])).toEqual([0.2, 0.6, 1]);
  expect(stripHeights([60_000, 60_000])).toEqual([1, 1]);
  expect(stripHeights([undefined, 5])).toEqual([0.2, 1]);
  expect(stripHeights([])).toEqual([]);
  expect(stripHeights([undefined])).toEqual([0.2]);
});

test('where the time went', () => {
  const split = timeSplit(SPOT_STORY, NOW).map(({ label, milliseconds }) => [label, milliseconds / 1000]);
  expect(split).toEqual([
    ['Running', 1309],
    ['In queue', 213],
    ['Starting', 124],
    ['Waits between attempts', 15],
  ]);
  expect(containerTime(SPOT_STORY, NOW)).toEqual({ milliseconds: 1_309_000, starts: 5 });
});

test('a timeline gets an overview for many rows, and for containers that are too short to be seen', () => {
  const rows = timelineRows(SPOT_STORY, NOW);
  const span = runSpan(SPOT_STORY, NOW);
  expect(needsOverview(rows, span)).toBe(false);
  expect(needsOverview(Array(5).fill(rows).flat(), span)).toBe(true);
  const short = start({ startedAt: at(10), stoppedAt: at(11) });
  const mixed = run({ attempts: [attempt({ starts: [short, start()] })], endedAt: at(300) });
  expect(needsOverview(timelineRows(mixed, NOW), runSpan(mixed, NOW))).toBe(true);
});

test('durations are read aloud in at most two units', () => {
  expect([0, 400, 1_000, 58_000, 303_000, 3_600_000, 187_200_000].map(spokenDuration)).toEqual([
    '0 seconds',
    '0.4 seconds',
    '1 second',
    '58 seconds',
    '5 minutes 3 seconds',
    '1 hour',
    '2 days 4 hours',
  ]);
});

test('the details of a row say what its start or attempt is known for', () => {
  const rows = timelineRows(SPOT_STORY, NOW);
  const details = (id: string | undefined) => {
    const found = detailsOf(
      SPOT_STORY,
      rows.find((row) => row.id === id),
      NOW,
    );
    return [found?.title, ...(found?.facts ?? []).map(({ label, value }) => `${label}: ${value}`)];
  };
  expect(details('a2.3')).toEqual([
    'Attempt 2, start 3',
    'Exit code: 1',
    'Reason: Essential container in task exited',
    'Capacity: On-demand',
    'Instance: c6i.large',
    'In queue: 33s',
    'Starting: 34s',
    'Running: 3m 56s',
  ]);
  expect(details('a2')).toEqual(['Attempt 2', 'Starts: 3', 'Spot interruptions: 2', 'Duration: 16m 35s']);
  expect(details('trigger')).toEqual(['Trigger function', 'Event: schedule', 'Took: 0.4s']);
  expect(details('w3')).toEqual(['Wait before attempt 3', 'Duration: 10s']);
  // Without a selection, the last start.
  expect(details(undefined)[0]).toBe('Attempt 3');
  expect(detailsOf(run(), undefined, NOW)).toBeUndefined();
});

test('intervals say their times by the clock that was chosen', () => {
  const interval = { kind: 'failed', from: at(104), to: at(3722.4) } as const;
  expect(intervalText(interval, T0, 'elapsed')).toBe('Running 1h 00m, 1:44.0 to 1:02:02');
  expect(intervalText({ ...interval, isLive: true }, T0, 'utc')).toBe('Running 1h 00m, 14:01:46 to now');
});

test('a command repeats a run of AWS on this machine, with any event that a shell can be given', () => {
  const event = { bytes: 20, text: '{"name": "O\'Brien $HOME"}' };
  expect(localCommand(run({ event }), 'npm run local')).toBe(
    `printf '%s' '{"name":"O'\\''Brien $HOME"}' | npm run local -- nightlyReport --event -`,
  );
  expect(localCommand(run({ event }), 'npx batch-jobs local')).toContain('| npx batch-jobs local nightlyReport');
  const digits = { bytes: 30, text: '{"n": 12345678901234567890, "a": 1.0}' };
  expect(localCommand(run({ event: digits }), 'x')).toContain('{"n":12345678901234567890,"a":1.0}');
  expect(localCommand(run({ event: { bytes: 5_000, text: `"${'a'.repeat(5_000)}"` } }), 'x')).toBeUndefined();
  expect(localCommand(run({ event: { bytes: 9_000 } }), 'x')).toBeUndefined();
  expect(localCommand(run({ command: 'npm run local -- job' }), undefined)).toBe('npm run local -- job');
});

test('an error and its cause are read as facts, and stay whole', () => {
  const job = {
    Status: 'FAILED',
    StatusReason: 'Task failed',
    JobId: '4b1e',
    Container: { ExitCode: 137, Reason: 'OutOfMemoryError' },
  };
  const { facts, raw } = causeFacts('States.TaskFailed', JSON.stringify(job));
  expect(facts.map(({ label, value }) => [label, value])).toEqual([
    ['Error', 'States.TaskFailed'],
    ['Status reason', 'Task failed'],
    ['Exit code', '137'],
    ['Container reason', 'OutOfMemoryError'],
  ]);
  expect(JSON.parse(raw ?? '')).toEqual(job);
  expect(causeFacts(undefined, 'not {JSON')).toEqual({ facts: [{ label: 'Cause', value: 'not {JSON' }] });
  expect(causeFacts(undefined, '[1]').raw).toBe('[\n  1\n]');
  expect(causeFacts(undefined, undefined)).toEqual({ facts: [] });
});

describe('any run, with missing times and clocks that differ', () => {
  const outcomes: StartOutcome[] = [
    'queued',
    'starting',
    'running',
    'succeeded',
    'failed',
    'interrupted',
    'timed-out',
    'canceled',
    'not-started',
    'refused',
    'stopped',
  ];
  const time = fc.integer({ min: -60_000, max: 3_600_000 }).map((passed) => T0 + passed);
  const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined, freq: 2 });
  const anyStart = fc.record({
    number: fc.constant(1),
    outcome: fc.constantFrom(...outcomes),
    onDemand: fc.boolean(),
    restart: maybe(fc.integer({ min: 1, max: 9 })),
    queuedAt: maybe(time),
    startingAt: maybe(time),
    startedAt: maybe(time),
    signalAt: maybe(time),
    stoppedAt: maybe(time),
    exitCode: maybe(fc.integer({ min: 0, max: 255 })),
    reason: maybe(fc.string()),
  });
  const anyAttempt = fc.record({
    number: fc.constant(1),
    outcome: fc.constantFrom(...outcomes),
    begunAt: time,
    endedAt: maybe(time),
    refusals: fc.array(fc.record({ at: maybe(time) }), { maxLength: 2 }),
    reason: maybe(fc.string()),
    starts: fc
      .array(anyStart, { maxLength: 14 })
      .map((starts) => starts.map((one, index) => ({ ...one, number: index + 1 }))),
  });
  const anyRun: fc.Arbitrary<Run> = fc
    .record({
      outcome: fc.constantFrom('running', 'succeeded', 'failed', 'timed-out', 'stopped'),
      place: fc.constantFrom('local', 'aws'),
      endedAt: maybe(time),
      trigger: maybe(fc.record({ at: time, endedAt: maybe(time), duplicates: fc.nat(3) })),
      attempts: fc
        .array(anyAttempt, { maxLength: 24 })
        .map((all) => all.map((one, index) => ({ ...one, number: index + 1 }))),
      waits: fc.array(
        fc.record({
          kind: fc.constantFrom('retry', 'throttled'),
          from: time,
          to: maybe(time),
          before: fc.integer({ min: 1, max: 25 }),
        }),
        { maxLength: 3 },
      ),
    })
    .map((differences) => run(differences as Partial<Run>));

  test('is drawn within its axis, in order, and never as NaN', () => {
    fc.assert(
      fc.property(anyRun, time, (told, now) => {
        const span = runSpan(told, now);
        expect(span.to).toBeGreaterThan(span.from);
        const rows = timelineRows(told, now);
        expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length - doubleWaits(told));
        for (const { from, to, intervals, marks, name } of rows) {
          const outside = intervals.filter((interval) => {
            const [left, right] = [placeOn(span, interval.from), placeOn(span, interval.to)];
            return !(interval.to >= interval.from && left >= 0 && right <= 1 && left <= right);
          });
          const numbers = [from, to ?? 0, ...marks.map((mark) => placeOn(span, mark.at))];
          expect({ outside, endless: numbers.filter((number) => !Number.isFinite(number)) }).toEqual({
            outside: [],
            endless: [],
          });
          expect(name).not.toMatch(/NaN|undefined|Infinity/);
        }
        expect(miniBars(told, now).filter((bar) => !(bar.from >= 0 && bar.to >= bar.from))).toEqual([]);
        expect(timeSplit(told, now).filter(({ milliseconds }) => !(milliseconds > 0))).toEqual([]);
        const words = [verdict(told).text, causeLine(told, now), JSON.stringify(nextStep(told, now))].join(' ');
        expect(words).not.toMatch(/NaN|undefined|Infinity/);
        expect(causeLine(told, now).length).toBeLessThanOrEqual(160);
      }),
      { numRuns: 150 },
    );
  });

  /** Waits before the same attempt, which this project's state machines do not have. */
  function doubleWaits({ waits }: Run): number {
    const retries = waits.filter(({ kind }) => kind === 'retry').map(({ before }) => before);
    return retries.length - new Set(retries).size;
  }
});
