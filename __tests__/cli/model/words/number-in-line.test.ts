import { numberInLine } from '../../../../cli/model/words/number-in-line';

it.each([
  [0, 'number 1 in line'],
  [4, 'number 5 in line'],
  [1_199, 'number 1,200 in line'],
])('with %d runs ahead it is %s', (ahead, expected) => {
  expect(numberInLine(ahead)).toBe(expected);
});
