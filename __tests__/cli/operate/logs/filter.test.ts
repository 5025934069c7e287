import { filterPattern } from '../../../../cli/operate/logs/filter';

it('is every line without an option', () => {
  expect(filterPattern(undefined, undefined)).toBeUndefined();
});

it.each([
  ['out of memory', '"out of memory"'],
  ['-1 [ERROR] {x} ?', '"-1 [ERROR] {x} ?"'],
  ['say "no"', '"say \\"no\\""'],
  ['C:\\temp', '"C:\\\\temp"'],
])('quotes the text %j, in which nothing is syntax', (text, pattern) => {
  expect(filterPattern(text, undefined)).toBe(pattern);
});

it('passes a pattern on as it is', () => {
  expect(filterPattern(undefined, '{ $.level = "error" }')).toBe('{ $.level = "error" }');
});

it.each([
  ['a', 'b', 'Set --filter for a text, or --filter-pattern for a pattern of CloudWatch Logs, not both.'],
  ['', undefined, '--filter is empty. Leave it out to see every line.'],
  [undefined, ' ', '--filter-pattern is empty. Leave it out to see every line.'],
  [undefined, 'x'.repeat(1025), '--filter-pattern is 1,025 characters long. Maximum: 1,024.'],
  ['x'.repeat(1023), undefined, '--filter is 1,025 characters long. Maximum: 1,024.'],
])('refuses %j and %j', (text, pattern, message) => {
  expect(() => filterPattern(text, pattern)).toThrow(message);
});

it('accepts the longest pattern', () => {
  expect(filterPattern('x'.repeat(1022), undefined)).toHaveLength(1024);
});
