import { CHANGES } from '../../../triggers/dynamo-db-stream/changes';

type Report = Parameters<NonNullable<typeof CHANGES.check>>[1];

/** Where a filter has problems, and their fixes. */
const told = (pattern: { readonly [key: string]: unknown }) => {
  const found: [string, string][] = [];
  const report: Report = ({ fix }, path) => void found.push([path.join('.'), String(fix)]);
  CHANGES.check?.(pattern, report);
  return found;
};
const image = (item: object) => ({ dynamodb: { NewImage: item } });

it.each<[string, object]>([
  ['no attribute', { eventName: ['INSERT'] }],
  ['texts', image({ name: { S: ['a', { prefix: 'b' }] } })],
  ['numbers as texts', image({ count: { N: ['3', { exists: true }] }, all: { NS: ['1'] } })],
  ['numbers of another type', image({ flag: { BOOL: [true] }, text: { S: [3] } })],
  ['a map', image({ address: { M: { city: { S: ['a'] } } } })],
  ['a number as text of the attribute', image({ name: 'a' })],
  ['other keys of a change', { dynamodb: { SizeBytes: [1] } }],
  ['no object where one belongs', { dynamodb: 'a' }],
  ['no object as an item', { dynamodb: { Keys: 'a' } }],
  ['no list of branches', { $or: 'a', dynamodb: { $or: [1, null] } }],
])('a filter can have %s', (_, pattern) => {
  expect(told(pattern as never)).toEqual([]);
});

it.each<[unknown[], string]>([
  [['a'], 'write {"S":["a"]}'],
  [[1, 2], 'write {"N":["1","2"]}'],
  [[true], 'write {"BOOL":[true]}'],
  [[1, 'a'], 'write {"S":[1,"a"]}'],
  [[], 'write {"S":[]}'],
])('an attribute without its type: %j', (value, fix) => {
  expect(told(image({ name: value }))).toEqual([['dynamodb.NewImage.name', fix]]);
});

it.each(['Keys', 'NewImage', 'OldImage'])('the attributes in %s are checked, and it belongs in dynamodb', (key) => {
  expect(told({ dynamodb: { [key]: { name: ['a'] } } })).toHaveLength(1);
  expect(CHANGES.fixUnknown?.(key)).toBe('put it into dynamodb');
});

it('another unknown key has no such fix', () => {
  expect(CHANGES.fixUnknown?.('Image')).toBeUndefined();
});

it('a key of a map belongs under its type', () => {
  expect(told(image({ address: { city: { S: ['a'] } } }))).toEqual([
    ['dynamodb.NewImage.address.city', expect.stringMatching(/^put it under its type/)],
  ]);
});

it('numbers are texts in the changes of a table', () => {
  expect(told(image({ count: { N: ['1', 2, { numeric: ['>', 3] }] }, all: { NS: [4] } }))).toEqual([
    ['dynamodb.NewImage.count.N.1', 'write "2"'],
    ['dynamodb.NewImage.count.N.2', 'list the numbers as strings, or let the job compare them'],
    ['dynamodb.NewImage.all.NS.0', 'write "4"'],
  ]);
});

it('maps are checked in maps', () => {
  expect(told(image({ a: { M: { b: { M: { c: ['x'] } } } } }))).toEqual([
    ['dynamodb.NewImage.a.M.b.M.c', 'write {"S":["x"]}'],
  ]);
});

it.each<[string, object]>([
  ['$or.1.dynamodb.NewImage.a', { $or: [{}, image({ a: ['x'] })] }],
  ['dynamodb.$or.0.Keys.a', { dynamodb: { $or: [{ Keys: { a: ['x'] } }] } }],
  ['dynamodb.Keys.$or.0.a', { dynamodb: { Keys: { $or: [{ a: ['x'] }] } } }],
  ['dynamodb.Keys.a.$or.0.X', { dynamodb: { Keys: { a: { $or: [{ X: ['x'] }] } } } }],
])('branches are checked at each level: %s', (path, pattern) => {
  expect(told(pattern as never).map(([at]) => at)).toEqual([path]);
});
