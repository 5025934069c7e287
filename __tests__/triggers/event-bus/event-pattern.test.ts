import { eventPattern, patternAdvice } from '../../../triggers/event-bus/event-pattern';
import { problemsWith, tokens } from '../../stack-config/samples';
import { REFUSED, TAKEN, WITHOUT_EFFECT } from './event-patterns';

it.each(TAKEN)('takes %j', (pattern) => {
  expect(problemsWith(eventPattern, pattern)).toEqual([]);
});

it.each([...REFUSED, ...WITHOUT_EFFECT])('refuses %j', (pattern, path, fix) => {
  expect(problemsWith(eventPattern, pattern).map((problem) => [problem.path, problem.fix])).toEqual([[path, fix]]);
});

it('takes values that only Terraform knows', () => {
  const { TEXT, NUMBER } = tokens();
  const detail = { a: [TEXT, NUMBER, { prefix: TEXT }, { numeric: ['>', NUMBER, '<', 5] }], ip: [{ cidr: TEXT }] };
  expect(problemsWith(eventPattern, { source: [{ wildcard: TEXT }], detail })).toEqual([]);
});

it('names every fault of a pattern', () => {
  const pattern = { source: 'a', detail: { b: [], $or: [{ c: [{ prefx: 1 }] }, { d: 1 }] } };
  expect(problemsWith(eventPattern, pattern).map(({ path }) => path)).toEqual([
    'source',
    'detail.b',
    'detail.$or[0].c[0]',
    'detail.$or[1].d',
  ]);
});

describe('the combinations of $or', () => {
  const or = (count: number, name: string) => Array.from({ length: count }, (_, i) => ({ [`${name}${i}`]: [1] }));

  it('are at most 1,000', () => {
    const detail = { $or: or(10, 'a'), x: { $or: or(10, 'b') }, y: { $or: or(10, 'c') } };
    expect(problemsWith(eventPattern, { detail })).toEqual([]);
  });

  it('are counted and refused beyond', () => {
    const detail = { $or: or(10, 'a'), x: { $or: or(10, 'b') }, y: { $or: or(11, 'c') } };
    expect(problemsWith(eventPattern, { detail })).toMatchObject([{ path: '', found: '1100 combinations' }]);
  });
});

it('hints at patterns that an account takes only with a higher quota', () => {
  const pattern = (length: number) => ({ source: ['x'.repeat(length - '{"source":[""]}'.length)] });
  expect(patternAdvice(pattern(2048))).toBeUndefined();
  expect(patternAdvice(pattern(2049))).toContain('2049 characters of JSON');
  expect(problemsWith(eventPattern, pattern(4096))).toEqual([]);
  expect(problemsWith(eventPattern, pattern(4097))).toMatchObject([{ path: '', found: '4097 characters' }]);
});
