import fc from 'fast-check';
import { cronFinding } from '../../../triggers/schedule/cron-expression';

describe('six fields that AWS takes', () => {
  it.each([
    '0 10 * * ? *',
    '15 12 * * ? *',
    '0 18 ? * MON-FRI *',
    '0 8 1 * ? *',
    '0/10 * ? * MON-FRI *',
    '0/60 * * * ? *',
    '*/5 * * * ? *',
    '5,35 14 * * ? *',
    '0 1-7/2,11-23/2,10 * * ? *',
    '0 22-2 * * ? *',
    '0 9 ? * FRI-MON *',
    '0 9 ? * 7-1 *',
    '0 9 ? NOV-FEB 2 *',
    '0 9 28-3 * ? *',
    '30 0 1 jan,Apr,JUL,oct ? *',
    '30 0 1 JAN-APR,JUL-OCT/2,DEC ? 2027-2030,2040',
    '0 18 L * ? *',
    '0 18 l * ? *',
    '0 0 L-2 * ? *',
    '0 21 LW * ? *',
    '0 18 31W * ? *',
    '0 18 ? * L *',
    '0 18 ? * FRIL *',
    '30 7 ? * MON#1 *',
    '30 7 ? * 2#5 *',
    '0 0 ? * * *',
    '07 08 09 02 ? 2199',
    // Comes once in four years, or later.
    '0 0 29 2 ? *',
    '0 0 29 FEB ? 2000',
    '0 0 L FEB ? *',
    '0 0 ? FEB SUN#5 *',
    '0 0 30,31 FEB,MAR ? *',
    // Over, but that depends on the day of the check.
    '0 0 1 1 ? 1970',
  ])('%s', (expression) => {
    expect(cronFinding(expression)).toBeUndefined();
  });
});

describe('a value that its field does not take', () => {
  it.each([
    ['60 14 * * ? *', 'minutes', 'the full hour is minute 0'],
    ['75 14 * * ? *', 'minutes', 'use a value from 0 to 59'],
    ['-1 14 * * ? *', 'minutes', 'write a value, a range such as 0-59, or a list of them'],
    ['5x 14 * * ? *', 'minutes', 'use a value from 0 to 59'],
    ['? 14 * * ? *', 'minutes', 'write * for every value: ? is only for a day field'],
    ['1,,2 14 * * ? *', 'minutes', 'write a value, a range such as 0-59, or a list of them'],
    ['1-2-3 14 * * ? *', 'minutes', 'write a value, a range such as 0-59, or a list of them'],
    ['*/0 14 * * ? *', 'minutes', 'write a whole number from 1 to 60 after /'],
    ['*/x 14 * * ? *', 'minutes', 'write a whole number from 1 to 60 after /'],
    ['*/ 14 * * ? *', 'minutes', 'write a whole number from 1 to 60 after /'],
    ['1/2/3 14 * * ? *', 'minutes', 'write a value, a range such as 0-59, or a list of them'],
    [
      '0/90 14 * * ? *',
      'minutes',
      'a step starts anew with each run through the field, so it can be 60 at most: for a longer pause use rate(...)',
    ],
    ['0 24 * * ? *', 'hours', 'midnight is hour 0'],
    ['0 8-25 * * ? *', 'hours', 'use a value from 0 to 23'],
    ['0 14 0 * ? *', 'day-of-month', 'use a value from 1 to 31'],
    ['0 14 32W * ? *', 'day-of-month', 'use a value from 1 to 31'],
    ['0 14 W * ? *', 'day-of-month', 'L and W stand alone in a day field, not in a list or a range'],
    ['0 14 3L * ? *', 'day-of-month', 'L and W stand alone in a day field, not in a list or a range'],
    ['0 14 1,L * ? *', 'day-of-month', 'L and W stand alone in a day field, not in a list or a range'],
    ['0 14 1W,15W * ? *', 'day-of-month', 'L and W stand alone in a day field, not in a list or a range'],
    ['0 14 L-0 * ? *', 'day-of-month', 'use L-1 to L-30, or L for the last day'],
    ['0 14 L-31 * ? *', 'day-of-month', 'use L-1 to L-30, or L for the last day'],
    ['0 14 2#1 * ? *', 'day-of-month', '# stands in the day-of-week field: ? * 2#1 *'],
    ['0 14 1 13 ? *', 'month', 'use a value from 1 to 12'],
    ['0 14 1 JANUARY ? *', 'month', 'did you mean JAN?'],
    ['0 14 1 AUK ? *', 'month', 'did you mean AUG?'],
    ['0 14 1 XYZ ? *', 'month', 'use a value from 1 to 12'],
    ['0 14 ? * 0 *', 'day-of-week', 'AWS counts the days of the week from 1: Sunday is 1 or SUN'],
    ['0 14 ? * 0-4 *', 'day-of-week', 'AWS counts the days of the week from 1: Sunday is 1 or SUN'],
    ['0 14 ? * 8 *', 'day-of-week', 'use a value from 1 to 7'],
    ['0 14 ? * monday *', 'day-of-week', 'did you mean MON?'],
    ['0 14 ? * 15W *', 'day-of-week', 'W stands in the day-of-month field: 15W * ? *'],
    ['0 14 ? * 9L *', 'day-of-week', 'use a value from 1 to 7'],
    ['0 14 ? * 2L,3L *', 'day-of-week', 'L and W stand alone in a day field, not in a list or a range'],
    ['0 14 ? * 3#6 *', 'day-of-week', 'use #1 to #5, for example 3#1'],
    ['0 14 ? * 3# *', 'day-of-week', 'use #1 to #5, for example 3#1'],
    ['0 14 ? * 8#1 *', 'day-of-week', 'use a value from 1 to 7'],
    ['0 14 ? * 3#1,6#3 *', 'day-of-week', 'AWS takes one # in an expression: write one schedule for each'],
    ['0 14 * * ? 1969', 'year', 'use a value from 1970 to 2199'],
    ['0 14 * * ? 2200', 'year', 'use a value from 1970 to 2199'],
    ['0 14 * * ? 20301', 'year', 'use a value from 1970 to 2199'],
    ['0 14 * * ? 2030-2027', 'year', 'write the earlier year first: 2027-2030'],
  ])('%s: %s', (expression, field, fix) => {
    const finding = cronFinding(expression);
    expect(String(finding?.found)).toMatch(new RegExp(`^".*" in the ${field} field$`));
    expect(finding?.accepted).toMatch(new RegExp(`^${field}: `));
    expect(finding?.fix).toBe(fix);
  });
});

describe('the two day fields', () => {
  it.each([
    ['0 18 * * * *', 'write cron(0 18 * * ? *)'],
    ['0 18 * * MON-FRI *', 'write cron(0 18 ? * MON-FRI *); AWS counts the days of the week from SUN = 1'],
    ['0 18 15 * * *', 'write cron(0 18 15 * ? *)'],
    ['0 18 ? * ? *', 'write cron(0 18 * * ? *) for every day'],
    ['0 18 13 * FRI *', 'use two schedules: cron(0 18 13 * ? *) and cron(0 18 ? * FRI *)'],
  ])('%s: %s', (expression, fix) => {
    expect(cronFinding(expression)).toMatchObject({
      found: expect.stringMatching(/^day-of-month .+ and day-of-week .+$/),
      accepted: 'a value or * in one of the two day fields, and ? in the other',
      fix,
    });
    for (const [proposed = ''] of fix.matchAll(/(?<=cron\()[^)]+/g)) expect(cronFinding(proposed)).toBeUndefined();
  });
});

describe('a date that never comes', () => {
  it.each([
    '0 0 31 FEB ? *',
    '0 0 30 2 ? *',
    '0 0 31 4,6,9,11 ? *',
    '0 0 31W FEB ? *',
    '0 0 L-29 FEB ? *',
    '0 0 29 2 ? 2027',
    '0 0 29 2 ? 2100',
  ])('%s', (expression) => {
    expect(cronFinding(expression)).toMatchObject({
      found: expect.stringMatching(/^a date that does not exist: /),
      fix: 'for the last day of a month, write L as day-of-month',
    });
  });

  it('also by its weekday', () => {
    // February 2027 begins on a Monday and has 28 days: no fifth Sunday.
    expect(cronFinding('0 0 ? FEB SUN#5 2027')?.fix).toBe('add months or years');
    // February 2032 begins on a Sunday and has 29.
    expect(cronFinding('0 0 ? FEB SUN#5 2032')).toBeUndefined();
  });
});

it('wants six fields', () => {
  expect(cronFinding('')).toMatchObject({ found: '0 fields in ""' });
  expect(cronFinding('*')).toMatchObject({ found: '1 field in "*"' });
  expect(cronFinding('0 14  * * ?')).toMatchObject({ found: '5 fields in "0 14  * * ?"' });
});

describe('laws', () => {
  const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
  const WEEKDAYS = ['SUN', 'mon', 'Tue', 'WED', 'THU', 'FRI', 'SAT'];

  /** A field of plain values, as AWS's documentation describes it. */
  const plain = (min: number, max: number, names: string[] = [], wraps = true) => {
    const value = fc.oneof(
      fc.integer({ min, max }).map(String),
      ...(names.length > 0 ? [fc.constantFrom(...names)] : []),
    );
    const range = fc
      .tuple(fc.integer({ min, max }), fc.integer({ min, max }))
      .map(([a, b]) => (wraps ? `${a}-${b}` : `${Math.min(a, b)}-${Math.max(a, b)}`));
    const step = fc.integer({ min: 1, max: max - min + 1 });
    const item = fc.oneof(
      value,
      range,
      fc.constant('*'),
      fc.tuple(fc.oneof(value, range, fc.constant('*')), step).map(([from, by]) => `${from}/${by}`),
    );
    return fc.oneof(
      fc.constant('*'),
      fc.array(item, { minLength: 1, maxLength: 3 }).map((items) => items.join(',')),
    );
  };

  // Days that every month has, so that no valid expression is one that never fires.
  const dayOfMonth = fc.oneof(
    plain(1, 28),
    fc.constantFrom('L', 'LW'),
    fc.integer({ min: 1, max: 28 }).map((day) => `${day}W`),
    fc.integer({ min: 1, max: 27 }).map((day) => `L-${day}`),
  );
  const weekday = fc.oneof(fc.integer({ min: 1, max: 7 }).map(String), fc.constantFrom(...WEEKDAYS));
  const dayOfWeek = fc.oneof(
    plain(1, 7, WEEKDAYS),
    fc.constant('L'),
    weekday.map((day) => `${day}L`),
    fc.tuple(weekday, fc.integer({ min: 1, max: 4 })).map(([day, nth]) => `${day}#${nth}`),
  );
  const days = fc.oneof(
    dayOfMonth.map((date): [string, string] => [date, '?']),
    dayOfWeek.map((day): [string, string] => ['?', day]),
  );
  const valid = fc
    .tuple(plain(0, 59), plain(0, 23), days, plain(1, 12, MONTHS), plain(1970, 2199, [], false))
    .map(([minutes, hours, [date, day], month, year]) => [minutes, hours, date, month, day, year]);

  it('takes every valid expression', () => {
    fc.assert(
      fc.property(valid, (fields) => {
        expect(cronFinding(fields.join(' '))).toBeUndefined();
      }),
      { numRuns: 1000 },
    );
  });

  it('names the one field that is out of range', () => {
    const ranges: [string, number, number][] = [
      ['minutes', 0, 59],
      ['hours', 0, 23],
      ['day-of-month', 1, 31],
      ['month', 1, 12],
      ['day-of-week', 1, 7],
      ['year', 1970, 2199],
    ];
    const wrong = fc.integer({ min: 0, max: 5 }).chain((index) => {
      const [, min, max] = ranges[index] ?? ['', 0, 0];
      const outside = fc.oneof(
        fc.integer({ min: max + 1, max: 9999 }),
        ...(min > 0 ? [fc.integer({ min: 0, max: min - 1 })] : []),
      );
      const written = outside.chain((value) =>
        fc.constantFrom(`${value}`, `${min}-${value}`, `${value}/2`, `${min},${value}`),
      );
      return fc.tuple(fc.constant(index), written);
    });
    fc.assert(
      fc.property(valid, wrong, (fields, [index, text]) => {
        const broken = fields.map((field, at) => (at === index ? text : field));
        const name = ranges[index]?.[0];
        expect(String(cronFinding(broken.join(' '))?.found)).toBe(`${JSON.stringify(text)} in the ${name} field`);
      }),
      { numRuns: 1000 },
    );
  });

  it('gives a result for any string, and quickly', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[0-9A-Z*?,/#LW -]{0,40}$/), (text) => {
        const finding = cronFinding(text);
        if (finding !== undefined) expect(Object.values(finding).every((part) => part.length > 0)).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });
});
