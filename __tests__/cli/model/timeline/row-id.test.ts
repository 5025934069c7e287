import { attemptRowId, parseRowId, startRowId } from '../../../../cli/model/timeline/row-id';

it('what is written is read as it was', () => {
  expect(attemptRowId(12)).toBe('a12');
  expect(parseRowId('a12')).toStrictEqual({ attempt: 12 });
  expect(startRowId(12, 3)).toBe('a12.3');
  expect(parseRowId('a12.3')).toStrictEqual({ attempt: 12, start: 3 });
});

it.each(['trigger', 'w2', 'f4', 'a2.3.4', 'a', 'ba2', 'a2b', ''])('"%s" is a row of another kind', (id) => {
  expect(parseRowId(id)).toBeUndefined();
});
