import { numberProblem } from '../../modules/config/number-text';
import { tokens } from '../stack-config/samples';

const fixOf = (value: number, text?: string, textFits?: boolean) => numberProblem(value, text, textFits)?.fix;

describe('a number of a file', () => {
  it.each([
    [1, '1'],
    [1, '1.0'],
    [1, '+1'],
    [-1.5, '-1.50'],
    [0.001, '1e-3'],
    [1200, '1.2e3'],
    [0, '0'],
    [0, '0.0'],
    [16, '0x10'],
    [Number.MAX_SAFE_INTEGER, '9007199254740991'],
    [0.1, '0.1'],
    [0.5, '.5'],
  ])('%d, written %s, is taken', (value, text) => {
    expect(numberProblem(value, text)).toBeUndefined();
  });

  it.each([
    [7, '007', 'write "007", in quotes, or 7 if the number is meant'],
    [-7, '-07', 'write "-07", in quotes, or -7 if the number is meant'],
    [9_007_199_254_740_992, '9007199254740993', 'write "9007199254740993", in quotes'],
    [0.1, '0.10000000000000000001', 'write "0.10000000000000000001", in quotes'],
    [Number.POSITIVE_INFINITY, '1e999', 'write "1e999", in quotes'],
    [0, '1e-999', 'write "1e-999", in quotes'],
    [-0, '-0', 'write 0, or "-0" in quotes'],
    [1, '-1', 'write "-1", in quotes'],
  ])('%d, written %s, is refused', (value, text, fix) => {
    expect(fixOf(value, text)).toBe(fix);
  });

  it('is said with what is accepted instead', () => {
    const quoted = (text: string) => `write "${text}", in quotes`;
    expect(numberProblem(7, '007')).toMatchObject({ found: '007', accepted: 'a number without leading zeros' });
    expect(numberProblem(Number.POSITIVE_INFINITY, '1e999')).toEqual({
      found: '1e999',
      accepted: 'a finite number',
      fix: quoted('1e999'),
    });
    expect(numberProblem(-0, '-0.0')).toMatchObject({ found: '-0', accepted: 'a number other than -0' });
    expect(numberProblem(9_007_199_254_740_992, '9007199254740993')).toEqual({
      found: '9007199254740993',
      accepted: 'a number that JavaScript can represent: up to 9007199254740991, or about 15 digits',
      fix: quoted('9007199254740993'),
    });
  });

  it('is known to Terraform only, and taken', () => {
    expect(numberProblem(tokens().NUMBER)).toBeUndefined();
  });

  it('has no quotes advised where no string fits', () => {
    expect(fixOf(7, '007', false)).toBe('write 7');
  });
});

it('is found in a program as JavaScript prints it', () => {
  expect(numberProblem(Number.NaN)).toMatchObject({ found: 'NaN' });
});

it.each([
  [1, undefined],
  [Number.NaN, 'write it as a string, in quotes'],
  [Number.MAX_SAFE_INTEGER + 1, 'write it as a string, in quotes'],
  [-0, 'write 0, or "-0" in quotes'],
])('the number %d of a program: %s', (value, fix) => {
  expect(fixOf(value)).toBe(fix);
});
