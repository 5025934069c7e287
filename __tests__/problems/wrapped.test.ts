import fc from 'fast-check';
import { wrapped } from '../../modules/problems/wrapped';

it('breaks between words only', () => {
  expect(wrapped('one two three', 7)).toEqual(['one two', 'three']);
  expect(wrapped('a longword b', 3)).toEqual(['a', 'longword', 'b']);
  expect(wrapped('a https://example.com/long/path b', 10)).toEqual(['a', 'https://example.com/long/path', 'b']);
  expect(wrapped('', 10)).toEqual(['']);
});

it('keeps line breaks', () => {
  expect(wrapped('one two\n\nthree four', 8)).toEqual(['one two', '', 'three', 'four']);
});

it('does not count colours', () => {
  expect(wrapped('\u001b[31mone\u001b[39m two', 7)).toEqual(['\u001b[31mone\u001b[39m two']);
});

it('loses nothing, and no line is too long unless it is one word', () => {
  fc.assert(
    fc.property(fc.string(), fc.integer({ min: 1, max: 40 }), (text, columns) => {
      const lines = wrapped(text, columns);
      expect(lines.join(' ')).toBe(text.replaceAll('\n', ' '));
      expect(lines.filter((line) => line.includes(' ') && line.trim() !== '' && line.length > columns)).toEqual([]);
    }),
  );
});
