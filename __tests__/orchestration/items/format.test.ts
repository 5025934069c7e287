import {
  INDEX_LINE_BYTES,
  indexLine,
  readIndexLine,
  readItemsResult,
} from '../../../modules/orchestration/items/format';

it('writes lines of one length, from the first item to the last of the largest run', () => {
  expect(indexLine({ start: 0, end: 12, item: 0 })).toBe('0000000000000 0000000000012 0000000\n');
  expect(indexLine({ start: 0, end: 0, item: 0 })).toHaveLength(INDEX_LINE_BYTES);
  expect(indexLine({ start: 5 * 1024 ** 4 - 1, end: 5 * 1024 ** 4, item: 999_999 })).toHaveLength(INDEX_LINE_BYTES);
});

it('reads what it wrote', () => {
  const line = { start: 5_497_558_138_879, end: 5_497_558_138_880, item: 999_999 };
  expect(readIndexLine(indexLine(line))).toEqual(line);
});

it.each(['', '0000000000000 0000000000012 0000000', '<Error>no such key</Error>'])('refuses %j', (text) => {
  expect(() => readIndexLine(text)).toThrow(/is no line of an index/);
});

it('reads the result of a run from its cause, and nothing from other causes', () => {
  const result = { items: 3, succeeded: 2, failed: 1, failures: [{ index: 1, reason: 'Essential container exited' }] };
  expect(readItemsResult(JSON.stringify(result))).toEqual(result);
  expect(['{"items":', '{"Attempts":[]}', 'stopped', undefined].map(readItemsResult)).toEqual(Array(4).fill(undefined));
});
