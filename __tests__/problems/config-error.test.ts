import { ConfigError, statedProblems } from '../../modules/problems/config-error';
import { ADD_IT } from '../../modules/problems/fix';
import { foundValue } from '../../modules/problems/found';
import { inside, type StatedProblem } from '../../modules/problems/problem';

const PROBLEMS: StatedProblem[] = [
  { keys: ['a'], found: foundValue(undefined), accepted: 'a name', fix: ADD_IT },
  { keys: ['b'], code: 'out-of-range', found: foundValue(9), accepted: 'at most 3', range: '1 to 3', fix: 'lower it' },
  { keys: ['c'], code: 'conflict', found: '"x"', accepted: 'another', fix: 'change it', message: 'c is taken.' },
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
  expect(error.problems.some((problem) => 'range' in problem || 'options' in problem || 'keys' in problem)).toBe(false);
  expect(statedProblems(error)[1]).toMatchObject({ keys: ['b'], range: '1 to 3' });
});

it('can be reported again with other paths, without loss', () => {
  const moved = statedProblems(error).map((problem) => inside(problem, ['at', 0]));
  expect(new ConfigError(moved, 'x').problems[1]).toEqual({ ...error.problems[1], path: 'at[0].b' });
});

it.each([
  ['a.b', ['a', 'b']],
  ['events[1]', ['events', 1]],
  ['tags["a \\"b\\""].c', ['tags', 'a "b"', 'c']],
  ['', []],
])('takes a problem of a program with the path %s', (path, keys) => {
  const given = new ConfigError([{ path, found: '1', accepted: 'a string', fix: 'write "1"' }], 'jobs.ts');
  expect(given.problems[0]?.path).toBe(path);
  expect(statedProblems(given)[0]?.keys).toEqual(keys);
});

it('keeps the path of a file as it is', () => {
  const unreadable = {
    path: '/srv/my app/main.d/a.py',
    found: 'a file that is gone',
    accepted: 'a file',
    fix: 'add it',
  };
  const { problems } = new ConfigError(statedProblems(new ConfigError([unreadable], 'build context')), 'jobs.yml');
  expect(problems[0]?.path).toBe(unreadable.path);
});

it('has keys too in an error of another copy of the package', () => {
  const { problems, source } = new ConfigError(PROBLEMS, 'reports.yml');
  const other = Object.assign(Object.create(ConfigError.prototype), { problems, source });
  expect(statedProblems(other)[0]).toEqual({ ...problems[0], keys: ['a'] });
});
