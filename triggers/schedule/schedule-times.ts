import { type CronTimes, cronTimes } from './cron-expression';

/**
 * The next times of an EventBridge rule's schedule, in UTC. Undefined for `rate(...)`, whose times depend on when AWS enabled the rule, and
 * for an expression that is not valid.
 *
 * @param after the times are later than this one. EventBridge's times are whole minutes.
 * @returns fewer than `count` if the years of the expression end before
 */
export function nextTimes(scheduleExpression: string, after: Date, count: number): Date[] | undefined {
  const cron = /^cron\((.*)\)$/s.exec(scheduleExpression)?.[1];
  const times = cron === undefined ? undefined : cronTimes(cron);
  return times && first(count, timesAfter(times, after));
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

/** How often a `rate(...)` fires, as text: `every 12 hours`. Undefined for other expressions. */
export function rateText(scheduleExpression: string): string | undefined {
  const [, count, unit] = /^rate\((\d+) (\w+?)s?\)$/.exec(scheduleExpression) ?? [];
  if (count === undefined || unit === undefined) return undefined;
  return count === '1' ? `every ${unit}` : `every ${count} ${unit}s`;
}
