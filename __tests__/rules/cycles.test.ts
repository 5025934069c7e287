import { cycles } from '../../modules/rules/cycles';

const of = (graph: { readonly [element: string]: readonly string[] }) => cycles(new Map(Object.entries(graph)));

it.each([
  ['nothing', {}, []],
  ['a chain', { a: ['b'], b: ['c'], c: [] }, []],
  ['an element that is not in the graph', { a: ['b'] }, []],
  ['an element that waits for itself', { a: ['a'] }, [['a']]],
  ['two elements', { a: ['b'], b: ['a'] }, [['a', 'b']]],
  ['a way into a cycle, and one out of it', { in: ['a'], a: ['b'], b: ['a', 'out'], out: [] }, [['a', 'b']]],
  [
    'the shortest first',
    { a: ['b'], b: ['c'], c: ['a'], d: ['e'], e: ['d'] },
    [
      ['d', 'e'],
      ['a', 'b', 'c'],
    ],
  ],
  ['no element twice', { a: ['b', 'c'], b: ['a'], c: ['a'] }, [['a', 'b']]],
  ['the shortest way back', { a: ['b', 'c'], b: ['c'], c: ['a'] }, [['a', 'c']]],
])('%s', (_, graph, expected) => {
  expect(of(graph)).toEqual(expected);
});
