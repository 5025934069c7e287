import { matches } from '../../../triggers/patterns/matches';
import { fitted } from '../../../triggers/patterns/sample';

const SAMPLE = { id: '1', status: 'new', count: 3, part: { a: 'x', b: 'y' } };

it.each<[object, object]>([
  [{}, SAMPLE],
  // What matches already stays as it is.
  [{ status: ['old', 'new'], count: [{ numeric: ['>', 2] }] }, SAMPLE],
  [{ status: ['old'] }, { ...SAMPLE, status: 'old' }],
  [{ status: [{ exists: false }] }, { id: '1', count: 3, part: SAMPLE.part }],
  [{ part: { a: [{ prefix: 'z' }] } }, { ...SAMPLE, part: { a: 'zsample', b: 'y' } }],
  [
    { part: { c: ['d'] }, other: { e: [1] } },
    { ...SAMPLE, part: { ...SAMPLE.part, c: 'd' }, other: { e: 1 } },
  ],
  [{ id: { now: ['a level'] } }, { ...SAMPLE, id: { now: 'a level' } }],
  [{ $or: [{ status: ['paid'] }, { id: ['2'] }] }, { ...SAMPLE, status: 'paid' }],
])('fits %j', (pattern, expected) => {
  const result = fitted(SAMPLE, pattern as never);
  expect(result).toEqual(expected);
  expect(matches(pattern, result)).toBe(true);
});
