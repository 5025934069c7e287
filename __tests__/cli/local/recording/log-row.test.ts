import { HEAD_BYTES, rowHead } from '../../../../cli/local/recording/log-row';

it.each([
  ['12\t2.3\to\ttext', { at: 12, start: '2.3', stream: 'stdout', length: 9 }],
  ['12\t\tm\t{}', { at: 12, start: '', stream: 'mark', length: 6 }],
  ['12\t2.3.17\te\ttext', { at: 12, start: '2.3', item: 17, stream: 'stderr', length: 12 }],
  ['12\t.17\to\ttext', { at: 12, start: '', item: 17, stream: 'stdout', length: 9 }],
  ['no row', { at: 0, start: '', stream: 'log', length: 0 }],
])('reads %j', (row, head) => expect(rowHead(row)).toEqual(head));

it('has room for the longest start of a row', () => {
  const longest = `${'9'.repeat(15)}\t${'9'.repeat(9)}.${'9'.repeat(9)}.${'9'.repeat(7)}\to\t`;
  expect(rowHead(longest).length).toBe(longest.length);
  expect(longest.length).toBeLessThanOrEqual(HEAD_BYTES);
});
