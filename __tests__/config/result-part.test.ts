import { partOf } from '../../modules/config/result-part';

const VALUE = { ports: [80, 443], name: 'a.example.com' };

it.each<[readonly string[], unknown]>([
  [[], VALUE],
  [['name'], 'a.example.com'],
  [['ports', '1'], 443],
])('the part %j of a value', (part, expected) => {
  expect(partOf({ value: VALUE }, '$Get()', part)).toEqual({ value: expected });
});

it.each<[readonly string[], object]>([
  [['nmae'], { found: '"$Get().nmae", where "nmae" is missing', fix: 'did you mean "name"?' }],
  [['size'], { accepted: 'a part of the value: ports, name', fix: 'use one of ports, name' }],
  [['name', 'first'], { accepted: 'no part: the value has none', fix: 'remove "first" and what follows it' }],
  [['toString'], { accepted: 'a part of the value: ports, name' }],
])('a part that is missing: %j', (part, finding) => {
  expect(partOf({ value: VALUE }, `$Get().${part.join('.')}`, part)).toMatchObject({ finding });
});

it('a directive that failed stays failed', () => {
  const failed = { finding: { found: 'x', accepted: 'y', fix: 'z' } };
  expect(partOf(failed, '$Get().name', ['name'])).toBe(failed);
});
