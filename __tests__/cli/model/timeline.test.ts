import fc from 'fast-check';
import { miniBars } from '../../../cli/model/mini-bars';
import type { Run, StartOutcome } from '../../../cli/model/run';
import { timeSplit } from '../../../cli/model/time-split';
import { placeOn, runSpan } from '../../../cli/model/timeline/axis';
import { timelineRows } from '../../../cli/model/timeline/rows';
import { causeLine } from '../../../cli/model/words/cause-line';
import { nextStep } from '../../../cli/model/words/next-step';
import { verdict } from '../../../cli/model/words/verdict';
import { run, T0 } from './told-runs';

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
        const isDrawn = ({ from, to, intervals, marks, name }: (typeof rows)[number]) => {
          const areInside = intervals.every((interval) => {
            const [left, right] = [placeOn(span, interval.from), placeOn(span, interval.to)];
            return interval.to >= interval.from && left >= 0 && right <= 1 && left <= right;
          });
          const numbers = [from, to ?? 0, ...marks.map((mark) => placeOn(span, mark.at))];
          return areInside && numbers.every(Number.isFinite) && !/NaN|undefined|Infinity/.test(name);
        };
        expect(rows.filter((row) => !isDrawn(row))).toEqual([]);
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
