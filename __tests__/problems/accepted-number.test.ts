import { acceptedNumber, rangeOf } from '../../modules/problems/accepted-number';

test.each([
  [{ range: '1 to 9 s', isBounded: true, fraction: false }, 'a whole number from 1 to 9 s'],
  [{ range: '1 or more', isBounded: false, fraction: false }, 'a whole number, 1 or more'],
  [{ range: '0.25 to 9', isBounded: true, fraction: true }, 'a number from 0.25 to 9'],
  [{ range: '0.25 or more', isBounded: false, fraction: true }, 'a number, 0.25 or more'],
])('of %j, the range is read again', (number, text) => {
  expect(acceptedNumber(number)).toBe(text);
  expect(rangeOf(text)).toBe(number.range);
});

test('what accepts no range of numbers stays as it is', () => {
  expect(rangeOf('a number of seconds')).toBe('a number of seconds');
});
