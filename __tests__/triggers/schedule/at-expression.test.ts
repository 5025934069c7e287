import { atClock, atProblem, skippedProblem } from '../../../triggers/schedule/at-expression';

it.each([
  ['at(2027-03-01T09:30:00)', Date.UTC(2027, 2, 1, 9, 30)],
  ['at(2027-02-30T09:30:00)', undefined],
  ['rate(1 day)', undefined],
  ['at(2027-03-01T09:30:00', undefined],
])('%s is at %s', (expression, clock) => {
  expect(atClock(expression)).toBe(clock);
});

it('has no problem with a date and a time', () => {
  expect(atProblem('2027-03-01T09:30:00')).toBeUndefined();
});

it.each([
  ['2027-03-01', 'write at(2027-03-01T00:00:00)'],
  ['2027-03-01 09:30', 'write at(2027-03-01T09:30:00)'],
  ['2027-03-01T09:30:00Z', 'write at(2027-03-01T09:30:00), which is in UTC unless you set timezone'],
  ['2027-03-01T09:30:15.5z', 'write at(2027-03-01T09:30:15), which is in UTC unless you set timezone'],
  ['2027-03-01T09:30:00+0200', "write at(2027-03-01T09:30:00), and the zone as timezone: 'Area/City'"],
  ['noon', 'write a date and a time, such as at(2027-03-01T09:30:00)'],
])('of %j it says: %s', (text, fix) => {
  expect(atProblem(text)).toMatchObject({ code: 'invalid-format', fix });
});

it('says why a day that does not exist becomes another', () => {
  expect(atProblem('2027-02-30T09:30:00')?.fix).toBe('write at(2027-02-28T09:30:00): that month has days 1 to 28');
});

describe('a time that clocks skip', () => {
  it('is named with one an hour later', () => {
    expect(skippedProblem('at(2027-03-28T02:30:00)', 'Europe/Berlin')).toMatchObject({
      found: 'at(2027-03-28T02:30:00), which clocks in Europe/Berlin never show: they go forward then',
      fix: 'write a later one, such as at(2027-03-28T03:30:00)',
    });
  });

  it.each([
    ['at(2027-03-28T02:30:00)', 'UTC'],
    ['at(2027-03-28T03:30:00)', 'Europe/Berlin'],
    ['rate(1 day)', 'Europe/Berlin'],
  ])('is not %s in %s', (expression, zone) => {
    expect(skippedProblem(expression, zone)).toBeUndefined();
  });
});
