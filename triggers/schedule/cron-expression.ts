import { formatFound } from '../../modules/problems/found';
import type { Finding } from '../../modules/problems/problem';
import { calendarMonth, type DaysIn, parseDayOfMonth, parseDayOfWeek } from './cron-days';
import { FieldError, HOURS, MINUTES, MONTH, valuesOf, YEAR } from './cron-field';

/*
 * Why this isn't a library. EventBridge rules use their own cron dialect (six fields, `?`, L, W, #, SUN=1, no seconds), and
 * no package checks it: croner and cronstrue read Unix and Quartz cron. aws-cron-parser (last released in December 2024)
 * computes run times without validating its input. Version 1.1.12 accepts `0 14 * * * *`, `0 14 ? * ? *`, `5x 14 * * ? *`, the
 * month FOO and 31 FEB, and turns `0 22-2 * * ? *` into an empty set of hours.
 */

/** Names of the fields in their order, for messages. */
export const CRON_FORM = 'minutes hours day-of-month month day-of-week year';

/** The times of a valid cron expression, in UTC. */
export interface CronTimes {
  readonly minutes: ReadonlySet<number>;
  readonly hours: ReadonlySet<number>;
  /** Days of a month from 1 to 12, in no order. */
  readonly daysOf: (year: number, month: number) => readonly number[];
  readonly months: ReadonlySet<number>;
  readonly years: ReadonlySet<number>;
}

/**
 * The problem with the six fields of an EventBridge rule's cron expression (the string between the parentheses of
 * `cron(...)`), or undefined. Reports the first wrong field by its name.
 *
 * As well as values out of range, it refuses: both day fields or neither of them set, a step larger than its field, and dates
 * that don't exist between 1970 and 2199 (31 FEB). It accepts a past year, so that the result doesn't depend on the current
 * date.
 */
export function cronFinding(expression: string): Finding | undefined {
  try {
    parsedCron(expression);
    return undefined;
  } catch (error) {
    if (error instanceof FieldError) return error.finding;
    throw error;
  }
}

/** The times of an expression, or undefined for one with a {@link cronFinding}. */
export function cronTimes(expression: string): CronTimes | undefined {
  try {
    return parsedCron(expression);
  } catch (error) {
    if (error instanceof FieldError) return undefined;
    throw error;
  }
}

/** @throws FieldError */
function parsedCron(expression: string): CronTimes {
  const texts = expression.split(' ');
  const [minutes, hours, dayOfMonth, month, dayOfWeek, year] = texts;
  if (
    texts.length !== 6 ||
    texts.includes('') ||
    minutes === undefined ||
    hours === undefined ||
    dayOfMonth === undefined ||
    month === undefined ||
    dayOfWeek === undefined ||
    year === undefined
  ) {
    const count = texts.filter((text) => text !== '').length;
    throw new FieldError({
      code: 'invalid-format',
      found: `${count} ${count === 1 ? 'field' : 'fields'} in ${formatFound(expression)}`,
      accepted: `six fields with one space between them: ${CRON_FORM}`,
      fix: 'write all six fields, such as cron(0 14 * * ? *) for 14:00 UTC every day',
    });
  }
  const parsed = { minutes: valuesOf(MINUTES, minutes), hours: valuesOf(HOURS, hours) };
  const byDate = parseDayOfMonth(dayOfMonth);
  const months = valuesOf(MONTH, month);
  const byWeekday = parseDayOfWeek(dayOfWeek);
  const years = valuesOf(YEAR, year);

  const daysIn = byDate ?? byWeekday;
  if (daysIn === undefined || (byDate !== undefined && byWeekday !== undefined)) {
    throw new FieldError(dayFieldsFinding(texts));
  }
  if (!fires(daysIn, months, years)) throw new FieldError(neverFinding(dayOfMonth, month, dayOfWeek, year));
  return { ...parsed, months, years, daysOf: (inYear, ofMonth) => daysIn(calendarMonth(inYear, ofMonth)) };
}

function fires(daysIn: DaysIn, months: ReadonlySet<number>, years: ReadonlySet<number>): boolean {
  return [...years].some((year) => [...months].some((month) => daysIn(calendarMonth(year, month)).length > 0));
}

function dayFieldsFinding(texts: readonly string[]): Finding {
  const [, , dayOfMonth, , dayOfWeek] = texts;
  const replaced = (index: number, text: string) =>
    `cron(${texts.map((old, at) => (at === index ? text : old)).join(' ')})`;
  const given = `day-of-month ${dayOfMonth} and day-of-week ${dayOfWeek}`;
  const accepted = 'a value or * in one of the two day fields, and ? in the other';
  const code = 'invalid-format';
  if (dayOfMonth === '?') return { code, found: given, accepted, fix: `write ${replaced(2, '*')} for every day` };
  if (dayOfWeek === '*') return { code, found: given, accepted, fix: `write ${replaced(4, '?')}` };
  if (dayOfMonth === '*') {
    return {
      code,
      found: given,
      accepted,
      fix: `write ${replaced(2, '?')}; AWS counts the days of the week from SUN = 1`,
    };
  }
  return { code, found: given, accepted, fix: `use two schedules: ${replaced(4, '?')} and ${replaced(2, '?')}` };
}

function neverFinding(dayOfMonth: string, month: string, dayOfWeek: string, year: string): Finding {
  return {
    code: 'invalid-format',
    message: `The date does not exist: day-of-month ${dayOfMonth}, month ${month}, day-of-week ${dayOfWeek}, year ${year}.`,
    found: `a date that does not exist: day-of-month ${dayOfMonth}, month ${month}, day-of-week ${dayOfWeek}, year ${year}`,
    accepted: 'a day that exists in at least one of these months and years',
    fix: dayOfWeek === '?' ? 'for the last day of a month, write L as day-of-month' : 'add months or years',
  };
}
