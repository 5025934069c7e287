import { expandDirectives } from '../../modules/config/custom-directives';
import { formatted } from '../../modules/config/format-directive';

it.each([
  ["$Format('shelf')", 'shelf'],
  ['$Format("{}{}", \'a\' ,7)', 'a7'],
  ["$Format('{}, {}', 3, true)", '3, true'],
  ["$Format('it\\'s {}', '{}')", "it's {}"],
  ["$Format('{}', '$&')", '$&'],
])('%s is its text', (text, value) => {
  expect(formatted(text)).toEqual({ value });
});

it.each([
  ['$Format()'],
  ['$Format(5)'],
  ["$Format('{}')"],
  ["$Format('{}', 'a', 'b')"],
  ["$Format('{}', null)"],
  ["$Format('{}', shelf)"],
  ["$Format('{}', 'a'"],
  ["$Format('{}', 'a').x"],
  ["$Format('{}', (('a')"],
])('%s is refused', (text) => {
  expect(formatted(text)).toMatchObject({
    finding: { fix: 'write as many values as the first string has {}, and strings in quotes' },
  });
});

it('a directive in braces is not left as text', () => {
  expect(formatted("$Format('{stage()}-{projectName()}-desk')")).toMatchObject({
    finding: { accepted: '{} for each value' },
  });
});

it('stands for its text anywhere in a config, also within another one', async () => {
  const config = { region: 'eu-west-1', list: ["$Format('{}-x', $Format('{}!', $Region()))"] };
  expect(await expandDirectives(config, '/')).toEqual({ value: { ...config, list: ['eu-west-1!-x'] }, findings: [] });
});
