import { either, formatCount } from '../../modules/problems/phrases';

it.each([[[]], [['a']], [['a', 'b']], [['a', 'b', 'c']], [['a, b', 'c', 'd', 'e']]])(
  '%j is a choice in English',
  (items) => {
    expect(either(items)).toBe(new Intl.ListFormat('en-GB', { type: 'disjunction' }).format(items));
    expect(either(new Set(items))).toBe(either(items));
  },
);

it.each([
  0, 5, 999, 1000, 24_576, 100_000, 1_000_000, 123_456_789, -1, -999, -1000, -1_234_567, 0.25, 1.5, 1234.5, -9999.75,
])('%d has the grouping of English', (count) => {
  expect(formatCount(count)).toBe(count.toLocaleString('en-US'));
});
