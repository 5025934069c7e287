import { plainText, shownText, styledText } from '../../../cli/model/log-text';

describe('the text of a line', () => {
  test('has colors as classes, and no other control sequence', () => {
    const text =
      'a\u001b[31mred\u001b[1;94mbold\u001b[22mblue\u001b[38;5;1mx\u001b[0m\u001b[2K\u001b]0;title\u0007z\u001b';
    expect(styledText(text)).toEqual([
      { text: 'a', style: '' },
      { text: 'red', style: 'log-red' },
      { text: 'bold', style: 'log-blue log-bold' },
      { text: 'blue', style: 'log-blue' },
      { text: 'x', style: '' },
      { text: 'z^[', style: '' },
    ]);
  });

  test('shows characters that would be invisible, or change those that follow', () => {
    const [{ text = '' } = {}] = styledText('tab\t nul\0 cr\r \u202eright\u2028line');
    expect(text).toBe('tab\t nul^@ cr^M \\u202eright\\u2028line');
  });
});

const styles = (text: string) => styledText(text).map(({ text: piece, style }) => `${piece}:${style}`);

test.each(['black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white'].map((name, code) => [code, name]))(
  'colour %d is %s, also the bright one',
  (code, name) => {
    expect(styles(`\u001b[${30 + code}ma\u001b[0mb\u001b[${90 + code}mc`)).toEqual([
      `a:log-${name}`,
      'b:',
      `c:log-${name}`,
    ]);
  },
);

test.each<[string, string, string]>([
  ['1', 'bold', 'log-bold'],
  ['2', 'dim', 'log-dim'],
  ['31;1;2', 'all together', 'log-red log-bold log-dim'],
  ['1;2;22', 'neither', ''],
  ['31;39', 'the usual colour', ''],
  ['31;1;2;0', 'nothing', ''],
  ['31;', 'nothing, without a number', ''],
  ['38;5;9;1', 'bold after a colour of 256', 'log-bold'],
  ['31;38;5;9', 'no colour outside the palette', ''],
  ['38;2;1;2;3;2', 'dim after a colour of three parts', 'log-dim'],
  ['31;48;5;1', 'the same colour on a background of 256', 'log-red'],
  ['31;48;2;32;1;2', 'the same colour on a background of three parts', 'log-red'],
  ['31;41', 'the same colour on a background', 'log-red'],
  ['31;29', 'nothing that is shown', 'log-red'],
  ['38', 'no colour', ''],
  ['31;89;98', 'none beside the bright ones', 'log-red'],
])('the codes %s are %s', (codes, _, style) => {
  expect(styles(`\u001b[${codes}mx`)).toEqual([`x:${style}`]);
});

test('a style goes on until it changes', () => {
  expect(styles('\u001b[31ma\u001b[2Kb\u001b[1mc\u001b[md')).toEqual([
    'a:log-red',
    'b:log-red',
    'c:log-red log-bold',
    'd:',
  ]);
});

test.each<[string, string]>([
  ['a cursor movement', 'a\u001b[12;3Hb'],
  ['a private sequence', 'a\u001b[?25lb'],
  ['one with an intermediate character', 'a\u001b[0 qb'],
  ['a title', 'a\u001b]0;title\u0007b'],
  ['a link', 'a\u001b]8;;https://x\u001b\\b'],
  ['a sequence of two characters', 'a\u001bMb'],
  ['one that selects characters', 'a\u001b(Bb'],
])('the search leaves out %s', (_, text) => {
  expect(plainText(text)).toBe('ab');
});

test('the search has everything else', () => {
  expect(plainText('a [31m\u0000b')).toBe('a [31m\u0000b');
});

test('a text has nothing that a browser would obey', () => {
  expect(shownText('a\u2027\u2028\u202e\u202f\u2065\u2066\u2069\u206a')).toBe(
    'a\u2027\\u2028\\u202e\u202f\u2065\\u2066\\u2069\u206a',
  );
  expect(shownText('\u001b[1mb')).toBe('b');
});
