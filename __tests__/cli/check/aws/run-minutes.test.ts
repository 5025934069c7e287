import { median } from '../../../../cli/check/aws/run-minutes';

it('the median is the middle, or the mean of the two in the middle', () => {
  expect(median([3])).toBe(3);
  expect(median([10, 2, 30])).toBe(10);
  expect(median([4, 1, 3, 2])).toBe(2.5);
  expect(median([5, 1])).toBe(3);
});
