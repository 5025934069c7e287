import { Lazy } from 'cdktf';
import fc from 'fast-check';
import { isPlain, merged } from '../../../modules/config/overrides/merged';

it.each<[unknown, unknown, unknown]>([
  [{ a: 1, b: 2 }, { b: 3 }, { a: 1, b: 3 }],
  [{ a: { b: 1, c: 2 } }, { a: { c: 3, d: 4 } }, { a: { b: 1, c: 3, d: 4 } }],
  [{ a: [1, 2] }, { a: [3] }, { a: [3] }],
  [{ a: 1, b: 2 }, { a: null }, { b: 2 }],
  [{ a: 1 }, { a: undefined }, { a: 1 }],
  [{ a: 1 }, { toString: undefined, constructor: { b: 1 } }, { a: 1, constructor: { b: 1 } }],
  [{ a: 'text' }, { a: { b: 1 } }, { a: { b: 1 } }],
  [undefined, { a: { b: null, c: 1 } }, { a: { c: 1 } }],
  ['text', 5, 5],
  ['text', null, undefined],
])('%j with %j is %j', (value, change, result) => {
  expect(merged(value, change)).toEqual(result);
});

it('changes exactly what it must', () => {
  const object = fc.dictionary(
    fc.string(),
    fc.jsonValue().map((value) => JSON.parse(JSON.stringify(value))),
  );
  const noNull = object.filter((value) => !JSON.stringify(value).includes('null'));
  fc.assert(
    fc.property(noNull, (value) => {
      expect(merged(value, {})).toEqual(value);
      expect(merged({}, value)).toEqual(value);
      expect(merged(value, value)).toEqual(value);
    }),
  );
});

it('leaves its arguments alone', () => {
  const value = { a: { b: 1 } };
  merged(value, { a: { b: 2 } });
  expect(value).toEqual({ a: { b: 1 } });
});

it.each([
  [{}, true],
  [Object.create(null), true],
  [[], false],
  [null, false],
  ['text', false],
  [new Map(), false],
  [Lazy.anyValue({ produce: () => ({}) }), false],
])('%p is plain: %s', (value, plain) => {
  expect(isPlain(value)).toBe(plain);
});
