import { atClock } from './at-expression';
import { type CronTimes, cronTimes } from './cron-expression';
import { clockIn, timeOfClock } from './time-zone';
import type { TimeLimits } from './timing';

const DAY = 86_400_000;

/**
 * The next times of a schedule. Undefined for `rate(...)` without a start, whose times depend on when AWS enabled the schedule, for an
 * expression that is not valid, and for a zone that Node.js doesn't know. A flexible window doesn't change the scheduled times.
 *
 * @param after the times are later than this one. EventBridge's times are whole minutes.
 * @returns fewer than `count` if the years of the expression or the dates of the schedule end before
 */
export function nextTimes(
  scheduleExpression: string,
  after: Date,
  count: number,
  limits: TimeLimits = {},
): Date[] | undefined {
  const from = dateOf(limits.startDate, Number.NEGATIVE_INFINITY);
  const until = dateOf(limits.endDate, Number.POSITIVE_INFINITY);
  if (Number.isNaN(from) || Number.isNaN(until)) return undefined;
  // The start itself is one of the times.
  const all = timesOf(scheduleExpression, limits, Math.max(after.getTime(), from - 1));
  return all && first(count, before(until, all));
}

function dateOf(text: string | undefined, otherwise: number): number {
  return text === undefined ? otherwise : Date.parse(text);
}

/** @param after milliseconds since 1970 */
function timesOf(
  scheduleExpression: string,
  { timezone = 'UTC', startDate }: TimeLimits,
  after: number,
): Iterable<Date> | undefined {
  const clock = clockIn(timezone, after);
  if (clock === undefined) return undefined;
  const once = atClock(scheduleExpression);
  if (once !== undefined) {
    const time = timeOfClock(timezone, once);
    return time === undefined || time <= after ? [] : [new Date(time)];
  }
  const cron = /^cron\((.*)\)$/s.exec(scheduleExpression)?.[1];
  const times = cron === undefined ? undefined : cronTimes(cron);
  if (times !== undefined) {
    return timezone === 'UTC' ? timesAfter(times, new Date(after)) : timesInZone(times, timezone, clock, after);
  }
  const interval = rateInterval(scheduleExpression);
  return interval === undefined || startDate === undefined
    ? undefined
    : timesAt(interval, Date.parse(startDate), after);
}

/** Clocks of the zone show the times of the expression. What they skip is left out, and what they show twice is one time. */
function* timesInZone(times: CronTimes, timezone: string, clock: number, after: number): Generator<Date> {
  // Clocks go back by a day at most.
  for (const shown of timesAfter(times, new Date(clock - DAY))) {
    const time = timeOfClock(timezone, shown.getTime());
    if (time !== undefined && time > after) yield new Date(time);
  }
}

function* timesAt(interval: number, start: number, after: number): Generator<Date> {
  const passed = Math.max(0, Math.floor((after - start) / interval) + 1);
  for (let time = start + passed * interval; ; time += interval) yield new Date(time);
}

function* before(until: number, times: Iterable<Date>): Generator<Date> {
  for (const time of times) {
    if (time.getTime() > until) return;
    yield time;
  }
}

function first(count: number, times: Iterable<Date>): Date[] {
  const found: Date[] = [];
  if (count < 1) return found;
  for (const time of times) {
    if (found.push(time) >= count) break;
  }
  return found;
}

function* timesAfter(times: CronTimes, after: Date): Generator<Date> {
  const months = sorted(times.months);
  const hours = sorted(times.hours);
  const minutes = sorted(times.minutes);
  const start = after.getTime();
  const day = Date.UTC(after.getUTCFullYear(), after.getUTCMonth(), after.getUTCDate());
  for (const year of sorted(times.years)) {
    if (year < after.getUTCFullYear()) continue;
    for (const month of months) {
      for (const date of sorted(times.daysOf(year, month))) {
        // Whole days before the first are skipped without looking at their minutes.
        if (Date.UTC(year, month - 1, date) < day) continue;
        for (const hour of hours) {
          for (const minute of minutes) {
            const time = Date.UTC(year, month - 1, date, hour, minute);
            if (time > start) yield new Date(time);
          }
        }
      }
    }
  }
}

function sorted(values: Iterable<number>): number[] {
  return [...new Set(values)].sort((a, b) => a - b);
}

const UNITS: { readonly [unit: string]: number } = { minute: 60_000, hour: 3_600_000, day: DAY };

/** Milliseconds between the times of a `rate(...)`. A day of it has 24 hours. Undefined for other expressions. */
function rateInterval(scheduleExpression: string): number | undefined {
  const [, count, unit = ''] = RATE.exec(scheduleExpression) ?? [];
  return count === undefined ? undefined : Number(count) * (UNITS[unit] ?? Number.NaN);
}

const RATE = /^rate\((\d+) (\w+?)s?\)$/;

/** How often a `rate(...)` fires, as text: `every 12 hours`. Undefined for other expressions. */
export function rateText(scheduleExpression: string): string | undefined {
  const [, count, unit] = RATE.exec(scheduleExpression) ?? [];
  if (count === undefined || unit === undefined) return undefined;
  return count === '1' ? `every ${unit}` : `every ${count} ${unit}s`;
}
