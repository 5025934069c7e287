import { expandDirectives } from '../../modules/config/custom-directives';
import type { Outcome } from '../../modules/config/directive';
import { formatted } from '../../modules/config/format-directive';

const VALUES: { readonly [directive: string]: Outcome } = {
  '$Stage()': { value: 'harvest' },
  "$count('a, (b)')": { value: 3 },
  '$list()': { value: ['a'] },
};

function format(text: string) {
  return formatted(text, async (directive) => VALUES[directive]);
}

it.each([
  ["$Format('shelf')", 'shelf'],
  ["$Format('{}-{}', 'shelf', $Stage())", 'shelf-harvest'],
  ['$Format("{}{}", $Stage( ) ,7)'.replace('( )', '()'), 'harvest7'],
  ["$Format('{}, {}', $count('a, (b)'), true)", '3, true'],
  ["$Format('it\\'s {}', '{}')", "it's {}"],
  ["$Format('{}', '$&')", '$&'],
])('%s is its text', async (text, value) => {
  expect(await format(text)).toEqual({ value });
});

it.each([
  ['$Format()'],
  ['$Format(5)'],
  ["$Format('{}')"],
  ["$Format('{}', 'a', 'b')"],
  ["$Format('{}', null)"],
  ["$Format('{}', shelf)"],
  ["$Format('{}', $list())"],
  ["$Format('{}', 'a'"],
  ["$Format('{}', 'a')).x"],
  ["$Format('{}', (('a')"],
])('%s is refused', async (text) => {
  expect(await format(text)).toMatchObject({
    finding: { fix: 'write as many values as the first string has {}, and strings in quotes' },
  });
});

it('a directive in braces is not left as text', async () => {
  expect(await format("$Format('{stage()}-{projectName()}-desk')")).toMatchObject({
    finding: { accepted: '{} for each value' },
  });
});

it('a value that only the deployed stack has is not put in', async () => {
  expect(await format("$Format('{}', $ResourceParam('shelf', 'arn'))")).toMatchObject({
    finding: { fix: 'set a separate variable or property to it, and put the text together in the job' },
  });
});

it('a problem with a directive among the values is the problem of the text', async () => {
  const finding = { found: 'x', accepted: 'y', fix: 'z' };
  expect(await formatted("$Format('{}', $x())", async () => ({ finding }))).toEqual({ finding });
});

it('stands for its text anywhere in a config, also within another one', async () => {
  const config = { region: 'eu-west-1', list: ["$Format('{}-x', $Format('{}!', $Region()))"] };
  expect(await expandDirectives(config, '/')).toEqual({ value: { ...config, list: ['eu-west-1!-x'] }, findings: [] });
});
