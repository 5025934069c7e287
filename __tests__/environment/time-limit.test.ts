import { type Test, type Tests, TimeLimit } from './time-limit';

const test = (mode?: string): Test => ({ type: 'test', mode });

it.each([
  [undefined, false],
  ['', false],
  ['1000', false],
  ['999', true],
])('until %j, a test that begins at second 1000 is skipped: %s', (until, expected) => {
  const limit = new TimeLimit(until, () => 1_000_000);
  const begins = test();
  limit.before({ name: 'test_start', test: begins });
  expect(limit.reached).toBe(expected);
  expect(begins.mode).toBe(expected ? 'skip' : undefined);
});

it('skips each test of a block that begins too late, at any depth, and none that has begun', () => {
  const tests = [test(), test('only'), test(), test()] as const;
  const inner: Tests = { type: 'describeBlock', children: [tests[1], { type: 'describeBlock', children: [tests[2]] }] };
  let now = 1_000;
  const limit = new TimeLimit('1', () => now);
  limit.before({ name: 'run_describe_start', describeBlock: { type: 'describeBlock', children: [tests[0], inner] } });
  limit.before({ name: 'test_start', test: tests[0] });
  expect(limit.reached).toBe(false);
  now = 1_001;
  limit.before({ name: 'test_done', test: tests[0] });
  expect(limit.reached).toBe(false);
  limit.before({ name: 'run_describe_start', describeBlock: inner });
  limit.before({ name: 'test_start', test: tests[3] });
  expect(limit.reached).toBe(true);
  expect(tests.map(({ mode }) => mode)).toEqual([undefined, 'skip', 'skip', 'skip']);
});
