import { calendarMonth, parseDayOfMonth, parseDayOfWeek } from '../../../triggers/schedule/cron-days';

/** 30 days, of which the first is a Sunday. */
const NOVEMBER = calendarMonth(2026, 11);
/** 28 days, of which the first is a Sunday. */
const FEBRUARY = calendarMonth(2026, 2);
/** 31 days, of which the first is a Saturday. */
const AUGUST = calendarMonth(2026, 8);

const ofMonth = (text: string, month = NOVEMBER) => parseDayOfMonth(text)?.(month);
const ofWeek = (text: string, month = NOVEMBER) => parseDayOfWeek(text)?.(month);

it('a month has its days, and a weekday to begin with', () => {
  expect([NOVEMBER, FEBRUARY, AUGUST]).toEqual([
    { days: 30, firstWeekday: 1 },
    { days: 28, firstWeekday: 1 },
    { days: 31, firstWeekday: 7 },
  ]);
  expect(calendarMonth(2028, 2).days).toBe(29);
  expect(calendarMonth(2026, 12)).toEqual({ days: 31, firstWeekday: 3 });
});

describe('the day of the month', () => {
  it('can be any, which the day of the week decides', () => {
    expect(parseDayOfMonth('?')).toBeUndefined();
  });

  it.each<[string, number[]]>([
    ['5', [5]],
    ['1,30,31', [1, 30]],
    ['L', [30]],
    ['l', [30]],
    ['LW', [30]],
    ['L-1', [29]],
    ['L-29', [1]],
    ['L-30', []],
    ['1W', [2]],
    ['2w', [2]],
    ['7W', [6]],
    ['8W', [9]],
    ['31W', []],
    ['30W', [30]],
  ])('%s in a month of 30 days', (text, expected) => {
    expect(ofMonth(text)).toEqual(expected);
  });

  it('stays in the month, if its nearest workday is in another', () => {
    // A Saturday at the beginning, a Saturday at the end, a Sunday at the end.
    expect([ofMonth('1W', AUGUST), ofMonth('LW', FEBRUARY)]).toEqual([[3], [27]]);
    expect(ofMonth('2W', calendarMonth(2026, 5))).toEqual([1]);
    expect(ofMonth('LW', calendarMonth(2026, 5))).toEqual([29]);
    expect(ofMonth('31W', calendarMonth(2026, 5))).toEqual([29]);
  });

  it.each([
    ['L-0', 'use L-1 to L-30, or L for the last day'],
    ['L-31', 'use L-1 to L-30, or L for the last day'],
    ['2#1', '# stands in the day-of-week field: ? * 2#1 *'],
    ['32W', 'use a value from 1 to 31'],
    ['32', 'use a value from 1 to 31'],
    ['A5W', 'use a value from 1 to 31'],
    ['5WA', 'use a value from 1 to 31'],
    ['1,L-3', 'L and W stand alone in a day field, not in a list or a range'],
    ['L-3x', 'L and W stand alone in a day field, not in a list or a range'],
  ])('is not %s', (text, fix) => {
    expect(() => parseDayOfMonth(text)).toThrow(fix);
  });
});

describe('the day of the week', () => {
  it('can be any, which the day of the month decides', () => {
    expect(parseDayOfWeek('?')).toBeUndefined();
  });

  it.each<[string, number[]]>([
    ['1', [1, 8, 15, 22, 29]],
    ['MON', [2, 9, 16, 23, 30]],
    ['TUE,SAT', [3, 10, 17, 24, 7, 14, 21, 28]],
    ['L', [7, 14, 21, 28]],
    ['l', [7, 14, 21, 28]],
    ['2L', [30]],
    ['friL', [27]],
    ['2#1', [2]],
    ['mon#5', [30]],
    ['TUE#5', []],
  ])('%s in a month that begins with a Sunday', (text, expected) => {
    expect(ofWeek(text)).toEqual(expected);
  });

  it('begins where the month does', () => {
    expect([ofWeek('7', AUGUST), ofWeek('6', AUGUST)]).toEqual([
      [1, 8, 15, 22, 29],
      [7, 14, 21, 28],
    ]);
  });

  it.each([
    ['2#0', 'use #1 to #5, for example 2#1'],
    ['2#6', 'use #1 to #5, for example 2#1'],
    ['2#12', 'use #1 to #5, for example 2#1'],
    ['2#', 'use #1 to #5, for example 2#1'],
    ['8#1', 'use a value from 1 to 7'],
    ['2#1#3', 'AWS takes one # in an expression: write one schedule for each'],
    ['2#1,3', 'AWS takes one # in an expression: write one schedule for each'],
    ['3,2#1', 'AWS takes one # in an expression: write one schedule for each'],
    ['15W', 'W stands in the day-of-month field: 15W * ? *'],
    ['LW', 'W stands in the day-of-month field: 15W * ? *'],
    ['w', 'W stands in the day-of-month field: 15W * ? *'],
    ['1,LW', 'L and W stand alone in a day field, not in a list or a range'],
    ['1,2L', 'L and W stand alone in a day field, not in a list or a range'],
    ['8L', 'use a value from 1 to 7'],
    ['2LA', 'use a value from 1 to 7'],
    ['5WA', 'use a value from 1 to 7'],
  ])('is not %s', (text, fix) => {
    expect(() => parseDayOfWeek(text)).toThrow(fix);
  });
});
