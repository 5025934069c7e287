import { acceptedNumber, acceptedOptions } from '../../modules/problems/accepted';

test.each([
  [{ range: '1 to 9 s', isBounded: true, fraction: false }, 'a whole number from 1 to 9 s'],
  [{ range: '1 or more', isBounded: false, fraction: false }, 'a whole number, 1 or more'],
  [{ range: '0.25 to 9', isBounded: true, fraction: true }, 'a number from 0.25 to 9'],
  [{ range: '0.25 or more', isBounded: false, fraction: true }, 'a number, 0.25 or more'],
])('the text of %j is made from its range', (number, accepted) => {
  expect(acceptedNumber(number)).toEqual({ accepted, range: number.range });
});

test('the text of options is made from them', () => {
  expect(acceptedOptions(['x86_64', 'arm64'])).toEqual({ accepted: 'x86_64, arm64', options: ['x86_64', 'arm64'] });
});
