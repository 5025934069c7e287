import { checkedMinutes, chosenJobs } from '../../../cli/check/arguments';

it.each([
  [undefined, undefined],
  ['1', 1],
  ['0.5', 0.5],
  ['12.25', 12.25],
  ['527040', 527_040],
])('%j minutes: %s', (minutes, expected) => {
  expect(checkedMinutes({ minutes })).toBe(expected);
  expect(checkedMinutes({ minutes, aws: true })).toBe(expected);
});

it.each(['', '0', '0.0', '-1', '1e3', '0x10', '1.', '.5', ' 1', '527040.1', 'ten', '1m'])(
  'not %j minutes',
  (minutes) => {
    const error = `--minutes "${minutes}" is not a number of minutes above 0, up to 527,040 (a year).`;
    expect(() => checkedMinutes({ minutes })).toThrow(error);
    expect(() => checkedMinutes({ minutes, aws: true })).toThrow(error);
  },
);

it.each(['region', 'profile'] as const)('--%s only with --aws', (name) => {
  expect(checkedMinutes({ aws: true, [name]: 'x' })).toBeUndefined();
  const error = `--${name} is for --aws. Add --aws, or remove --${name}.`;
  expect(() => checkedMinutes({ aws: false, [name]: 'x' })).toThrow(error);
});

it('the jobs of the stack are checked, or one of them', () => {
  const jobs = ['load', 'report'];
  expect(chosenJobs('shop', jobs, undefined)).toEqual(jobs);
  expect(chosenJobs('shop', jobs, 'report')).toEqual(['report']);
  expect(() => chosenJobs('shop', jobs, 'reprot')).toThrow('Stack shop has no job "reprot". Did you mean report?');
});
