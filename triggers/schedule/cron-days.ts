import { DAY_OF_MONTH, DAY_OF_WEEK, fieldError, parseValue, sequence, valuesOf } from './cron-field';

/** The properties of a month that the day fields depend on. */
export interface Month {
  readonly days: number;
  /** Weekday of the first day. Sunday is 1. */
  readonly firstWeekday: number;
}

/** Days of a month, from 1, in no order. None if the month has no such day. */
export type DaysIn = (month: Month) => readonly number[];

/** The days of the day-of-month field, or undefined for `?`. */
export function parseDayOfMonth(text: string): DaysIn | undefined {
  if (text === '?') return undefined;
  const upper = text.toUpperCase();
  if (upper === 'L') return ({ days }) => [days];
  if (upper === 'LW') return (month) => [nearestWorkday(month, month.days)];
  const beforeEnd = /^L-(\d+)$/.exec(upper)?.[1];
  if (beforeEnd !== undefined) {
    const offset = Number(beforeEnd);
    if (offset < 1 || offset > 30) throw fieldError(DAY_OF_MONTH, text, 'use L-1 to L-30, or L for the last day');
    return ({ days }) => (offset < days ? [days - offset] : []);
  }
  const nearest = /^(\d+)W$/.exec(upper)?.[1];
  if (nearest !== undefined) {
    const day = parseValue(DAY_OF_MONTH, text, nearest);
    return (month) => (day <= month.days ? [nearestWorkday(month, day)] : []);
  }
  if (text.includes('#')) throw fieldError(DAY_OF_MONTH, text, '# stands in the day-of-week field: ? * 2#1 *');
  const values = [...valuesOf(DAY_OF_MONTH, text)];
  return ({ days }) => values.filter((day) => day <= days);
}

/** The weekday, Monday to Friday, that is nearest to a day and in the same month. */
function nearestWorkday(month: Month, day: number): number {
  const weekday = weekdayOf(month, day);
  if (weekday === SATURDAY) return day > 1 ? day - 1 : day + 2;
  if (weekday === SUNDAY) return day < month.days ? day + 1 : day - 2;
  return day;
}

/** The days of the day-of-week field, or undefined for `?`. */
export function parseDayOfWeek(text: string): DaysIn | undefined {
  if (text === '?') return undefined;
  // The last day of the week.
  if (text.toUpperCase() === 'L') return (month) => daysOnWeekday(month, SATURDAY);
  const last = /^([^,\-/]+)L$/i.exec(text)?.[1];
  if (last !== undefined) {
    const day = parseValue(DAY_OF_WEEK, text, last);
    return (month) => daysOnWeekday(month, day).slice(-1);
  }
  if (text.includes('#')) return parseNthWeekday(text);
  if (/^(\d+|L)?W$/i.test(text)) throw fieldError(DAY_OF_WEEK, text, 'W stands in the day-of-month field: 15W * ? *');
  const values = [...valuesOf(DAY_OF_WEEK, text)];
  return (month) => values.flatMap((day) => daysOnWeekday(month, day));
}

/** `2#1`: the first Monday of a month. EventBridge accepts one such item, never a list. */
function parseNthWeekday(text: string): DaysIn {
  const [dayText = '', nthText = '', ...tooMany] = text.split('#');
  if (tooMany.length > 0 || text.includes(',')) {
    throw fieldError(DAY_OF_WEEK, text, 'AWS takes one # in an expression: write one schedule for each');
  }
  const day = parseValue(DAY_OF_WEEK, text, dayText);
  if (!/^[1-5]$/.test(nthText)) throw fieldError(DAY_OF_WEEK, text, `use #1 to #5, for example ${dayText}#1`);
  const nth = Number(nthText);
  return (month) => daysOnWeekday(month, day).slice(nth - 1, nth);
}

const SUNDAY = 1;
const SATURDAY = 7;

/** 1 for Sunday to 7 for Saturday. */
function weekdayOf({ firstWeekday }: Month, day: number): number {
  return ((firstWeekday - 1 + day - 1) % 7) + 1;
}

function daysOnWeekday(month: Month, weekday: number): number[] {
  const first = 1 + ((weekday - month.firstWeekday + 7) % 7);
  return sequence(first, month.days, 7);
}

/** A month, from 1 to 12, of a year. */
export function calendarMonth(year: number, month: number): Month {
  return {
    days: new Date(Date.UTC(year, month, 0)).getUTCDate(),
    firstWeekday: new Date(Date.UTC(year, month - 1, 1)).getUTCDay() + 1,
  };
}
