import { keysIn, stringsIn } from '../../modules/config/strings-in';
import { asObject, valueAt } from '../../modules/config/value-at';

const VALUE = { a: 'one', b: [{ c: 'two' }, 3, null, 'three'], d: { e: true } };

it('strings have their paths, with indexes of lists as numbers', () => {
  expect([...stringsIn(VALUE, ['root'])]).toEqual([
    { text: 'one', path: ['root', 'a'] },
    { text: 'two', path: ['root', 'b', 0, 'c'] },
    { text: 'three', path: ['root', 'b', 3] },
  ]);
  const directives = ["$ResourceParam('a', 'arn')", "$CfResourceParam('b', 'Arn')"];
  const format = `$CfFormat('{}/{}', ${directives.join(', ')})`;
  expect([...stringsIn([format], [])]).toEqual([
    { text: format, path: [0] },
    ...directives.map((text) => ({ text, path: [0], isPart: true })),
  ]);
  expect([...stringsIn('x', [])]).toEqual([{ text: 'x', path: [] }]);
});

it('keys are those of objects, and not the indexes of lists', () => {
  expect([...keysIn(VALUE, [])].map(({ text, path }) => [text, path.join('.')])).toEqual([
    ['a', 'a'],
    ['b', 'b'],
    ['c', 'b.0.c'],
    ['d', 'd'],
    ['e', 'd.e'],
  ]);
  expect([...keysIn(null, []), ...keysIn('x', [])]).toEqual([]);
});

it('a value is found by its path', () => {
  expect(valueAt(VALUE, ['b', '0', 'c'])).toBe('two');
  expect([valueAt(VALUE, ['b', '9', 'c']), valueAt('x', ['length'])]).toEqual([undefined, undefined]);
  expect(valueAt(VALUE, ['constructor'])).toBeUndefined();
  expect([asObject(null), asObject('x'), asObject(VALUE)]).toEqual([{}, {}, VALUE]);
});
