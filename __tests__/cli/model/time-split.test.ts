import type { Run, Start, Wait } from '../../../cli/model/run';
import { containerTime, timeSplit } from '../../../cli/model/time-split';
import { at, attempt, live, NOW, run, SPOT_STORY, start } from './told-runs';

const split = (told: Run) => timeSplit(told, NOW).map(({ kind, milliseconds }) => [kind, milliseconds / 1000]);
const of = (differences: Partial<Start>, seconds = 300) =>
  run({ endedAt: at(seconds), attempts: [attempt({ starts: [start(differences)] })] });

describe('where the time of a run went', () => {
  it('is told in words, the work first', () => {
    expect(timeSplit(SPOT_STORY, NOW)).toEqual([
      { kind: 'running', label: 'Running', milliseconds: 1_309_000 },
      { kind: 'queue', label: 'In queue', milliseconds: 213_000 },
      { kind: 'starting', label: 'Starting', milliseconds: 124_000 },
      { kind: 'wait', label: 'Waits between attempts', milliseconds: 15_000 },
    ]);
    const rest = timeSplit(of({ stoppedAt: undefined }, 400), NOW);
    expect(rest.slice(1)).toEqual([
      { kind: 'unknown', label: 'Not recorded', milliseconds: 240_000 },
      { kind: 'other', label: 'Between steps', milliseconds: 100_000 },
    ]);
  });

  it.each<Start['outcome']>(['succeeded', 'failed', 'interrupted', 'timed-out', 'stopped'])(
    'is that of a container that is %s, with its tail',
    (outcome) => {
      expect(split(of({ outcome, signalAt: at(280), queuedAt: undefined, startedAt: at(1) }))).toEqual([
        ['running', 299],
      ]);
    },
  );

  it('counts the queue of an attempt that AWS Batch refused', () => {
    const refused = attempt({ outcome: 'refused', starts: [], refusals: [{ at: at(1) }] });
    expect(split(run({ endedAt: at(300), attempts: [refused] }))).toEqual([['queue', 300]]);
  });

  it('counts until now what goes on', () => {
    expect(split(live({ outcome: 'running' }))).toEqual([
      ['running', 360],
      ['queue', 60],
    ]);
  });

  describe('counts waits', () => {
    const waits = (wait: Partial<Wait>, differences: Partial<Run> = {}) =>
      split(
        run({
          endedAt: at(10),
          waits: [{ kind: 'retry', from: at(0), to: at(10), before: 2, ...wait }],
          ...differences,
        }),
      );

    it('between attempts and for a place, but not those that are part of a queue', () => {
      expect(waits({})).toEqual([['wait', 10]]);
      expect(waits({ kind: 'place' })).toEqual([['wait', 10]]);
      expect(waits({ kind: 'throttled' })).toEqual([['other', 10]]);
    });

    it('without an end until now, or until the end of the run', () => {
      expect(waits({ to: undefined })).toEqual([['wait', 10]]);
      expect(waits({ to: undefined }, { outcome: 'running', endedAt: undefined })).toEqual([['wait', 420]]);
      expect(waits({ to: undefined }, { endedAt: undefined })).toEqual([['other', 420]]);
    });
  });

  it('leaves out what lies between steps up to 2 % of the run', () => {
    const queued = (from: number) => of({ queuedAt: at(from), startedAt: at(60) });
    expect(split(queued(6)).map(([kind]) => kind)).toEqual(['running', 'queue']);
    expect(split(queued(6.1)).at(-1)).toEqual(['other', 6.1]);
  });

  it('leaves out what took less than 50 ms, and what other clocks say', () => {
    const queue = (seconds: number) => split(of({ queuedAt: at(60 - seconds) })).find(([kind]) => kind === 'queue');
    expect(queue(0.05)).toEqual(['queue', 0.05]);
    expect(queue(0.049)).toBeUndefined();
    expect(queue(-5)).toBeUndefined();
    expect(split(run({ endedAt: at(0) }))).toEqual([]);
    expect(split(run({ endedAt: at(-5) }))).toEqual([]);
  });
});

describe('the time of containers', () => {
  it('is the sum of their starts', () => {
    expect(containerTime(SPOT_STORY, NOW)).toEqual({ milliseconds: 1_309_000, starts: 5 });
  });

  it('is nothing without a container', () => {
    expect(containerTime(of({ startedAt: undefined }), NOW)).toEqual({ milliseconds: 0, starts: 0 });
    expect(containerTime(run(), NOW)).toEqual({ milliseconds: 0, starts: 0 });
  });
});
