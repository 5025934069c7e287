import fc from 'fast-check';
import { visibleText } from '../../../cli/command/visible-text';
import { anyCharacter } from '../../any-character';

it.each([
  ['plain\ttext ž 日本', 'plain\ttext ž 日本'],
  ['\u001b]0;title\u0007rest', '^[]0;title^Grest'],
  ['\u001b[2J\u001b[H', '^[[2J^[[H'],
  ['\u001b[6n', '^[[6n'],
  ['a\u0008b\u007f', 'a^Hb^?'],
  ['\u009b2J', '\\x9b2J'],
  ['\u0000', '^@'],
])('shows control characters instead of obeying them: %j', (line, shown) => {
  expect(visibleText(line, true)).toBe(shown);
  expect(visibleText(line, false)).toBe(shown);
});

it('keeps colours where they are wanted, and ends them with the line', () => {
  expect(visibleText('\u001b[31mred\u001b[0m \u001b[1;32mgreen', true)).toBe(
    '\u001b[31mred\u001b[0m \u001b[1;32mgreen\u001b[0m',
  );
  expect(visibleText('\u001b[31mred\u001b[0m', false)).toBe('red');
});

it('lets no control character through but those of colours', () => {
  fc.assert(
    fc.property(fc.string({ unit: anyCharacter }), (line) => {
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
      expect(visibleText(line, false)).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/);
    }),
  );
});
