import { skipAll, type Tests, timeIsUp } from './time-limit';

it.each([
  [undefined, false],
  ['', false],
  ['1000', false],
  ['999', true],
])('until %j, at second 1000 the time is up: %s', (until, expected) => {
  expect(timeIsUp(until, 1_000_000)).toBe(expected);
});

it('skips each test of a file, at any depth', () => {
  const test = () => ({ type: 'test' as const, mode: undefined as string | undefined });
  const tests = [test(), test(), test()] as const;
  const file: Tests = {
    type: 'describeBlock',
    children: [
      tests[0],
      { type: 'describeBlock', children: [tests[1], { type: 'describeBlock', children: [tests[2]] }] },
    ],
  };
  skipAll(file);
  expect(tests.map(({ mode }) => mode)).toEqual(['skip', 'skip', 'skip']);
});
