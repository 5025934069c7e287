import { matchingValue } from '../../../triggers/patterns/matching-value';

test.each<[unknown, unknown]>([
  [['a', 'b'], 'a'],
  [[null], null],
  [[{ exists: true }], 'sample-x'],
  [[{ exists: false }], undefined],
  [[{ prefix: 'a' }], 'asample'],
  [[{ prefix: { 'equals-ignore-case': 'A' } }], 'Asample'],
  [[{ suffix: '.png' }], 'sample.png'],
  [[{ 'equals-ignore-case': 'A' }], 'A'],
  [[{ wildcard: 'a*b' }], 'asampleb'],
  [[{ 'anything-but': ['a'] }], 'sample-x'],
  [[{ 'anything-but': 'sample-x' }], 'other-xx'],
  [[{ 'anything-but': { prefix: 'samp' } }], 'other-xx'],
  [[{ 'anything-but': { suffix: 'x' } }], '0'],
  [[{ cidr: '10.0.0.0/24' }], '10.0.0.0'],
  [[{ numeric: ['=', 5] }], 5],
  [[{ numeric: ['>', 5] }], 6],
  [[{ numeric: ['>=', 5] }], 5],
  [[{ numeric: ['<', 5] }], 4],
  [[{ numeric: ['<=', 5] }], 5],
  [[{ numeric: ['>', 0, '<', 1] }], 0.5],
  [[{ unheard: 1 }], 'sample-x'],
  ['no list', 'sample-x'],
])('%j lets %j pass', (matchers, value) => {
  expect(matchingValue(matchers, 'x')).toBe(value);
});
