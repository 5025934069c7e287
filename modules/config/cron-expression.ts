import { type Finding, formatFound } from './problem';
import { suggestion } from './suggestion';

/*
 * Why this isn't a library. EventBridge rules use their own cron dialect (six fields, `?`, L, W, #, SUN=1, no seconds), and
 * no package checks it: croner and cronstrue read Unix and Quartz cron. aws-cron-parser (last released in December 2024)
 * computes run times without validating its input. Version 1.1.12 accepts `0 14 * * * *`, `0 14 ? * ? *`, `5x 14 * * ? *`, the
 * month FOO and 31 FEB, and turns `0 22-2 * * ? *` into an empty set of hours.
 */

interface CronField {
  readonly name: string;
  readonly min: number;
  readonly max: number;
  /** Names of the values, starting at `min`, in upper or lower case. */
  readonly names: readonly string[];
  /** Whether a range can wrap around, as hours 22-2 or days FRI-MON do. */
  readonly wraps: boolean;
  /** The values and wildcards of the field, for the report. */
  readonly accepted: string;
}

const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const WEEKDAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

const MINUTES: CronField = { name: 'minutes', min: 0, max: 59, names: [], wraps: true, accepted: '0-59 with , - * /' };
const HOURS: CronField = { name: 'hours', min: 0, max: 23, names: [], wraps: true, accepted: '0-23 with , - * /' };
const DAY_OF_MONTH: CronField = {
  name: 'day-of-month',
  min: 1,
  max: 31,
  names: [],
  wraps: true,
  accepted: '1-31 with , - * /, or one of ?, L, L-3, LW, 15W',
};
const MONTH: CronField = {
  name: 'month',
  min: 1,
  max: 12,
  names: MONTHS,
  wraps: true,
  accepted: '1-12 or JAN-DEC with , - * /',
};
const DAY_OF_WEEK: CronField = {
  name: 'day-of-week',
  min: 1,
  max: 7,
  names: WEEKDAYS,
  wraps: true,
  accepted: '1-7 or SUN-SAT (1 is SUN) with , - * /, or one of ?, L, 6L, 2#1',
};
const YEAR: CronField = {
  name: 'year',
  min: 1970,
  max: 2199,
  names: [],
  wraps: false,
  accepted: '1970-2199 with , - * /',
};

/** Names of the fields in their order, for messages. */
export const CRON_FORM = 'minutes hours day-of-month month day-of-week year';

/** The properties of a month that the day fields depend on. */
interface Month {
  readonly days: number;
  /** Weekday of the first day. Sunday is 1. */
  readonly firstWeekday: number;
}

type FiresIn = (month: Month) => boolean;

class FieldError extends Error {
  constructor(readonly finding: Finding) {
    super(finding.fix);
  }
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
    return {
      code: 'invalid-format',
      found: `${count} ${count === 1 ? 'field' : 'fields'} in ${formatFound(expression)}`,
      accepted: `six fields with one space between them: ${CRON_FORM}`,
      fix: 'write all six fields, such as cron(0 14 * * ? *) for 14:00 UTC every day',
    };
  }
  try {
    valuesOf(MINUTES, minutes);
    valuesOf(HOURS, hours);
    const firesByDate = parseDayOfMonth(dayOfMonth);
    const months = valuesOf(MONTH, month);
    const firesByWeekday = parseDayOfWeek(dayOfWeek);
    const years = valuesOf(YEAR, year);

    const firesIn = firesByDate ?? firesByWeekday;
    if (firesIn === undefined || (firesByDate !== undefined && firesByWeekday !== undefined)) {
      return dayFieldsFinding(texts);
    }
    return fires(firesIn, months, years) ? undefined : neverFinding(dayOfMonth, month, dayOfWeek, year);
  } catch (error) {
    if (error instanceof FieldError) return error.finding;
    throw error;
  }
}

/** The values of a field without day wildcards. */
function valuesOf(field: CronField, text: string): ReadonlySet<number> {
  if (text === '?') {
    throw fieldError(field, text, 'write * for every value: ? is only for a day field');
  }
  return new Set(text.split(',').flatMap((item) => itemValues(field, text, item)));
}

/** One item of a list: a value, a range or `*`, with or without a step. */
function itemValues(field: CronField, text: string, item: string): number[] {
  const [range = '', stepText, ...tooMuch] = item.split('/');
  const [startText = '', endText, ...tooMany] = range.split('-');
  if (tooMuch.length > 0 || tooMany.length > 0 || startText === '' || endText === '') {
    throw fieldError(field, text, `write a value, a range such as ${example(field)}, or a list of them`);
  }
  const step = stepText === undefined ? 1 : parseStep(field, text, stepText);
  if (range === '*') return sequence(field.min, field.max, step);
  const start = parseValue(field, text, startText);
  if (endText === undefined) return stepText === undefined ? [start] : sequence(start, field.max, step);
  const end = parseValue(field, text, endText);
  if (start <= end) return sequence(start, end, step);
  if (!field.wraps) throw fieldError(field, text, `write the earlier ${field.name} first: ${endText}-${startText}`);
  const size = field.max - field.min + 1;
  return sequence(start, end + size, step).map((value) => (value > field.max ? value - size : value));
}

function parseStep(field: CronField, text: string, stepText: string): number {
  const size = field.max - field.min + 1;
  const step = /^\d+$/.test(stepText) ? Number(stepText) : Number.NaN;
  if (step >= 1 && step <= size) return step;
  throw fieldError(
    field,
    text,
    step > size
      ? `a step starts anew with each run through the field, so it can be ${size} at most: for a longer pause use rate(...)`
      : `write a whole number from 1 to ${size} after /`,
  );
}

function parseValue(field: CronField, text: string, word: string): number {
  const value = /^\d{1,4}$/.test(word) ? Number(word) : indexOfName(field, word);
  if (value !== undefined && value >= field.min && value <= field.max) return value;
  throw fieldError(field, text, valueFix(field, word, value));
}

function indexOfName(field: CronField, word: string): number | undefined {
  const index = field.names.indexOf(word.toUpperCase());
  return index < 0 ? undefined : field.min + index;
}

function valueFix(field: CronField, word: string, value: number | undefined): string {
  if (field === DAY_OF_WEEK && value === 0) return 'AWS counts the days of the week from 1: Sunday is 1 or SUN';
  if (field === HOURS && value === 24) return 'midnight is hour 0';
  if (field === MINUTES && value === 60) return 'the full hour is minute 0';
  if (value !== undefined) return `use a value from ${field.min} to ${field.max}`;
  if (/^(L|\d+L|W|\d+W|LW)$/i.test(word)) return 'L and W stand alone in a day field, not in a list or a range';
  const near = field.names.find((name) => word.toUpperCase().startsWith(name)) ?? suggestion(word, field.names);
  return near === undefined ? `use a value from ${field.min} to ${field.max}` : `did you mean ${near}?`;
}

/** Whether a month has a matching date, or undefined for `?`. */
function parseDayOfMonth(text: string): FiresIn | undefined {
  if (text === '?') return undefined;
  const upper = text.toUpperCase();
  if (upper === 'L' || upper === 'LW') return () => true;
  const beforeEnd = /^L-(\d+)$/.exec(upper)?.[1];
  if (beforeEnd !== undefined) {
    const offset = Number(beforeEnd);
    if (offset < 1 || offset > 30) throw fieldError(DAY_OF_MONTH, text, 'use L-1 to L-30, or L for the last day');
    return ({ days }) => offset < days;
  }
  const nearest = /^(\d+)W$/.exec(upper)?.[1];
  if (nearest !== undefined) {
    const day = parseValue(DAY_OF_MONTH, text, nearest);
    return ({ days }) => day <= days;
  }
  if (text.includes('#')) throw fieldError(DAY_OF_MONTH, text, '# stands in the day-of-week field: ? * 2#1 *');
  const first = Math.min(...valuesOf(DAY_OF_MONTH, text));
  return ({ days }) => first <= days;
}

/** Whether a month has a matching weekday, or undefined for `?`. */
function parseDayOfWeek(text: string): FiresIn | undefined {
  if (text === '?') return undefined;
  if (text.toUpperCase() === 'L') return () => true;
  const last = /^([^,\-/]+)L$/i.exec(text)?.[1];
  if (last !== undefined) {
    parseValue(DAY_OF_WEEK, text, last);
    return () => true;
  }
  if (text.includes('#')) return parseNthWeekday(text);
  if (/^(\d+|L)?W$/i.test(text)) throw fieldError(DAY_OF_WEEK, text, 'W stands in the day-of-month field: 15W * ? *');
  valuesOf(DAY_OF_WEEK, text);
  return () => true;
}

/** `2#1`: the first Monday of a month. EventBridge accepts one such item, never a list. */
function parseNthWeekday(text: string): FiresIn {
  const [dayText = '', nthText = '', ...tooMany] = text.split('#');
  if (tooMany.length > 0 || text.includes(',')) {
    throw fieldError(DAY_OF_WEEK, text, 'AWS takes one # in an expression: write one schedule for each');
  }
  const day = parseValue(DAY_OF_WEEK, text, dayText);
  if (!/^[1-5]$/.test(nthText)) throw fieldError(DAY_OF_WEEK, text, `use #1 to #5, for example ${dayText}#1`);
  const nth = Number(nthText);
  return ({ days, firstWeekday }) => 1 + ((day - firstWeekday + 7) % 7) + 7 * (nth - 1) <= days;
}

function fires(firesIn: FiresIn, months: ReadonlySet<number>, years: ReadonlySet<number>): boolean {
  return [...years].some((year) => [...months].some((month) => firesIn(calendarMonth(year, month))));
}

function calendarMonth(year: number, month: number): Month {
  return {
    days: new Date(Date.UTC(year, month, 0)).getUTCDate(),
    firstWeekday: new Date(Date.UTC(year, month - 1, 1)).getUTCDay() + 1,
  };
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

function fieldError(field: CronField, text: string, fix: string): FieldError {
  return new FieldError({
    code: 'invalid-format',
    message: `${formatFound(text)} is not valid in the ${field.name} field. The field accepts ${field.accepted}.`,
    found: `${formatFound(text)} in the ${field.name} field`,
    accepted: `${field.name}: ${field.accepted}`,
    fix,
  });
}

function example({ names, min, max }: CronField): string {
  return `${names[0] ?? min}-${names.at(-1) ?? max}`;
}

function sequence(start: number, end: number, step: number): number[] {
  return Array.from({ length: Math.floor((end - start) / step) + 1 }, (_, index) => start + index * step);
}
