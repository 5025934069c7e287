import { asObject, valueAt } from '../../modules/config/value-at';

const root = { a: [{ b: null, c: 'text' }] };

it.each<[PropertyKey[], unknown]>([
  [[], root],
  [['a', 0, 'c'], 'text'],
  [['a', 0, 'b'], null],
  [['a', 1], undefined],
  [['a', 0, 'b', 'd'], undefined],
  [['a', 0, 'c', 'length'], undefined],
  [['toString'], undefined],
])('the value at %j', (path, value) => {
  expect(valueAt(root, path)).toBe(value);
});

it.each([undefined, null, 'text', 5])('%p is no object, and has nothing in it', (value) => {
  expect(asObject(value)).toEqual({});
  expect(valueAt(value, ['a'])).toBeUndefined();
});

it('an object stays itself', () => {
  expect(asObject(root)).toBe(root);
});
