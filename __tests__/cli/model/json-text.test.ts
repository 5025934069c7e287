import { type JsonNode, parsedJson, placed } from '../../../cli/model/json-text';

/** What is wrong with a text, as the editor says it. */
function problemOf(text: string): string | undefined {
  const { problem } = parsedJson(text);
  return problem && placed(text, problem);
}

describe('where a text is not JSON', () => {
  test.each([
    ['', 'Line 1, column 1: expected a value, for example {}'],
    [' \n ', 'Line 1, column 1: expected a value, for example {}'],
    ['{\n  "a": 1\n  "b": 2\n}', 'Line 3, column 3: expected a comma'],
    ['{"a": 1,}', 'Line 1, column 8: expected no comma before }'],
    ['[1,\n]', 'Line 1, column 3: expected no comma before ]'],
    ['{"a" 1}', 'Line 1, column 6: expected a colon after "a"'],
    ['{"a": }', 'Line 1, column 7: expected a value'],
    ['{a: 1}', 'Line 1, column 2: expected a key in double quotes. Found a'],
    ["{'a': 1}", 'Line 1, column 2: expected a key in double quotes. JSON has double quotes (") only'],
    ['{“a”: 1}', 'Line 1, column 2: expected a key in double quotes. JSON has double quotes (") only'],
    ['{ // why\n}', 'Line 1, column 3: expected a key in double quotes. JSON has no comments'],
    ['{"a": 1 // why\n}', 'Line 1, column 9: expected a comma. JSON has no comments'],
    ['{"a": True}', 'Line 1, column 7: expected a value. Found True. JSON has true, false and null'],
    ['{"a": None}', 'Line 1, column 7: expected a value. Found None. JSON has true, false and null'],
    ['[NaN]', 'Line 1, column 2: expected a value. NaN is not a value in JSON. Use null'],
    ['{"a": 007}', 'Line 1, column 7: 007 is not a number in JSON. Remove the leading zeros, or write it as a string'],
    ['[1.]', 'Line 1, column 2: 1. is not a number in JSON. Add a digit after the point'],
    ['[.5]', 'Line 1, column 2: expected a value'],
    ['[1 2]', 'Line 1, column 4: expected a comma'],
    ['{"a": "b\n"}', 'Line 1, column 7: the string does not end in its line. Write a line break as \\n'],
    ['"a', 'Line 1, column 1: the string does not end in its line. Write a line break as \\n'],
    ['["\t"]', 'Line 1, column 3: expected \\t instead of a tab'],
    ['["\u0001"]', 'Line 1, column 3: expected \\u0001 in a string'],
    ['["C:\\data"]', 'Line 1, column 5: \\d is not an escape sequence. Write a backslash as \\\\'],
    ['["\\u12"]', 'Line 1, column 3: \\u is not an escape sequence. Write a backslash as \\\\'],
    ['{\n"a": [\n1', 'Line 3, column 2: expected ]: the list that begins in line 2 does not end'],
    ['{"a": 1', 'Line 1, column 8: expected }: the object that begins in line 1 does not end'],
    ['[1}', 'Line 1, column 3: expected ] instead of }'],
    ['[1: 2]', 'Line 1, column 3: expected a comma instead of a colon'],
    ['{} {}', 'Line 1, column 4: expected nothing after the end of the event'],
    ['{', 'Line 1, column 2: expected a key in double quotes, and the text ends'],
    ['\ufeff{}', 'Line 1, column 1: expected a value. Remove the character U+feff'],
    ['{"a":\u00a01}', 'Line 1, column 6: expected a value. Remove the character U+00a0'],
  ])('%j', (text, problem) => {
    expect(problemOf(text)).toBe(problem);
    expect(() => JSON.parse(text)).toThrow();
  });
});

test('what JSON.parse accepts is accepted, and nothing else, in texts with one character changed', () => {
  const source = '{"a\\u0041": [1, -2.5e+3, true, null, "x\\\\\\n", {}, [], {"b": {"c": [[]]}}], "d": ""}';
  const pieces = [
    '',
    '"',
    '\\',
    ',',
    ':',
    '{',
    '}',
    '[',
    ']',
    '0',
    '-',
    '.',
    'e',
    ' ',
    '\n',
    '\t',
    'n',
    '\u0000',
    '\u2028',
  ];
  const texts = Array.from({ length: source.length + 1 }, (_, at) => at).flatMap((at) =>
    pieces.flatMap((piece) => [0, 1, 2].map((length) => source.slice(0, at) + piece + source.slice(at + length))),
  );
  expect(texts.filter(isJson).length).toBeGreaterThan(0);
  expect(texts.filter((text) => (parsedJson(text).problem === undefined) !== isJson(text))).toEqual([]);
});

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

test('values keep their place, their order and all their digits', () => {
  const text = '{ "b": 12345678901234567890.10, "a": [true, null, "\\u0041"], "__proto__": {} }';
  const { root } = parsedJson(text);
  const flat = ({ kind, from, to, key, children = [] }: JsonNode): unknown[] => [
    [key, kind, text.slice(from, to)],
    ...children.flatMap(flat),
  ];
  expect(flat(root as JsonNode).slice(1)).toEqual([
    ['b', 'number', '12345678901234567890.10'],
    ['a', 'list', '[true, null, "\\u0041"]'],
    [undefined, 'boolean', 'true'],
    [undefined, 'null', 'null'],
    [undefined, 'string', '"\\u0041"'],
    ['__proto__', 'object', '{}'],
  ]);
});

test('a key that is twice in one object is reported, however it is written, and the same key in another object is not', () => {
  const text = '{"a": 1, "b": {"a": 1},\n"\\u0061": 2, "toString": 3, "__proto__": 4}';
  expect(parsedJson(text).duplicates.map((each) => placed(text, each))).toEqual([
    'Line 2, column 1: "\\u0061" is there twice. The last value counts',
  ]);
});

test('neither depth nor size ends it', () => {
  const depth = 200_000;
  expect(parsedJson('['.repeat(depth) + ']'.repeat(depth)).problem).toBeUndefined();
  const large = (length: number) =>
    JSON.stringify(Array.from({ length }, (_, index) => ({ id: index, name: `order ${index}`, tags: ['a'] })));
  const time = (length: number) => {
    const text = large(length);
    const begun = performance.now();
    expect(parsedJson(text).root?.children).toHaveLength(length);
    return performance.now() - begun;
  };
  // Ten times the text takes about ten times as long, and not a hundred times. The first one is slower than the next ones.
  const small = Math.min(time(2_000), time(2_000), time(2_000));
  expect(time(20_000) / small).toBeLessThan(50);
});
