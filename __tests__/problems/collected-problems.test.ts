import { CollectedProblems } from '../../modules/problems/collected-problems';
import { ConfigError } from '../../modules/problems/config-error';

function refuse(source: string, ...paths: string[]) {
  return () => {
    throw new ConfigError(
      paths.map((path) => ({ path, found: '5', accepted: '1 to 4', fix: 'use 4' })),
      source,
    );
  };
}

function failing(message: string) {
  return () => {
    throw new Error(message);
  };
}

/** What a report throws. */
function reported(problems: CollectedProblems): unknown {
  try {
    problems.report('stack');
  } catch (error) {
    return error;
  }
  return undefined;
}

it('steps without problems give what they make, and no report', () => {
  const problems = new CollectedProblems();
  expect(problems.attempt(() => 42)).toBe(42);
  expect([problems.any, reported(problems)]).toEqual([false, undefined]);
});

it('the problems of all steps are one report, and each is there once', () => {
  const problems = new CollectedProblems();
  expect(problems.attempt(refuse('stack/a', 'a', 'b'))).toBeUndefined();
  expect(problems.attempt(() => 'made')).toBe('made');
  problems.attempt(refuse('stack/c', 'b', 'c'));
  const error = reported(problems) as ConfigError;
  expect([error.source, error.problems.map(({ path }) => path)]).toEqual(['stack', ['a', 'b', 'c']]);
  expect(problems.any).toBe(true);
});

it('the error of one step stays as it is', () => {
  const problems = new CollectedProblems();
  problems.attempt(refuse('stack/a', 'a'));
  expect(reported(problems)).toMatchObject({ source: 'stack/a' });
});

it('a fault of the program is thrown, unless a step before it had problems, which left something out', () => {
  const problems = new CollectedProblems();
  expect(() => problems.attempt(failing('no "inbox"'))).toThrow('no "inbox"');
  problems.attempt(refuse('stack/a', 'a'));
  expect(problems.attempt(failing('no "inbox"'))).toBeUndefined();
  expect(reported(problems)).toMatchObject({ problems: [{ path: 'a' }] });
});

it('items that a step has problems with are left out', () => {
  const problems = new CollectedProblems();
  const made = problems.each([1, 2, 3], (item) => (item === 2 ? refuse('stack/b', 'b')() : item * 10));
  expect([made, reported(problems)]).toMatchObject([[10, 30], { source: 'stack/b' }]);
});
