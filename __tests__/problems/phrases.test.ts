import { capitalized, counted, either, formatCount, listed } from '../../modules/problems/phrases';

it.each([[[]], [['a']], [['a', 'b']], [['a', 'b', 'c']], [['a, b', 'c', 'd', 'e']]])(
  '%j is a choice and a list in English',
  (items) => {
    expect(either(items)).toBe(new Intl.ListFormat('en-GB', { type: 'disjunction' }).format(items));
    expect(either(new Set(items))).toBe(either(items));
    expect(listed(items, 'and')).toBe(new Intl.ListFormat('en-GB', { type: 'conjunction' }).format(items));
  },
);

it.each([
  0, 5, 999, 1000, 24_576, 100_000, 1_000_000, 123_456_789, -1, -999, -1000, -1_234_567, 0.25, 1.5, 1234.5, -9999.75,
])('%d has the grouping of English', (count) => {
  expect(formatCount(count)).toBe(count.toLocaleString('en-US'));
});

it.each([
  [0, '0 jobs'],
  [1, '1 job'],
  [0.25, '0.25 jobs'],
  [1_200, '1,200 jobs'],
])('%d: %s', (count, text) => expect(counted(count, 'job')).toBe(text));

it('a noun can have a plural of another form', () => {
  expect([1, 2].map((count) => counted(count, 'entry', 'entries'))).toEqual(['1 entry', '2 entries']);
});

it.each([
  ['', ''],
  ['a', 'A'],
  ['nightlyReport', 'NightlyReport'],
  ['3 runs', '3 runs'],
])('capitalizes the start of "%s"', (text, expected) => {
  expect(capitalized(text)).toBe(expected);
});
