import { durationText, shortDurationText } from '../../../cli/model/duration';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

it.each([
  [-5, '0s'],
  [0, '0s'],
  [40, '0s'],
  [380, '0.4s'],
  [5 * SECOND, '5s'],
  [12_449, '12.4s'],
  [19.9 * SECOND, '19.9s'],
  [19_960, '20s'],
  [20 * SECOND, '20s'],
  [20.1 * SECOND, '20s'],
  [20.6 * SECOND, '21s'],
  [58.4 * SECOND, '58s'],
  [59.6 * SECOND, '1m 00s'],
  [MINUTE, '1m 00s'],
  [124 * SECOND, '2m 04s'],
  [5 * MINUTE + 22 * SECOND, '5m 22s'],
  [HOUR - 400, '1h 00m'],
  [HOUR, '1h 00m'],
  [HOUR + 12 * MINUTE + 20 * SECOND, '1h 12m'],
  [DAY - 20 * SECOND, '1d 0h'],
  [DAY, '1d 0h'],
  [2 * DAY + 4 * HOUR, '2d 4h'],
  [90 * DAY, '90d 0h'],
])('%d milliseconds are %s', (milliseconds, text) => {
  expect(durationText(milliseconds)).toBe(text);
});

it.each([
  [5 * MINUTE, '5m'],
  [5 * MINUTE + 20 * SECOND, '5m 20s'],
  [HOUR, '1h'],
  [HOUR + 10 * MINUTE, '1h 10m'],
  [2 * DAY, '2d'],
  [400, '0.4s'],
])('%d ms without a unit that is 0 are %s', (milliseconds, text) => {
  expect(shortDurationText(milliseconds)).toBe(text);
});
