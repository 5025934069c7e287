import { miniBars, stripHeights } from '../../../cli/model/mini-bars';
import type { MiniBar, Run, Start, StartOutcome } from '../../../cli/model/run';
import { at, attempt, live, NOW, run, SPOT_STORY, start, T0 } from './told-runs';

/** Bars in seconds since the start of the run. */
const bars = (told: Run) => miniBars(told, NOW).map(({ kind, from, to }) => [kind, from / 1000, to / 1000]);
const of = (...starts: Partial<Start>[]) =>
  run({ attempts: [attempt({ starts: starts.map((one, index) => start({ number: index + 1, ...one })) })] });

describe('the mini timeline of a run', () => {
  it('has the shapes of its timeline, one after another', () => {
    expect(bars(SPOT_STORY)).toEqual([
      ['queue', 0, 104],
      ['failed', 104, 322],
      ['wait', 322, 327],
      ['queue', 327, 352],
      ['interrupted', 352, 702],
      ['queue', 702, 826],
      ['interrupted', 826, 1019],
      ['queue', 1019, 1086],
      ['failed', 1086, 1322],
      ['wait', 1322, 1332],
      ['queue', 1332, 1349],
      ['succeeded', 1349, 1661],
    ]);
    expect(bars(run())).toEqual([]);
  });

  it.each<[StartOutcome, MiniBar['kind']]>([
    ['succeeded', 'succeeded'],
    ['failed', 'failed'],
    ['timed-out', 'failed'],
    ['stopped', 'failed'],
    ['interrupted', 'interrupted'],
    ['running', 'running'],
  ])('draws a container that is %s as %s', (outcome, kind) => {
    expect(bars(of({ outcome }))).toEqual([
      ['queue', 0, 60],
      [kind, 60, 300],
    ]);
  });

  it('draws what is not known', () => {
    expect(bars(of({ stoppedAt: undefined }))).toEqual([
      ['queue', 0, 60],
      ['unknown', 60, 300],
    ]);
  });

  it('draws what goes on until now', () => {
    expect(bars(live({ outcome: 'running' }))).toEqual([
      ['queue', 0, 60],
      ['running', 60, 420],
    ]);
  });

  it('draws SIGTERM to exit like the interruption, or like the failure if the run has none', () => {
    expect(bars(of({ outcome: 'interrupted', signalAt: at(280) })).slice(1)).toEqual([['interrupted', 60, 300]]);
    expect(bars(of({ outcome: 'timed-out', signalAt: at(280) })).slice(1)).toEqual([['failed', 60, 300]]);
    const mixed = of(
      { outcome: 'interrupted', stoppedAt: at(100) },
      { queuedAt: undefined, startedAt: at(100), signalAt: at(280) },
    );
    expect(bars(mixed).slice(1)).toEqual([
      ['interrupted', 60, 100],
      ['failed', 100, 280],
      ['interrupted', 280, 300],
    ]);
    expect(bars(run({ attempts: [...of({ signalAt: at(280) }).attempts, ...mixed.attempts] })).slice(-1)).toEqual([
      ['interrupted', 280, 300],
    ]);
  });

  it('joins bars of a kind that touch or overlap, in the order of their begin', () => {
    const waits = (...spans: readonly (readonly [from: number, to: number])[]) =>
      run({
        waits: spans.map(([from, to], index) => ({ kind: 'retry', from: at(from), to: at(to), before: index + 1 })),
      });
    expect(bars(waits([0, 5], [5, 8]))).toEqual([['wait', 0, 8]]);
    expect(bars(waits([6, 8], [0, 5]))).toEqual([
      ['wait', 0, 5],
      ['wait', 6, 8],
    ]);
    expect(bars(waits([0, 9], [2, 3], [9, 10]))).toEqual([['wait', 0, 10]]);
  });

  it('begins with the run, whatever other clocks say', () => {
    expect(bars(of({ queuedAt: at(-5), startedAt: at(-2), stoppedAt: at(10) }))).toEqual([
      ['queue', 0, 0],
      ['failed', 0, 10],
    ]);
  });

  it('has the first 30 bars and the last 30 of many', () => {
    const attempts = (count: number) =>
      Array.from({ length: count }, (_, index) =>
        attempt({
          number: index + 1,
          starts: [start({ queuedAt: at(index * 10), startedAt: at(index * 10 + 3), stoppedAt: at(index * 10 + 9) })],
        }),
      );
    expect(bars(run({ attempts: attempts(30) }))).toHaveLength(60);
    const [first = attempt(), ...others] = attempts(31);
    const unqueued = { ...first, starts: first.starts.map((one) => ({ ...one, queuedAt: undefined })) };
    expect(bars(run({ attempts: [unqueued, ...others] }))).toHaveLength(60);
    const cut = bars(run({ attempts: attempts(31) }));
    expect(cut).toHaveLength(60);
    expect([cut[0], cut[29], cut[30], cut[59]]).toEqual([
      ['queue', 0, 3],
      ['failed', 143, 149],
      ['queue', 160, 163],
      ['failed', 303, 309],
    ]);
  });
});

describe('the heights of a strip', () => {
  it.each<[(number | undefined)[], number[]]>([
    [[], []],
    [
      [1_000, 10_000, 100_000],
      [0.2, 0.6, 1],
    ],
    // They hardly differ.
    [
      [60_000, 60_000],
      [1, 1],
    ],
    [
      [10_000, 50_000],
      [0.441, 1],
    ],
    [[undefined], [0.2]],
    [
      [undefined, 5],
      [0.2, 1],
    ],
    [
      [undefined, 1_000, 100_000],
      [0.2, 0.2, 1],
    ],
    [
      [0, -7, 100],
      [0.2, 0.2, 1],
    ],
  ])('of durations %j are %j', (durations, heights) => {
    expect(stripHeights(durations)).toEqual(heights);
  });
});

it('times are since the start of the run, not of an attempt', () => {
  const late = run({ startedAt: at(-100), attempts: [attempt({ starts: [start({ queuedAt: T0 })] })] });
  expect(bars(late)[0]).toEqual(['queue', 100, 160]);
});
