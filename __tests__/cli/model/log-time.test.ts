import { lineTime } from '../../../cli/model/log-time';

test.each([
  [1_001_949, 'elapsed', '16:41.9'],
  [0, 'elapsed', '00:00.0'],
  [99, 'elapsed', '00:00.0'],
  [100, 'elapsed', '00:00.1'],
  [9_990, 'elapsed', '00:09.9'],
  [59_999, 'elapsed', '00:59.9'],
  [60_000, 'elapsed', '01:00.0'],
  [3_599_999, 'elapsed', '59:59.9'],
  [3_600_000, 'elapsed', '1:00:00.0'],
  [90_000_000, 'elapsed', '25:00:00.0'],
  [0, 'utc', '14:00:02.0'],
  [199, 'utc', '14:00:02.1'],
  [4_601_900, 'elapsed', '1:16:41.9'],
  [1_001_949, 'utc', '14:16:43.9'],
] as const)('%i ms as %s are %s', (at, style, text) => {
  expect(lineTime(at, Date.UTC(2026, 10, 25, 14, 0, 2), style)).toBe(text);
});
