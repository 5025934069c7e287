import { ConfigError, statedProblems } from '../../modules/problems/config-error';
import type { StatedProblem } from '../../modules/problems/problem';

const PROBLEMS: StatedProblem[] = [
  { path: 'a', found: 'nothing', accepted: 'a name', fix: 'add it: it is required' },
  { path: 'b', code: 'out-of-range', found: '9', accepted: 'at most 3', range: '1 to 3', fix: 'lower it' },
  { path: 'c', code: 'conflict', found: '"x"', accepted: 'another', fix: 'change it', message: 'c is taken.' },
];
const error = new ConfigError(PROBLEMS, 'reports.yml');

it('has every problem with its code and message, and the report as its own message', () => {
  expect(error.name).toBe('ConfigError');
  expect(error.source).toBe('reports.yml');
  expect(error.problems.map(({ path, code, message }) => [path, code, message])).toEqual([
    ['a', 'missing-property', 'a is missing. It must be a name.'],
    ['b', 'out-of-range', 'b is 9. It must be 1 to 3.'],
    ['c', 'conflict', 'c is taken.'],
  ]);
  expect(error.message).toMatch(/^reports\.yml: 3 problems\n/);
  for (const { message } of error.problems) expect(error.message).toContain(message);
});

it('keeps what sentences are made from for other reports only', () => {
  expect(error.problems.some((problem) => 'range' in problem || 'options' in problem)).toBe(false);
  expect(statedProblems(error)[1]).toMatchObject({ path: 'b', range: '1 to 3' });
});

it('can be reported again with other paths, without loss', () => {
  const moved = statedProblems(error).map((problem) => ({ ...problem, path: `at.${problem.path}` }));
  expect(new ConfigError(moved, 'x').problems[1]?.message).toBe(error.problems[1]?.message);
});
