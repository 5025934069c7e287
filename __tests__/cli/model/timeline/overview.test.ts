import type { IntervalKind, Mark } from '../../../../cli/model/timeline/intervals';
import { type LegendKind, legendOf, needsOverview } from '../../../../cli/model/timeline/overview';
import type { TimelineRow } from '../../../../cli/model/timeline/row';
import { timelineRows } from '../../../../cli/model/timeline/rows';
import { at, attempt, live, NOW, run, SPOT_STORY, start, T0 } from '../told-runs';

const [ROW] = timelineRows(run({ attempts: [attempt()] }), NOW);
if (ROW === undefined) throw new Error('no row');
const row = (differences: Partial<TimelineRow>): TimelineRow => ({ ...ROW, intervals: [], ...differences });

describe('a legend', () => {
  const bar = (kind: IntervalKind) => legendOf([row({ intervals: [{ kind, from: T0, to: NOW }] })]);
  const mark = (kind: Mark['kind']) => legendOf([row({ marks: [{ kind, at: NOW }] })]);

  it.each<[IntervalKind, LegendKind[]]>([
    ['queue', ['queue']],
    ['starting', ['starting']],
    ['succeeded', ['running']],
    ['failed', ['running']],
    ['timed-out', ['running']],
    ['running', ['live']],
    ['interrupted', ['interrupted']],
    ['stopped', ['stopped']],
    ['tail', ['tail']],
    ['wait', ['wait']],
    ['unknown', ['unknown']],
    ['bracket', []],
  ])('explains a bar of kind %s as %j', (kind, expected) => {
    expect(bar(kind)).toEqual(expected);
  });

  it('explains marks, and what leads from row to row', () => {
    expect([mark('notice'), mark('refusal'), mark('limit'), mark('end')].flat()).toEqual([
      ...['interrupted', 'refusal', 'limit', 'end'],
    ]);
    expect(legendOf([row({ connector: { kind: 'restart', at: NOW } })])).toEqual(['restart']);
    expect(legendOf([row({ connector: { kind: 'on-demand', at: NOW } })])).toEqual(['on-demand']);
  });

  it('has an order, and each kind once', () => {
    const all: IntervalKind[] = ['unknown', 'wait', 'stopped', 'tail', 'interrupted', 'running', 'failed', 'starting'];
    const marks: Mark[] = (['end', 'refusal', 'limit', 'notice'] as const).map((kind) => ({ kind, at: NOW }));
    const rows = [
      row({ connector: { kind: 'on-demand', at: NOW } }),
      row({ connector: { kind: 'restart', at: NOW } }),
      row({ marks, intervals: all.map((kind) => ({ kind, from: T0, to: NOW })) }),
    ];
    expect(legendOf([...rows, ...rows])).toEqual([
      ...['starting', 'running', 'live', 'interrupted', 'tail', 'stopped', 'limit', 'refusal', 'end', 'wait'],
      ...['unknown', 'restart', 'on-demand'],
    ]);
    expect(legendOf(timelineRows(SPOT_STORY, NOW))).toEqual([
      ...['queue', 'starting', 'running', 'interrupted', 'wait', 'restart', 'on-demand'],
    ]);
    expect(legendOf([])).toEqual([]);
  });
});

describe('an overview is needed', () => {
  const bars = (...lengths: number[]) =>
    row({ intervals: lengths.map((length) => ({ kind: 'failed' as const, from: T0, to: T0 + length })) });
  const hour = { from: T0, to: at(3600) };

  it('above 40 rows', () => {
    expect(needsOverview(Array(40).fill(row({})), hour)).toBe(false);
    expect(needsOverview(Array(41).fill(row({})), hour)).toBe(true);
  });

  it('for a container of less than a 200th of the axis, beside another one', () => {
    expect(needsOverview([bars(18_000, 60_000)], hour)).toBe(false);
    expect(needsOverview([bars(60_000), bars(17_999)], hour)).toBe(true);
    expect(needsOverview([bars(17_999)], hour)).toBe(false);
    expect(needsOverview([row({})], hour)).toBe(false);
  });

  it.each<[IntervalKind, boolean]>([
    ['succeeded', true],
    ['failed', true],
    ['timed-out', true],
    ['interrupted', true],
    ['stopped', true],
    ['running', true],
    ['queue', false],
    ['starting', false],
    ['wait', false],
    ['tail', false],
    ['unknown', false],
    ['bracket', false],
  ])('for a short bar of kind %s: %s', (kind, expected) => {
    const rows = (isLive?: true) => [
      bars(60_000, 60_000),
      row({ intervals: [{ kind, from: T0, to: T0 + 5, isLive }] }),
    ];
    expect(needsOverview(rows(), hour)).toBe(expected);
    // What just began is as short as it can be.
    expect(needsOverview(rows(true), hour)).toBe(false);
  });

  it('for a container without length on a short axis', () => {
    expect(needsOverview([bars(0, 50)], { from: T0, to: T0 + 200 })).toBe(false);
    expect(needsOverview([bars(0, 50)], { from: T0, to: T0 + 201 })).toBe(true);
  });

  it('for no ordinary run', () => {
    expect(needsOverview(timelineRows(SPOT_STORY, NOW), { from: T0, to: at(1661) })).toBe(false);
    expect(needsOverview(timelineRows(live({ outcome: 'running' }), NOW), { from: T0, to: at(480) })).toBe(false);
    const short = start({ startedAt: at(10), stoppedAt: at(11) });
    const mixed = run({ attempts: [attempt({ starts: [short, start()] })], endedAt: at(300) });
    expect(needsOverview(timelineRows(mixed, NOW), { from: T0, to: at(300) })).toBe(true);
  });
});
