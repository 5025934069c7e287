import fc from 'fast-check';
import { listTexts, members, valueText } from '../../../modules/orchestration/items/json-text';
import { pathSteps } from '../../../modules/rules/items';

const at = (text: string, path: string) => valueText(text, pathSteps(path) ?? []);

it('gives a value as it is written, with each digit', () => {
  const text = ' {"a": {"b c": [1635734407.123456789, 1e400, "\\u00e9\\"]"]} }\n';
  expect(at(text, "$.a['b c'][0]")).toBe('1635734407.123456789');
  expect(at(text, "$.a['b c'][1]")).toBe('1e400');
  expect(at(text, "$.a['b c'][2]")).toBe('"\\u00e9\\"]"');
  expect(listTexts(at(text, "$.a['b c']") ?? '')).toEqual(['1635734407.123456789', '1e400', '"\\u00e9\\"]"']);
});

it.each(['$.b', '$.a.b', '$.a[3]', '$.a[0].x', '$[0]', '$.a.x'])('has nothing at %s', (path) => {
  expect(at('{"a": [1, 2, 3], "x": null}', path)).toBeUndefined();
});

it('goes on inside of a string that contains JSON, also a list as a string', () => {
  const body = JSON.stringify({ keys: ['a', 'b'] });
  expect(at(JSON.stringify({ body }), '$.body.keys')).toBe('["a","b"]');
  expect(listTexts(at(JSON.stringify({ body: '["a"]' }), '$.body') ?? '')).toEqual(['"a"']);
  expect(at('{"body":"keys"}', '$.body.keys')).toBeUndefined();
  expect(listTexts('"text"')).toBeUndefined();
});

it('takes the last of two members with the same name, as JSON.parse does', () => {
  expect(at('{"a":1,"a":2}', '$.a')).toBe('2');
});

it('writes each item of a list in one line', () => {
  expect(listTexts('[\n{"a":\r\n1},\n  "x\\ny"]')).toEqual(['{"a": 1}', '"x\\ny"']);
});

it('finds what JSON.parse finds, in any JSON', () => {
  fc.assert(
    fc.property(fc.json(), fc.constantFrom(0, 2), (text, indent) => {
      const value: unknown = JSON.parse(text);
      const written = JSON.stringify(value, null, indent);
      const found = Array.from(members(written), ([key, member]) => [String(key), JSON.parse(member) as unknown]);
      const isTree = typeof value === 'object' && value !== null;
      expect(found).toEqual(isTree ? Object.entries(value) : []);
    }),
  );
});
