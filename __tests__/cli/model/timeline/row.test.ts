import { logStartOf, spokenDuration } from '../../../../cli/model/timeline/row';

it.each([
  ['a2', '2'],
  ['a12.3', '12.3'],
  ['w2', undefined],
  ['f4', undefined],
  ['a1f', undefined],
  ['trigger', undefined],
])('the output of the row %s is that of %s', (id, expected) => {
  expect(logStartOf({ id })).toBe(expected);
});

it.each([
  [-5, '0 seconds'],
  [0, '0 seconds'],
  [49, '0 seconds'],
  [400, '0.4 seconds'],
  [1_000, '1 second'],
  [1_100, '1.1 seconds'],
  [9_999, '10 seconds'],
  [10_400, '10 seconds'],
  [10_500, '11 seconds'],
  [58_000, '58 seconds'],
  [59_600, '1 minute'],
  [61_000, '1 minute 1 second'],
  [303_000, '5 minutes 3 seconds'],
  [3_600_000, '1 hour'],
  [3_605_000, '1 hour'],
  [7_320_000, '2 hours 2 minutes'],
  [86_400_000, '1 day'],
  [187_200_000, '2 days 4 hours'],
])('%d ms are read aloud as %s', (milliseconds, expected) => {
  expect(spokenDuration(milliseconds)).toBe(expected);
});
