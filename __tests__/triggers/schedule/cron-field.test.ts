import {
  type CronField,
  DAY_OF_MONTH,
  DAY_OF_WEEK,
  FieldError,
  HOURS,
  MINUTES,
  MONTH,
  parseValue,
  sequence,
  valuesOf,
  YEAR,
} from '../../../triggers/schedule/cron-field';

/** What is wrong with a field. Undefined if nothing is. */
function finding(field: CronField, text: string) {
  try {
    valuesOf(field, text);
    return undefined;
  } catch (error) {
    if (error instanceof FieldError) return error.finding;
    throw error;
  }
}
const fix = (field: CronField, text: string) => finding(field, text)?.fix;
const values = (field: CronField, text: string) => [...valuesOf(field, text)];

it.each<[CronField, string, number[]]>([
  [MINUTES, '0', [0]],
  [MINUTES, '0,59,0', [0, 59]],
  [HOURS, '*', Array.from({ length: 24 }, (_, hour) => hour)],
  [HOURS, '*/12', [0, 12]],
  [MONTH, '11/1', [11, 12]],
  [MINUTES, '58-1', [58, 59, 0, 1]],
  [DAY_OF_MONTH, '30-2', [30, 31, 1, 2]],
  [HOURS, '*/24', [0]],
  [HOURS, '5/6', [5, 11, 17, 23]],
  [HOURS, '8-10', [8, 9, 10]],
  [HOURS, '8-8', [8]],
  [HOURS, '8-12/3', [8, 11]],
  [HOURS, '22-2', [22, 23, 0, 1, 2]],
  [MONTH, 'JAN,dec', [1, 12]],
  [MONTH, 'Nov-FEB', [11, 12, 1, 2]],
  [DAY_OF_WEEK, 'FRI-MON', [6, 7, 1, 2]],
  [DAY_OF_MONTH, '31', [31]],
  [YEAR, '2026-2028', [2026, 2027, 2028]],
])('%j at %s', (field, text, expected) => {
  expect(values(field, text)).toEqual(expected);
});

describe('the report of a field', () => {
  it.each<[CronField, string]>([
    [MINUTES, 'minutes: 0-59 with , - * /'],
    [HOURS, 'hours: 0-23 with , - * /'],
    [DAY_OF_MONTH, 'day-of-month: 1-31 with , - * /, or one of ?, L, L-3, LW, 15W'],
    [MONTH, 'month: 1-12 or JAN-DEC with , - * /'],
    [DAY_OF_WEEK, 'day-of-week: 1-7 or SUN-SAT (1 is SUN) with , - * /, or one of ?, L, 6L, 2#1'],
    [YEAR, 'year: 1970-2199 with , - * /'],
  ])('says what is accepted', (field, accepted) => {
    expect(finding(field, 'x')).toMatchObject({
      code: 'invalid-format',
      found: `"x" in the ${field.name} field`,
      accepted,
      message: `"x" is not valid in the ${field.name} field. The field accepts ${accepted.replace(/^[\w-]+: /, '')}.`,
    });
  });

  it.each<[CronField, string, string]>([
    [HOURS, '?', 'write * for every value: ? is only for a day field'],
    ...['', '-', '1-', '-1', '1-2-3', '1/2/3', '1,', '/5'].map((text): [CronField, string, string] => [
      HOURS,
      text,
      'write a value, a range such as 0-23, or a list of them',
    ]),
    [MONTH, '1-', 'write a value, a range such as JAN-DEC, or a list of them'],
    [YEAR, '2028-2026', 'write the earlier year first: 2026-2028'],
    [HOURS, '*/0', 'write a whole number from 1 to 24 after /'],
    [HOURS, '*/x', 'write a whole number from 1 to 24 after /'],
    [HOURS, '*/1.5', 'write a whole number from 1 to 24 after /'],
    [HOURS, '*/5x', 'write a whole number from 1 to 24 after /'],
    [HOURS, '*/x5', 'write a whole number from 1 to 24 after /'],
    [HOURS, '*/', 'write a whole number from 1 to 24 after /'],
    [DAY_OF_MONTH, '*/0', 'write a whole number from 1 to 31 after /'],
    [
      HOURS,
      '*/25',
      'a step starts anew with each run through the field, so it can be 24 at most: for a longer pause use rate(...)',
    ],
    [DAY_OF_WEEK, '0', 'AWS counts the days of the week from 1: Sunday is 1 or SUN'],
    [DAY_OF_MONTH, '0', 'use a value from 1 to 31'],
    [HOURS, '24', 'midnight is hour 0'],
    [DAY_OF_WEEK, '24', 'use a value from 1 to 7'],
    [MINUTES, '60', 'the full hour is minute 0'],
    [HOURS, '60', 'use a value from 0 to 23'],
    [MINUTES, '61', 'use a value from 0 to 59'],
    [MONTH, '13', 'use a value from 1 to 12'],
    [HOURS, '00005', 'use a value from 0 to 23'],
    [HOURS, 'x5', 'use a value from 0 to 23'],
    [HOURS, '5x', 'use a value from 0 to 23'],
    [HOURS, 'MON', 'use a value from 0 to 23'],
    [DAY_OF_MONTH, '1,L', 'L and W stand alone in a day field, not in a list or a range'],
    [DAY_OF_MONTH, '1,15w', 'L and W stand alone in a day field, not in a list or a range'],
    [DAY_OF_MONTH, '1,LW', 'L and W stand alone in a day field, not in a list or a range'],
    [DAY_OF_WEEK, '1,6L', 'L and W stand alone in a day field, not in a list or a range'],
    [DAY_OF_MONTH, '1,AL', 'use a value from 1 to 31'],
    [DAY_OF_MONTH, '1,LA', 'use a value from 1 to 31'],
    [DAY_OF_WEEK, 'MONDAY', 'did you mean MON?'],
    [DAY_OF_WEEK, 'TEU', 'did you mean TUE?'],
    [MONTH, 'january', 'did you mean JAN?'],
    [MONTH, 'someday', 'use a value from 1 to 12'],
  ])('%j at "%s"', (field, text, expected) => {
    expect(fix(field, text)).toBe(expected);
  });
});

it('a value is one of the field, by its number or name', () => {
  expect([
    parseValue(DAY_OF_WEEK, '2#1', '2'),
    parseValue(DAY_OF_WEEK, 'x', 'sat'),
    parseValue(MONTH, 'x', '09'),
  ]).toEqual([2, 7, 9]);
  expect(() => parseValue(DAY_OF_WEEK, '8#1', '8')).toThrow('use a value from 1 to 7');
});

it.each([
  [1, 7, 3, [1, 4, 7]],
  [1, 6, 3, [1, 4]],
  [5, 5, 1, [5]],
])('from %d to %d by %d', (start, end, step, expected) => {
  expect(sequence(start, end, step)).toEqual(expected);
});
