import { createHash } from 'node:crypto';
import {
  jsonHash,
  listAt,
  readToml,
  stringsAt,
  tableAt,
  textAt,
} from '../../../../modules/container/buildpack/python/toml';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const table = (text: string) => {
  const read = readToml('/project/pyproject.toml', text);
  if ('problem' in read) throw new Error(String(read.problem.found));
  return read.table;
};

describe('a TOML text', () => {
  it('is a table, with or without a byte order mark', () => {
    expect(table('a = "b"')).toEqual({ a: 'b' });
    expect(table('\uFEFFa = "b"')).toEqual({ a: 'b' });
  });

  it('has integers that differ from other numbers', () => {
    expect([table('a = 1').a, table('a = 1.0').a]).toEqual([1n, 1]);
  });

  it('that is none has the file, the reason and the line in its problem', () => {
    expect(readToml('/project/pyproject.toml', 'a = 1\nb = ')).toEqual({
      problem: {
        found: expect.stringMatching(/^pyproject\.toml, which is not valid TOML: (?!Invalid TOML)[^\n]+$/),
        accepted: 'a file in TOML',
        fix: 'correct pyproject.toml in line 2',
      },
    });
  });
});

describe('what is at a key', () => {
  const value = { tool: { uv: { name: 'a', list: ['a', 1, 'b'] } }, text: 'a' };

  it.each<[string[], object]>([
    [[], value],
    [['tool', 'uv'], value.tool.uv],
    [['tool', 'poetry'], {}],
    [['tool', 'poetry', 'group'], {}],
    [['text', 'a'], {}],
  ])('is a table at %j, or an empty one', (keys, expected) => {
    expect(tableAt(value, ...keys)).toEqual(expected);
  });

  it.each([undefined, null, 'a', 1])('is nothing in %j', (none) => {
    expect([tableAt(none, 'a'), listAt(none, 'a'), stringsAt(none, 'a'), textAt(none, 'a')]).toEqual([
      {},
      [],
      [],
      undefined,
    ]);
  });

  it('is a list, its texts, or a text, and nothing of another type', () => {
    const { uv } = value.tool;
    expect([listAt(uv, 'list'), listAt(uv, 'name')]).toEqual([['a', 1, 'b'], []]);
    expect([stringsAt(uv, 'list'), stringsAt(uv, 'name')]).toEqual([['a', 'b'], []]);
    expect([textAt(uv, 'name'), textAt(uv, 'list')]).toEqual(['a', undefined]);
  });
});

it.each<[string, unknown, string]>([
  ['sorted keys', { b: 1n, a: 'x' }, '{"a": "x", "b": 1}'],
  ['nested values', { a: [{ b: [] }, true, null] }, '{"a": [{"b": []}, true, null]}'],
  ['whole numbers that are no integers', [1, 1.5, 1n], '[1.0, 1.5, 1]'],
  ['nothing as null', undefined, 'null'],
  ['other letters as ASCII', 'é\u007f😀', '"\\u00e9\\u007f\\ud83d\\ude00"'],
  ['keys in the order of their bytes', { '\u{10000}': 1n, '\uffff': 2n }, '{"\\uffff": 2, "\\ud800\\udc00": 1}'],
])("a hash is that of Python's JSON: %s", (_, value, json) => {
  expect(jsonHash(value)).toBe(sha256(json));
});

it('a hash can be that of JSON with other separators', () => {
  expect(jsonHash({ a: [1n, 2n] }, [',', ':'])).toBe(sha256('{"a":[1,2]}'));
});
