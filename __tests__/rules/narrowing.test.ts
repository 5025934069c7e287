import { allowed, isCovered, narrowingProblems, prefixProblem } from '../../modules/rules/narrowing';

const ACTIONS = { 'a:Read': 'read', 'a:Describe': 'both', 'a:Write': 'write', 'a:Purge': 'all' } as const;

it.each([
  [{}, ['a:Read', 'a:Describe', 'a:Write', 'a:Purge']],
  [{ access: 'readWrite' } as const, ['a:Read', 'a:Describe', 'a:Write', 'a:Purge']],
  [{ access: 'read' } as const, ['a:Read', 'a:Describe']],
  [{ access: 'write' } as const, ['a:Describe', 'a:Write']],
])('of a connection with %j, these actions are left: %j', (narrowing, actions) => {
  expect(allowed(narrowing, ACTIONS)).toEqual(actions);
});

it.each([
  [{ access: 'read' }, {}, true],
  [{}, { access: 'read' }, false],
  [{ access: 'read' }, { access: 'read' }, true],
  [{ access: 'read' }, { access: 'write' }, false],
  [{ prefix: 'in/a/' }, { prefix: 'in/' }, true],
  [{ prefix: 'in/' }, { prefix: 'in/a/' }, false],
  [{ access: 'read', prefix: 'in/' }, { prefix: 'in/' }, true],
  [{ access: 'read', prefix: 'in/' }, { access: 'read' }, true],
  [{ access: 'write', prefix: 'in/' }, { access: 'read' }, false],
] as const)('%j is a part of %j: %j', (one, other, covered) => {
  expect(isCovered(one, other)).toBe(covered);
});

it.each<[string, string]>([
  ['', 'write a prefix, or remove it'],
  ['/in/', 'write in/: keys start without /'],
  ['/', 'write in/: keys start without /'],
  ['in/*', 'write in/, which selects every key that starts so'],
  ['a?c', 'write a, which selects every key that starts so'],
  ['${aws:username}/', 'remove it'],
  ["$ResourceParam('a', 'arn')", 'write the prefix itself'],
  ['x'.repeat(1025), 'write a shorter prefix'],
  ['é'.repeat(513), 'write a shorter prefix'],
])('refuses the prefix %j', (prefix, fix) => {
  expect(prefixProblem(prefix)?.fix).toBe(fix);
});

it.each(['in/', 'in', '2026-', 'a b/$x', 'x'.repeat(1024)])('takes the prefix %j', (prefix) => {
  expect(prefixProblem(prefix)).toBeUndefined();
});

it('refuses what a type does not have', () => {
  const rows = (narrowing: object, narrowable: Parameters<typeof narrowingProblems>[2]) =>
    narrowingProblems(narrowing, 'a thing', narrowable).map(({ path, finding }) => [path[0], finding.fix]);
  expect(rows({ access: 'read' }, { access: ['write'] })).toEqual([['access', 'use write, or remove access']]);
  expect(rows({ access: 'rite' }, { access: ['read', 'write'] })).toEqual([['access', 'did you mean "write"?']]);
  expect(rows({ access: 5 }, { access: ['read', 'write'] })).toEqual([['access', 'use one of these']]);
  expect(rows({ prefix: 'in/' }, { access: ['read'] })).toEqual([['prefix', 'remove prefix']]);
  expect(rows({ access: 'read', prefix: 'in/' }, { decides: 'its users' })).toEqual([
    ['access', 'remove access'],
    ['prefix', 'remove prefix'],
  ]);
  expect(rows({ access: 'read', prefix: 'in/' }, { access: ['read'], hasPrefix: true })).toEqual([]);
  expect(rows({}, { decides: 'its users' })).toEqual([]);
});
