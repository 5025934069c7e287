import { intervalText, timeText } from '../../../../cli/model/timeline/facts';
import type { IntervalKind } from '../../../../cli/model/timeline/intervals';
import { at, T0 } from '../told-runs';

it.each([
  [-3, '0:00.0'],
  [0, '0:00.0'],
  [0.04, '0:00.0'],
  [0.05, '0:00.1'],
  [104, '1:44.0'],
  [59.96, '1:00.0'],
  [599.9, '9:59.9'],
  [3599, '59:59.0'],
  [3600, '1:00:00'],
  [3722.4, '1:02:02'],
  [90_000, '25:00:00'],
])('%d s after the start are %s', (second, expected) => {
  expect(timeText(at(second), T0, 'elapsed')).toBe(expected);
});

it('a time by a clock does not depend on the start', () => {
  expect(timeText(at(104), T0, 'utc')).toBe('14:01:46');
});

it.each<[IntervalKind, string]>([
  ['queue', 'In queue'],
  ['starting', 'Starting'],
  ['succeeded', 'Running'],
  ['failed', 'Running'],
  ['timed-out', 'Running'],
  ['interrupted', 'Running'],
  ['stopped', 'Running'],
  ['running', 'Running'],
  ['tail', 'SIGTERM to exit'],
  ['wait', 'Wait'],
  ['bracket', 'All starts'],
  ['unknown', 'Not recorded'],
])('an interval of kind %s says %s, how long, and from when to when', (kind, word) => {
  expect(intervalText({ kind, from: at(104), to: at(3722.4) }, T0, 'elapsed')).toBe(
    `${word} 1h 00m, 1:44.0 to 1:02:02`,
  );
  expect(intervalText({ kind, from: at(104), to: at(3722.4), isLive: true }, T0, 'utc')).toBe(
    `${word} 1h 00m, 14:01:46 to now`,
  );
});
