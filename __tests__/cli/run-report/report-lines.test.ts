import { clock, duration, folded } from '../../../cli/run-report/report-lines';

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

test.each<[string, number | undefined, string[]]>([
  ['a b c', undefined, ['a b c']],
  ['a b c', 3, ['a b', 'c']],
  ['Event     one two three', 18, ['Event     one two', '          three']],
  ['a-very-long-word b', 6, ['a-very-long-word', 'b']],
  ['Sentence with  two spaces in it', 12, ['Sentence', 'with  two', 'spaces in it']],
])('%j folded at %s', (text, width, lines) => expect(folded(text, width)).toEqual(lines));

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
