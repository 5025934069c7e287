import fc from 'fast-check';
import { type Position, withMember, withValue } from '../../../cli/init/json-member';

describe('a member is added, and nothing else changes', () => {
  it.each<[string, string, string[], string, Position, string]>([
    ['an empty object', '{}', [], 'a', 'last', '{\n  "a": 1\n}'],
    ['a file without an end of its last line', '{\n  "b": 2\n}', [], 'a', 'last', '{\n  "b": 2,\n  "a": 1\n}'],
    ['before all others', '{\n  "b": 2\n}\n', [], 'a', 'first', '{\n  "a": 1,\n  "b": 2\n}\n'],
    ['between others', '{\n  "a": 2,\n  "c": 3\n}\n', [], 'b', 'sorted', '{\n  "a": 2,\n  "b": 1,\n  "c": 3\n}\n'],
    ['behind the others', '{\n  "a": 2\n}\n', [], 'b', 'sorted', '{\n  "a": 2,\n  "b": 1\n}\n'],
    [
      'an object in it, with tabs and line ends of Windows',
      '{\r\n\t"s": {\r\n\t\t"x": "y"\r\n\t},\r\n\t"files": ["a", "b"]\r\n}\r\n',
      ['s'],
      'a',
      'last',
      '{\r\n\t"s": {\r\n\t\t"x": "y",\r\n\t\t"a": 1\r\n\t},\r\n\t"files": ["a", "b"]\r\n}\r\n',
    ],
    ['four spaces', '{\n    "s": {}\n}\n', ['s'], 'a', 'last', '{\n    "s": {\n        "a": 1\n    }\n}\n'],
    ['one line', '{"s":{"x":"y"},"t":[1,2]}', ['s'], 'a', 'last', '{"s":{"x":"y", "a": 1},"t":[1,2]}'],
    [
      'an object that is missing',
      '{\n  "b": 2\n}\n',
      ['s'],
      'a',
      'last',
      '{\n  "b": 2,\n  "s": {\n    "a": 1\n  }\n}\n',
    ],
    ['missing on one line', '{"b":2}', ['s'], 'a', 'last', '{"b":2, "s": {"a":1}}'],
    [
      'the object that counts of two',
      '{"s":{"x":1},"s":{"y":2}}',
      ['s'],
      'a',
      'last',
      '{"s":{"x":1},"s":{"y":2, "a": 1}}',
    ],
    ['braces and quotes in strings', '{\n  "x": "}\\"{,"\n}\n', [], 'a', 'last', '{\n  "x": "}\\"{,",\n  "a": 1\n}\n'],
  ])('%s', (_, text, path, key, position, expected) => {
    expect(withMember(text, path, key, 1, position)).toBe(expected);
  });

  it('whatever the object and its form', () => {
    const forms = fc.constantFrom<(value: object) => string>(
      (value) => JSON.stringify(value),
      (value) => JSON.stringify(value, undefined, 2),
      (value) => JSON.stringify(value, undefined, '\t').replaceAll('\n', '\r\n'),
    );
    const keys = fc.string({ minLength: 1 }).filter((key) => key !== '__proto__' && key !== 'new');
    fc.assert(
      fc.property(
        fc.dictionary(keys, fc.jsonValue()),
        forms,
        fc.constantFrom('first', 'last', 'sorted'),
        (object, form, position) => {
          const text = form(object);
          const changed = withMember(text, [], 'new', { of: ['all'] }, position as Position);
          expect(JSON.parse(changed)).toEqual({ ...JSON.parse(text), new: { of: ['all'] } });
          // Every line that was there is there still, but for a comma.
          const lines = (of: string) => of.split(/\r?\n/).map((line) => line.replace(/,$/, ''));
          const now = new Set(lines(changed));
          if (text.includes('\n')) expect(lines(text).filter((line) => !now.has(line))).toEqual([]);
        },
      ),
      { numRuns: 200 },
    );
  });
});

test('a value is replaced in its place', () => {
  expect(withValue('{\n  "s": { "a": "x", "b": 2 }\n}\n', ['s'], 'a', 'y')).toBe('{\n  "s": { "a": "y", "b": 2 }\n}\n');
  expect(withValue('{}', ['s'], 'a', 'y')).toBe('{}');
});
