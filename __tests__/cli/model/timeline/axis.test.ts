import fc from 'fast-check';
import type { Run } from '../../../../cli/model/run';
import { placeOn, runSpan, ticksOf } from '../../../../cli/model/timeline/axis';
import { at, attempt, live, NOW, run, start, T0 } from '../told-runs';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const texts = (length: number, from = 0) => ticksOf({ from, to: from + length }, 0).map(({ text }) => text);
const times = (length: number) => ticksOf({ from: T0, to: T0 + length }, T0).map((tick) => tick.at - T0);

describe('the ticks of a span', () => {
  const counted = [
    ...[10, 20, 50, 100, 200, 500],
    ...[1, 2, 5, 10, 20, 30].map((seconds) => seconds * SECOND),
    ...[1, 2, 5, 10, 20, 30].map((minutes) => minutes * MINUTE),
    ...[1, 2, 3, 6, 12].map((hours) => hours * HOUR),
    ...[1, 2, 5, 10, 20, 50, 100, 200, 500].map((days) => days * DAY),
  ];

  it.each(counted)('are %d ms from each other where that makes 8', (step) => {
    expect(times(7.9 * step)).toEqual([0, 1, 2, 3, 4, 5, 6, 7].map((tick) => tick * step));
  });

  it.each([30, 300, 3 * SECOND, 3 * MINUTE, 3 * DAY, 30 * DAY, 300 * DAY])(
    'are %d ms from each other where no other step makes 5 to 8',
    (step) => {
      expect(times((17 / 3) * step)).toEqual([0, 1, 2, 3, 4, 5].map((tick) => tick * step));
    },
  );

  it('are 5 to 8, and differ, at any length', () => {
    fc.assert(
      fc.property(fc.double({ min: 100, max: 366 * DAY, noNaN: true }), (length) => {
        const told = texts(length);
        expect(told.length).toBeGreaterThanOrEqual(5);
        expect(told.length).toBeLessThanOrEqual(8);
        expect(new Set(told).size).toBe(told.length);
      }),
      { numRuns: 300 },
    );
  });

  it('are a fifth of it where no step fits', () => {
    expect(times(4000 * DAY)).toEqual([0, 1, 2, 3, 4, 5].map((tick) => tick * 800 * DAY));
    expect(times(3)).toEqual([0, 1, 2, 3]);
  });

  it('are at whole steps, wherever a part begins', () => {
    expect(ticksOf({ from: T0 + 3 * MINUTE, to: T0 + 30 * MINUTE }, T0)).toEqual(
      [5, 10, 15, 20, 25, 30].map((minutes) => ({ at: T0 + minutes * MINUTE, text: `${minutes}:00` })),
    );
    expect(texts(20 * SECOND, 10 * SECOND)).toEqual(['10s', '15s', '20s', '25s', '30s']);
  });

  it.each<[number, string[]]>([
    [79, ['0s', '0.01s', '0.02s', '0.03s', '0.04s', '0.05s', '0.06s', '0.07s']],
    [790, ['0s', '0.1s', '0.2s', '0.3s', '0.4s', '0.5s', '0.6s', '0.7s']],
    [7_900, ['0s', '1s', '2s', '3s', '4s', '5s', '6s', '7s']],
    [59_999, ['0s', '10s', '20s', '30s', '40s', '50s']],
    [MINUTE, ['0:00', '0:10', '0:20', '0:30', '0:40', '0:50', '1:00']],
    [5 * MINUTE, ['0:00', '1:00', '2:00', '3:00', '4:00', '5:00']],
    [HOUR - 1, ['0:00', '10:00', '20:00', '30:00', '40:00', '50:00']],
    [HOUR, ['0m', '10m', '20m', '30m', '40m', '50m', '1h']],
    [5 * DAY, ['0m', '1d', '2d', '3d', '4d', '5d']],
  ])('of %d ms are told in words that fit', (length, expected) => {
    expect(texts(length)).toEqual(expected);
  });
});

describe('the span of a run', () => {
  const span = (differences: Partial<Run>, now = at(9999)) => {
    const { from, to } = runSpan(run({ endedAt: at(600), ...differences }), now);
    return [(from - T0) / SECOND, (to - T0) / SECOND];
  };
  const times = { queuedAt: undefined, startedAt: undefined, stoppedAt: undefined };
  const of = (differences: Parameters<typeof start>[0]) => ({
    attempts: [attempt({ endedAt: undefined, starts: [start({ ...times, ...differences })] })],
  });

  it('is from its start to its end, whatever the time is', () => {
    expect(span({})).toEqual([0, 600]);
    expect(span({ endedAt: undefined })).toEqual([0, 0.1]);
    expect(span({ endedAt: at(0.05) })).toEqual([0, 0.1]);
    expect(span({ endedAt: at(0.2) })).toEqual([0, 0.2]);
  });

  it.each<[string, Partial<Run>, number, number]>([
    ['the event', { trigger: { at: at(-5), duplicates: 0 } }, -5, 600],
    ['the end of the trigger', { trigger: { at: T0, endedAt: at(700), duplicates: 0 } }, 0, 700],
    ['the start of an attempt', { attempts: [attempt({ begunAt: at(-5), starts: [] })] }, -5, 600],
    ['the end of an attempt', { attempts: [attempt({ endedAt: at(700), starts: [] })] }, 0, 700],
    ['the queue', of({ queuedAt: at(-5) }), -5, 600],
    ['the start of a container', of({ startedAt: at(700) }), 0, 700],
    ['the end of a container', of({ stoppedAt: at(700) }), 0, 700],
    ['the start of a wait', { waits: [{ kind: 'retry', from: at(-5), to: at(1), before: 2 }] }, -5, 600],
    ['the end of a wait', { waits: [{ kind: 'retry', from: at(1), to: at(700), before: 2 }] }, 0, 700],
  ])('has %s in it', (_, differences, from, to) => {
    expect(span(differences)).toEqual([from, to]);
  });

  it('leaves out what is no time', () => {
    expect(span(of({ stoppedAt: Number.NaN, startedAt: Number.POSITIVE_INFINITY }))).toEqual([0, 600]);
  });

  it('of a live run ends 15 % after now, at a whole step', () => {
    // 402.5 s, in steps of 60 s.
    expect(span({ outcome: 'running', endedAt: undefined }, at(350))).toEqual([0, 420]);
    expect(runSpan(live({ outcome: 'running' }), at(350)).to).toBe(at(420));
    expect(span({ outcome: 'running', endedAt: undefined }, T0)).toEqual([0, 0.12]);
  });

  it('of a live run stays the same for a while', () => {
    const told = live({ outcome: 'running' });
    const ends = new Set(Array.from({ length: 60 }, (_, second) => runSpan(told, NOW + second * SECOND).to));
    expect(ends.size).toBeLessThanOrEqual(2);
    expect(Math.min(...ends)).toBeGreaterThanOrEqual(NOW + 0.15 * (NOW - T0));
  });
});

it.each([
  [0, 0],
  [25, 0.25],
  [100, 1],
  [-1, 0],
  [101, 1],
  [Number.NaN, 0],
])('the time %d is at %d of the axis', (time, place) => {
  expect(placeOn({ from: T0, to: T0 + 100 }, T0 + time)).toBe(place);
});

it('no time has a place on an axis without length', () => {
  expect(placeOn({ from: T0, to: T0 }, T0 + 5)).toBe(0);
});
