import type { StartOutcome } from '../../../../cli/model/run';
import { type AttemptRows, foldedAttempts, foldedStarts } from '../../../../cli/model/timeline/fold';
import type { TimelineRow } from '../../../../cli/model/timeline/row';
import { timelineRows } from '../../../../cli/model/timeline/rows';
import { at, attempt, NOW, run, T0 } from '../told-runs';

const [ROW] = timelineRows(run({ attempts: [attempt()] }), NOW);
if (ROW === undefined) throw new Error('no row');
const row = (differences: Partial<TimelineRow>): TimelineRow => ({ ...ROW, ...differences });

/** Rows of attempts, or of starts, from 1. Each takes 10 s. */
const rows = (count: number, differences: (index: number) => Partial<TimelineRow> = () => ({})): TimelineRow[] =>
  Array.from({ length: count }, (_, index) => {
    const [from, to] = [at(index * 10), at(index * 10 + 9)];
    const intervals = [{ kind: 'failed' as const, from, to, text: 'exit 1' }];
    return row({ id: String(index + 1), label: `Row ${index + 1}`, from, to, intervals, ...differences(index) });
  });

const groups = (count: number, differences?: (index: number) => Partial<TimelineRow>): AttemptRows[] =>
  rows(count, differences).map((one, index) => ({ attempt: attempt({ number: index + 1 }), rows: [one] }));

const none = new Set<string>();
const ids = (all: readonly TimelineRow[]) => all.map(({ id }) => id).join(' ');

describe('attempts', () => {
  it('are folded in the middle if there are more than 20', () => {
    expect(foldedAttempts(groups(20), none)).toEqual(rows(20));
    expect(ids(foldedAttempts(groups(21), none))).toBe('1 2 3 f4 19 20 21');
    expect(foldedAttempts([], none)).toEqual([]);
  });

  it('of a fold that was opened are below it', () => {
    expect(ids(foldedAttempts(groups(21), new Set(['f4'])))).toBe(
      '1 2 3 f4 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21',
    );
    expect(foldedAttempts(groups(21), new Set(['f5', '4']))).toHaveLength(7);
  });

  it('are drawn in the one row of a fold, without texts, from the first to the last', () => {
    const fold = foldedAttempts(groups(21), none)[3];
    expect(fold).toEqual({
      id: 'f4',
      kind: 'fold',
      level: 1,
      label: '15 attempts failed with exit code 1',
      detail: '',
      onDemand: false,
      from: at(30),
      to: at(179),
      isLive: false,
      intervals: Array.from({ length: 15 }, (_, index) => ({
        kind: 'failed',
        from: at(30 + index * 10),
        to: at(39 + index * 10),
      })),
      marks: [],
      isOpen: false,
      name: '15 attempts failed with exit code 1, hidden',
    });
    expect(foldedAttempts(groups(21), new Set(['f4']))[3]).toEqual({
      ...fold,
      detail: 'shown below',
      intervals: [],
      isOpen: true,
      name: '15 attempts failed with exit code 1, shown',
    });
  });

  it('are counted without the waits before them and their starts, whose bars are drawn, but no brackets', () => {
    const wait = row({ id: 'w', kind: 'wait', from: at(-1), to: at(999), intervals: [], outcome: undefined });
    const child = row({ id: 's', kind: 'start', from: at(40), intervals: [{ kind: 'queue', from: T0, to: NOW }] });
    const many = groups(21, () => ({ intervals: [{ kind: 'bracket', from: T0, to: NOW }] })).map((group) => ({
      ...group,
      rows: [wait, ...group.rows, child],
    }));
    expect(foldedAttempts(many, none)[9]).toMatchObject({
      label: '15 attempts failed with exit code 1',
      from: at(-1),
      to: at(999),
      intervals: Array(15).fill({ kind: 'queue', from: T0, to: NOW }),
    });
  });

  it('whose end is not known end with their beginning', () => {
    expect(
      foldedAttempts(
        groups(21, () => ({ to: undefined })),
        none,
      )[3],
    ).toMatchObject({ to: at(170) });
  });
});

describe('starts', () => {
  it('are folded in the middle if there are more than 12, below their attempt', () => {
    expect(foldedStarts('a2', rows(12), none)).toEqual(rows(12));
    const folded = foldedStarts('a2', rows(13), none);
    expect(ids(folded)).toBe('1 2 3 a2f 11 12 13');
    expect(folded[3]).toMatchObject({
      kind: 'fold',
      level: 2,
      parent: 'a2',
      label: '7 starts failed with exit code 1',
      from: at(30),
      to: at(99),
      isOpen: false,
    });
    expect(folded[3]?.intervals).toHaveLength(7);
  });

  it('of a fold that was opened are below it', () => {
    const opened = foldedStarts('a2', rows(13), new Set(['a2f']));
    expect(ids(opened)).toBe('1 2 3 a2f 4 5 6 7 8 9 10 11 12 13');
    expect(opened[3]).toMatchObject({ isOpen: true, detail: 'shown below' });
  });
});

describe('a fold says what its rows did', () => {
  const label = (differences: (index: number) => Partial<TimelineRow>) =>
    foldedStarts('a1', rows(13, differences), none)[3]?.label;

  it.each<[StartOutcome, string]>([
    ['failed', '7 starts failed'],
    ['succeeded', '7 starts succeeded'],
    ['timed-out', '7 starts timed out'],
    ['interrupted', '7 starts were interrupted'],
    ['canceled', '7 starts were canceled'],
    ['refused', '7 starts were refused'],
    ['stopped', '7 starts were stopped'],
  ])('%s', (outcome, expected) => {
    expect(label(() => ({ outcome, exitCode: undefined }))).toBe(expected);
    expect(label(() => ({ outcome, exitCode: 143 }))).toBe(`${expected} with exit code 143`);
  });

  it('with their exit code only if all have the same', () => {
    expect(label((index) => ({ exitCode: index }))).toBe('7 starts failed');
    expect(label((index) => ({ exitCode: index === 5 ? 2 : undefined }))).toBe('7 starts failed');
    expect(label(() => ({ exitCode: 0 }))).toBe('7 starts failed with exit code 0');
  });

  it('and how many did what, the most frequent first', () => {
    const outcome = (index: number): StartOutcome => (index < 5 ? 'timed-out' : index < 6 ? 'stopped' : 'failed');
    expect(label((index) => ({ outcome: outcome(index) }))).toBe('7 starts: 4 failed, 2 timed out, 1 stopped');
    expect(label((index) => ({ outcome: index < 4 ? 'stopped' : 'failed' }))).toBe('7 starts: 6 failed, 1 stopped');
  });

  it('or that they ended, if nothing more is known', () => {
    expect(label(() => ({ outcome: undefined, exitCode: undefined }))).toBe('7 starts ended');
  });
});
