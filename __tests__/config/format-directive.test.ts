import { expandDirectives } from '../../modules/config/custom-directives';
import { foreignIn, formatDirectives, formatted, parseFormat } from '../../modules/config/format-directive';

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
    finding: { fix: expect.stringMatching(/^write as many values as the first string has \{\}, strings in quotes/) },
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

const NAME = "$ResourceParam('shelf', 'name')";
const ARN = "$CfResourceParam('clicks', 'Arn')";

it.each([
  [`$CfFormat('{}', ${NAME})`, [{ directive: NAME }]],
  [`$Format('s3://{}/{}', ${NAME}, 'in')`, [{ text: 's3://' }, { directive: NAME }, { text: '/' }, { text: 'in' }]],
  [
    `$CfFormat('{}+{}', $CfFormat('a{}', ${ARN}), 2)`,
    [{ text: 'a' }, { directive: ARN }, { text: '+' }, { text: '2' }],
  ],
  // The function $CfFormat of Stacktape's package.
  [`$CfFormat('{}{}', '${NAME},${ARN}')`, [{ directive: NAME }, { directive: ARN }]],
])('%s has parts that only the deployed stack knows', (text, parts) => {
  expect(parseFormat(text)).toEqual(parts);
  expect(formatted(text)).toEqual({ value: text });
  expect(formatDirectives(text)).toEqual(parts.flatMap((part) => ('directive' in part ? [part.directive] : [])));
});

it.each([
  ["$CfFormat('{}', $Secret('db'))", ["$Secret('db')"]],
  ["$CfFormat('{}', $Format('{}{}', $Parameter('/x'), $Unknown()))", ["$Parameter('/x')", '$Unknown()']],
  [`$CfFormat('{}', ${NAME})`, []],
  ["$CfFormat('{}', $ResourceParam(shelf))", ['$ResourceParam(shelf)']],
])('what is foreign in %s is for the rules of directives', (text, foreign) => {
  expect(foreignIn(text)).toEqual(foreign);
  expect(parseFormat(text) === undefined).toBe(foreign.length > 0);
  expect(formatted(text)).toEqual({ value: text });
});

it.each([
  [`$CfFormat('{}', ${NAME}, 'more')`],
  [`$CfFormat('{}', ${NAME})/more`],
  [`$CfFormat('{}', $CfFormat('x', ${NAME}))`],
])('%s is refused though the directive is right', (text) => {
  expect(formatted(text)).toMatchObject({ finding: { accepted: expect.stringContaining('for each {}') } });
});

it('keeps in a config what only the deployed stack knows, with the values of all else', async () => {
  const config = {
    region: 'eu-west-1',
    variables: { bucket: NAME, path: 'in' },
    list: ["$CfFormat('{}.{}/{}', $Var().bucket, $Region(), $Var().path)", "$CfFormat('{}', $Format('{}', $Region()))"],
  };
  const { value, findings } = await expandDirectives(config, '/');
  expect(value).toMatchObject({ list: [`$CfFormat('{}.{}/{}', ${NAME}, 'eu-west-1', 'in')`, 'eu-west-1'] });
  expect(findings).toEqual([]);
});
