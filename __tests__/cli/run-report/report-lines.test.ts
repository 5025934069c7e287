import { clock, duration, folded, labelled } from '../../../cli/run-report/report-lines';

test.each([
  [0, '0 s'],
  [0.04, '0 s'],
  [2.249, '2.2 s'],
  [12.34, '12 s'],
  [59.4, '59 s'],
  [59.6, '1 min'],
  [120, '2 min'],
  [125.2, '2 min 5 s'],
  [3600, '1 h'],
  [4_210, '1 h 10 min'],
])('%d seconds as %s', (seconds, text) => expect(duration(seconds)).toBe(text));

test.each<[string, number | undefined, number, string[]]>([
  ['a b c', undefined, 0, ['a b c']],
  ['a b c', 3, 0, ['a b', 'c']],
  ['Event     one two three', 18, 10, ['Event     one two', '          three']],
  ['Event     one two three', 18, 0, ['Event     one two', 'three']],
  ['a-very-long-word b', 6, 0, ['a-very-long-word', 'b']],
  ['Sentence with  two spaces in it', 12, 0, ['Sentence', 'with  two', 'spaces in it']],
])('%j folded at %s, with a label of %s columns', (text, width, indent, lines) => {
  expect(folded(text, width, indent)).toEqual(lines);
});

test('a label stands in the columns before its text, which continues below itself', () => {
  const { text, indent } = labelled('Event', 'one\ntwo three');
  expect(text).toBe('Event     one two three');
  expect(folded(text, 18, indent)).toEqual(['Event     one two', '          three']);
});

test.each([
  [0, '00:00.0'],
  [59_999.4, '999:59.4'],
  [60_000, '16:40:00'],
  [359_999, '99:59:59'],
  [360_000, '4d 04:00'],
])('%d seconds on the clock as %s, which leaves a gap in nine columns', (seconds, text) => {
  expect(clock(seconds)).toBe(text);
  expect(text.length).toBeLessThan(9);
});
