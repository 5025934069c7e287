import fc from 'fast-check';
import { scheduleExpressionProblem } from '../../../triggers/schedule/schedule-expression';

describe('a schedule that AWS takes', () => {
  it.each([
    'rate(1 minute)',
    'rate(5 minutes)',
    'rate(1 hour)',
    'rate(24 hours)',
    'rate(1 day)',
    'rate(90 days)',
    'cron(0 14 * * ? *)',
    'cron(0/15 8-17 ? * MON-FRI *)',
    'cron(15 10 ? * 6L 2019-2030)',
    'cron(0 9 ? * 2#1 *)',
    'cron(0 18 L * ? *)',
    'cron(00 09 ? * mon-fri *)',
    'at(2027-03-01T09:30:00)',
    'at(2028-02-29T23:59:59)',
  ])('%s', (expression) => {
    expect(scheduleExpressionProblem(expression)).toBeUndefined();
  });
});

describe('a rate that AWS refuses gets the nearest one that it takes', () => {
  it.each([
    ['rate(1 hours)', 'write rate(1 hour)'],
    ['rate(2 hour)', 'write rate(2 hours)'],
    ['rate(1 minutes)', 'write rate(1 minute)'],
    ['rate(5minutes)', 'write rate(5 minutes)'],
    ['rate(5  minutes)', 'write rate(5 minutes)'],
    ['rate(05 minutes)', 'write rate(5 minutes)'],
    ['rate( 1 hour )', 'write rate(1 hour)'],
    ['rate(5 Minutes)', 'write rate(5 minutes)'],
    ['rate(1.5 hours)', 'write rate(90 minutes)'],
    ['rate(30 seconds)', 'write rate(1 minute)'],
    ['rate(90 seconds)', 'write rate(2 minutes)'],
    ['rate(120 sec)', 'write rate(2 minutes)'],
    ['rate(2 weeks)', 'write rate(14 days)'],
    ['rate(0 minutes)', 'write rate(1 minute)'],
    ['rate(-5 minutes)', 'write rate(1 minute)'],
    ['rate(hour)', 'write rate(1 hour)'],
    ['rate(1 month)', 'for months and years, use a cron expression, such as cron(0 0 1 * ? *)'],
    ['rate()', 'write rate(1 hour)'],
    ['rate(soon)', 'write rate(1 hour)'],
  ])('%s: %s', (expression, fix) => {
    expect(scheduleExpressionProblem(expression)).toMatchObject({
      found: JSON.stringify(expression),
      accepted: 'rate(1 minute), rate(5 minutes), rate(1 hour), rate(2 days): a whole number from 1 and its unit',
      fix,
    });
  });
});

describe('an expression without its wrapper, or with another one', () => {
  it.each([
    ['5 minutes', 'did you mean rate(5 minutes)?'],
    ['every 5 minutes', 'did you mean rate(5 minutes)?'],
    ['1 hour', 'did you mean rate(1 hour)?'],
    ['Rate(1 hour)', 'did you mean rate(1 hour)?'],
    [' rate(1 hour)', 'did you mean rate(1 hour)?'],
    ['rate(1 hour', 'did you mean rate(1 hour)?'],
    ['0 14 * * ? *', 'did you mean cron(0 14 * * ? *)?'],
    ['CRON(0 14 * * ? *)', 'did you mean cron(0 14 * * ? *)?'],
    ['0 14 * * *', 'did you mean cron(0 14 * * ? *)?'],
    ['@daily', 'write cron(0 0 * * ? *)'],
    ['@Weekly', 'write cron(0 0 ? * SUN *)'],
    ['AT(2027-03-01T09:30:00)', 'did you mean at(2027-03-01T09:30:00)?'],
    ['2027-03-01T09:30:00', 'did you mean at(2027-03-01T09:30:00)?'],
    ['2027-03-01 09:30', 'write at(2027-03-01T09:30:00)'],
    ['at 2027-03-01', 'write at(2027-03-01T00:00:00)'],
    ['', 'write rate(1 hour), cron(0 14 * * ? *) or at(2027-03-01T09:30:00)'],
    ['sometimes', 'write rate(1 hour), cron(0 14 * * ? *) or at(2027-03-01T09:30:00)'],
  ])('%j: %s', (expression, fix) => {
    expect(scheduleExpressionProblem(expression)).toMatchObject({
      found: JSON.stringify(expression),
      accepted: expect.stringContaining('cron(minutes hours day-of-month month day-of-week year)'),
      fix,
    });
  });
});

describe('a single time that AWS refuses', () => {
  it.each([
    ['at(2027-03-01)', 'write at(2027-03-01T00:00:00)'],
    ['at(2027-03-01T09:30)', 'write at(2027-03-01T09:30:00)'],
    ['at(2027-03-01 09:30:00)', 'write at(2027-03-01T09:30:00)'],
    ['at(2027-03-01T09:30:00.500)', 'write at(2027-03-01T09:30:00)'],
    ['at(2027-03-01T09:30:00Z)', 'write at(2027-03-01T09:30:00), which is in UTC unless you set timezone'],
    ['at(2027-03-01T09:30:00+01:00)', "write at(2027-03-01T09:30:00), and the zone as timezone: 'Area/City'"],
    ['at(2027-02-29T09:30:00)', 'write at(2027-02-28T09:30:00): that month has days 1 to 28'],
    ['at(2100-02-29T09:30:00)', 'write at(2100-02-28T09:30:00): that month has days 1 to 28'],
    ['at(2028-02-30T09:30)', 'write at(2028-02-29T09:30:00): that month has days 1 to 29'],
    ['at(2027-04-31T09:30:00)', 'write at(2027-04-30T09:30:00): that month has days 1 to 30'],
    ['at(2027-05-00T09:30:00)', 'write at(2027-05-01T09:30:00): that month has days 1 to 31'],
    ['at(2027-12-31T24:00:00)', 'write at(2028-01-01T00:00:00): a day ends before 24:00'],
    ['at(2199-12-31T24:00:00)', 'use a time from 00:00:00 to 23:59:59'],
    ['at(2027-03-01T24:30:00)', 'use a time from 00:00:00 to 23:59:59'],
    ['at(2027-03-01T09:60:00)', 'use a time from 00:00:00 to 23:59:59'],
    ['at(2027-13-01T09:30:00)', 'use a month from 01 to 12'],
    ['at(2027-00-01T09:30:00)', 'use a month from 01 to 12'],
    ['at(0000-01-01T00:00:00)', 'use a year from 1970 to 2199'],
    ['at(1969-12-31T23:59:59)', 'use a year from 1970 to 2199'],
    ['at(2200-01-01T00:00:00)', 'use a year from 1970 to 2199'],
    ['at(tomorrow)', 'write a date and a time, such as at(2027-03-01T09:30:00)'],
    ['at()', 'write a date and a time, such as at(2027-03-01T09:30:00)'],
  ])('%s: %s', (expression, fix) => {
    expect(scheduleExpressionProblem(expression)).toMatchObject({
      found: JSON.stringify(expression),
      accepted: 'at(yyyy-mm-ddThh:mm:ss), such as at(2027-03-01T09:30:00)',
      fix,
    });
  });
});

describe('a cron expression with another number of fields', () => {
  it.each([
    ['cron(0 14 * * *)', 'did you mean cron(0 14 * * ? *)?'],
    ['cron(0 9 * * 1-5)', 'did you mean cron(0 9 ? * 2-6 *)?'],
    ['cron(0 9 * * 0,6)', 'did you mean cron(0 9 ? * 1,7 *)?'],
    ['cron(0 9 * * 7)', 'did you mean cron(0 9 ? * 1 *)?'],
    ['cron(0 9 * * 1-5/2)', 'did you mean cron(0 9 ? * 2-6/2 *)?'],
    ['cron(0 9 * * MON-FRI)', 'did you mean cron(0 9 ? * MON-FRI *)?'],
    ['cron(*/5 * 1 JAN *)', 'did you mean cron(*/5 * 1 JAN ? *)?'],
    ['cron(0 0 12 * * ? *)', 'did you mean cron(0 12 * * ? *)?'],
    ['cron( 0  12 * * ? * )', 'did you mean cron(0 12 * * ? *)?'],
  ])('%s: %s', (expression, fix) => {
    expect(scheduleExpressionProblem(expression)?.fix).toBe(fix);
  });

  it('is not translated when the translation would mean something else', () => {
    // Unix runs on the 13th and on every Friday; AWS has no expression for that.
    expect(scheduleExpressionProblem('cron(0 9 13 * 5)')).toMatchObject({
      found: '5 fields in "0 9 13 * 5"',
      accepted: 'six fields with one space between them: minutes hours day-of-month month day-of-week year',
      fix: 'write all six fields, such as cron(0 14 * * ? *) for 14:00 UTC every day',
    });
    expect(scheduleExpressionProblem('cron(99 9 * * *)')?.found).toBe('5 fields in "99 9 * * *"');
  });
});

it("refuses what is over EventBridge's 256 characters", () => {
  const cron = (length: number) => `cron(${'00'.padEnd(length - 16, ',0')} * * * ? *)`;
  expect(cron(256)).toHaveLength(256);
  expect(scheduleExpressionProblem(cron(256))).toBeUndefined();
  expect(scheduleExpressionProblem(`${cron(256)} `)).toMatchObject({ found: '257 characters' });
});

it('proposes only expressions that pass', () => {
  const part = fc.constantFrom(
    '*',
    '?',
    '0',
    '5',
    '1-5',
    '*/5',
    'MON',
    'L',
    '60',
    '24',
    'rate(',
    'cron(',
    ')',
    'hours',
    'week',
    '@daily',
    '',
  );
  fc.assert(
    fc.property(fc.array(part, { maxLength: 8 }), (parts) => {
      const fix = String(scheduleExpressionProblem(parts.join(' '))?.fix);
      const proposed = /(?:did you mean|^write) ((?:rate|cron)\([^)]*\))/.exec(fix)?.[1];
      if (proposed !== undefined) expect(scheduleExpressionProblem(proposed)).toBeUndefined();
    }),
    { numRuns: 2000 },
  );
});

it('accepts every positive rate with the right unit and no other', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 100_000 }), fc.constantFrom('minute', 'hour', 'day'), (count, unit) => {
      const [right, wrong] = count === 1 ? [unit, `${unit}s`] : [`${unit}s`, unit];
      expect(scheduleExpressionProblem(`rate(${count} ${right})`)).toBeUndefined();
      expect(scheduleExpressionProblem(`rate(${count} ${wrong})`)?.fix).toBe(`write rate(${count} ${right})`);
    }),
  );
});

it.each([
  ['0 14 * * *', '"0 14 * * *" is not a valid schedule. AWS needs six fields, and the last one is the year.'],
  ['cron(0 9 * * 7)', '"cron(0 9 * * 7)" is not a valid schedule. AWS needs six fields, and the last one is the year.'],
  ['cron(0 0 12 * * ? *)', '"cron(0 0 12 * * ? *)" is not a valid schedule. AWS has no field for seconds.'],
  ['daily', '"daily" is not a valid schedule. It must be rate(...), cron(...) or at(...).'],
  [
    'rate(1 days)',
    '"rate(1 days)" is not a valid schedule. A rate is a whole number and its unit: rate(1 minute), rate(5 hours), rate(2 days).',
  ],
  ['cron(60 * * * ? *)', '"60" is not valid in the minutes field. The field accepts 0-59 with , - * /.'],
  ['cron(0 0 31 2 ? *)', 'The date does not exist: day-of-month 31, month 2, day-of-week ?, year *.'],
])('says what is wrong with %s', (expression, message) => {
  expect(scheduleExpressionProblem(expression)?.message).toBe(message);
});
