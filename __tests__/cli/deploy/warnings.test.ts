import type { PartChange } from '../../../cli/deploy/part-change';
import type { OwnerChange, PlanSummary } from '../../../cli/deploy/plan-summary';
import { losses, protectedParts, refusals, warningsOf, warningText } from '../../../cli/deploy/warnings';

const DATA = { kind: 'data', text: 'will be deleted with its objects' } as const;
const RUNS = { kind: 'runs', text: 'is deleted, and its runs fail' } as const;
const REFUSED = { kind: 'refused', text: 'cannot be made' } as const;

const part = (differences: Partial<PartChange>) =>
  ({
    part: 'bucket',
    users: [],
    runsIn: [],
    consequences: [],
    isProtected: false,
    ...differences,
  }) as unknown as PartChange;
const owner = (kind: string, name: string, ...parts: Partial<PartChange>[]): OwnerChange => ({
  kind,
  name,
  action: 'change',
  parts: parts.map(part),
});
const summary = (...owners: OwnerChange[]) => ({ owners }) as unknown as PlanSummary;
const texts = (one: OwnerChange, runs?: PlanSummary['runs']) =>
  warningsOf(one, runs).map((warning) => warningText(warning));

it.each<[OwnerChange, string]>([
  [owner('bucket', 'uploads', { consequences: [DATA] }), 'bucket uploads will be deleted with its objects'],
  [owner('job', 'etl', { consequences: [DATA] }), 'bucket of job etl will be deleted with its objects'],
  [owner('shared', 'network', { consequences: [DATA] }), 'bucket of network will be deleted with its objects'],
  [
    owner('shared', 'a', { part: 'queue of etl', users: ['etl'], consequences: [RUNS] }),
    'queue of etl is deleted, and its runs fail',
  ],
])('a warning says whose it is (%#)', (one, expected) => {
  expect(texts(one)).toEqual([expected]);
});

it('the first part with the same consequence for the same jobs is shown', () => {
  const parts = [
    { part: 'a', consequences: [DATA] },
    { part: 'b', consequences: [RUNS, DATA] },
  ];
  expect(texts(owner('job', 'etl', ...parts)).sort()).toEqual([
    `a of job etl ${DATA.text}`,
    `b of job etl ${RUNS.text}`,
  ]);
  const queues = ['x', 'y'].map((job) => ({ part: `queue of ${job}`, users: [job], consequences: [RUNS] }));
  expect(texts(owner('shared', 'a', ...queues))).toHaveLength(2);
});

describe('runs that are lost', () => {
  const runs = new Map([
    ['arn:a', ['1', '2']],
    ['arn:b', ['2', '3']],
  ]);
  const of = (runsIn: string[], consequences: PartChange['consequences'] = [RUNS]) =>
    warningsOf(owner('job', 'etl', { runsIn, consequences }), runs).map((warning) => warning.runs);

  it('are named once, and are none in what has none', () => {
    expect(of(['arn:a', 'arn:b'])).toEqual([['1', '2', '3']]);
    expect(of(['arn:c'])).toEqual([[]]);
  });

  it('are not told of other warnings, of parts without runs, or if AWS was not asked', () => {
    expect([of(['arn:a'], [DATA]), of([])]).toEqual([[undefined], [undefined]]);
    expect(
      warningsOf(owner('job', 'etl', { runsIn: ['arn:a'], consequences: [RUNS] }), undefined)[0]?.runs,
    ).toBeUndefined();
  });

  it.each([
    [[], 'a b (none now)'],
    [['1'], 'a b (now 1: 1)'],
    [['1', '2'], 'a b (now 2: 1, 2)'],
    [['1', '2', '3', '4'], 'a b (now 4: 1, 2 and 2 more)'],
  ])('%j in words, two of them by name', (given, expected) => {
    expect(warningText({ kind: 'runs', whose: 'a', text: 'b', runs: given }, 2)).toBe(expected);
  });
});

it('what AWS refuses is no loss', () => {
  const plan = summary(
    owner('bucket', 'a', { consequences: [REFUSED, DATA] }),
    owner('job', 'b', { consequences: [RUNS] }),
  );
  expect(losses(plan).map(({ kind }) => kind)).toEqual(['data', 'runs']);
  expect(refusals(plan).map(({ kind }) => kind)).toEqual(['refused']);
});

it('what is protected is named once', () => {
  const plan = summary(owner('bucket', 'a', { isProtected: true }, { isProtected: true }, { part: 'key' }));
  expect(protectedParts(plan)).toEqual(['bucket a']);
});
