import { secondsOf } from '../../../cli/local/seconds';

it.each([
  [0, 0],
  [49, 0],
  [50, 0.1],
  [1_249, 1.2],
  [1_250, 1.3],
  [60_000, 60],
])('%d ms are %d s', (milliseconds, seconds) => {
  expect(secondsOf(milliseconds)).toBe(seconds);
});
