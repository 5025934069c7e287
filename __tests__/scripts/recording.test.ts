import { picture } from '../../scripts/recording/picture';
import { COLUMNS, unvarying } from '../../scripts/recording/run';
import { styledLines } from '../../scripts/recording/styled-text';

const ESCAPE = '\u001b[';

describe('the text of a terminal', () => {
  it('has the looks that its escape codes give it', () => {
    expect(
      styledLines(`${ESCAPE}2m00:01${ESCAPE}22m  ${ESCAPE}32m${ESCAPE}1mdone${ESCAPE}22m${ESCAPE}39m.`, 80),
    ).toEqual([
      [
        { text: '00:01', classes: ['dim'] },
        { text: '  ', classes: [] },
        { text: 'done', classes: ['green', 'bold'] },
        { text: '.', classes: [] },
      ],
    ]);
  });

  it('keeps a look over the end of a line, until it is reset', () => {
    const [first, second] = styledLines(`${ESCAPE}91ma\nb${ESCAPE}0mc`, 80);
    expect(first).toEqual([{ text: 'a', classes: ['red'] }]);
    expect(second).toEqual([
      { text: 'b', classes: ['red'] },
      { text: 'c', classes: [] },
    ]);
  });

  it('goes on in the next line where the columns end', () => {
    expect(styledLines(`abc${ESCAPE}1mdefg`, 5)).toEqual([
      [
        { text: 'abc', classes: [] },
        { text: 'de', classes: ['bold'] },
      ],
      [{ text: 'fg', classes: ['bold'] }],
    ]);
    expect(styledLines('abcde\n\n', 5)).toEqual([[{ text: 'abcde', classes: [] }], [], []]);
  });

  it('is refused with a code that the picture has no look for', () => {
    expect(() => styledLines(`${ESCAPE}7m`, 5)).toThrow('the escape code 7');
  });
});

describe('the picture', () => {
  const made = picture(`Stack a: <b> & c\n00:00.1  Attempt 1\n${'x'.repeat(COLUMNS + 1)}`, { moving: true });

  it('shows the command and each line, escaped', () => {
    const lines = [...made.matchAll(/<text [^>]*>(.*)<\/text>/g)].map(([, text]) => text);
    expect(lines).toEqual([
      '$ npm start',
      'Stack a: &lt;b&gt; &amp; c',
      '00:00.1  Attempt 1',
      'x'.repeat(COLUMNS),
      'x',
    ]);
  });

  it('shows its lines one after the other, and all of them to who wants no motion', () => {
    const delays = [...made.matchAll(/animation-delay:(\d+)ms/g)].map(([, delay]) => Number(delay));
    expect(delays).toEqual([...delays].sort((one, other) => one - other));
    expect(new Set(delays).size).toBe(delays.length);
    expect(made).toContain('@media (prefers-reduced-motion:reduce){text{animation:none}}');
  });

  it('stands still if the reader wants no motion', () => {
    expect(picture('a', { moving: false })).not.toContain('animation');
  });

  it('has a light and a dark look and loads nothing', () => {
    expect(made).toContain('@media (prefers-color-scheme:dark)');
    expect(made.replace('http://www.w3.org/2000/svg', '')).not.toMatch(/https?:|url\(|@import|href/);
  });
});

describe('two recordings', () => {
  const hash = 'd26012cb88f08fcc0394bbe939bbc6c6';
  const lines = (clock: string, seconds: string, name: string, attempts: number) =>
    picture(
      [
        `${ESCAPE}2m${clock}${ESCAPE}22m  Started   job-${name}`,
        `          | report for 2026-11-21T23:55:4${seconds.length}Z`,
        `${clock}  ${ESCAPE}32mSucceeded on attempt ${attempts} of 3, ${seconds} s${ESCAPE}39m`,
      ].join('\n'),
      { moving: true },
    );

  it('are the same but for times and identifiers', () => {
    const one = unvarying(lines('00:00.1', '0.6', hash, 2));
    expect(unvarying(lines('12:34.5', '12', hash.replace('d', 'e'), 2))).toBe(one);
    expect(unvarying(lines('00:00.1', '0.6', hash, 3))).not.toBe(one);
  });
});
