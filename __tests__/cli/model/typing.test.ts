import { type Edit, keyEdit, lineEdit, tabEdit } from '../../../cli/model/typing';

/** Selection as bars: `a|b|c`, or a cursor as one. */
function read(marked: string): { text: string; from: number; to: number } {
  const from = marked.indexOf('|');
  const to = marked.indexOf('|', from + 1);
  return { text: marked.replaceAll('|', ''), from, to: to === -1 ? from : to - 1 };
}

function written(text: string, edit: Edit | undefined): string | undefined {
  if (edit === undefined) return undefined;
  const result = text.slice(0, edit.from) + edit.insert + text.slice(edit.to);
  const [from, to] = edit.selection;
  const marks = from === to ? '|' : `|${result.slice(from, to)}|`;
  return result.slice(0, from) + marks + result.slice(to);
}

test.each<[string, boolean, string | undefined]>([
  ['a|', false, 'a |'],
  ['ab|', false, 'ab  |'],
  ['a|b|c', false, 'a |c'],
  ['x\n|a\nb|\nc', false, 'x\n  |a\n  b|\nc'],
  ['x\n|a\n\nb\n|c', false, 'x\n  |a\n\n  b\n|c'],
  ['  a|', true, 'a|'],
  ['|  a', true, '|a'],
  ['\ta|', true, 'a|'],
  ['a|', true, undefined],
  ['  |a\n b|\n  c', true, '|a\nb|\n  c'],
])('Tab in %j (back: %j) gives %j', (marked, isBack, expected) => {
  const { text, from, to } = read(marked);
  expect(written(text, tabEdit(text, from, to, isBack))).toBe(expected);
});

test.each([
  ['{|}', '{\n  |\n}'],
  ['  [|', '  [\n    |'],
  ['  "a": 1,|', '  "a": 1,\n  |'],
  ['|', '\n|'],
])('Enter in %j gives %j', (marked, expected) => {
  const { text, from, to } = read(marked);
  expect(written(text, lineEdit(text, from, to))).toBe(expected);
});

test.each([
  ['{"re|', 1, '{"region": |'],
  ['{"re|"', 1, '{"region": |'],
  ['{"re|x": 1', 1, '{"region"|: 1'],
  ['{"|", "a": 1', 1, '{"region": |, "a": 1'],
])('the key in %j is completed', (marked, from, expected) => {
  const { text, from: cursor } = read(marked);
  expect(written(text, keyEdit(text, from, cursor, 'region'))).toBe(expected);
});
