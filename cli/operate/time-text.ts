import { counted } from '../../modules/problems/phrases';
import { UsageError } from '../command/usage-error';

export { duration } from '../run-report/report-lines';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A time in the terminal's time zone: `2026-11-26 14:03`. */
export function localTime(date: Date): string {
  const two = (number: number) => String(number).padStart(2, '0');
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}`;
}

/** The same in at most 11 characters: `11-26 14:03`, or the day of another year. */
export function shortTime(date: Date, now = new Date()): string {
  return date.getFullYear() === now.getFullYear() ? localTime(date).slice(5) : localTime(date).slice(0, 10);
}

/** With seconds: `14:03:07`. */
export function clockTime(date: Date): string {
  return [date.getHours(), date.getMinutes(), date.getSeconds()].map((part) => String(part).padStart(2, '0')).join(':');
}

/** Seconds between two times, not below 0: clocks of two services differ. */
export function secondsBetween(from: Date, to: Date): number {
  return Math.max(0, (to.getTime() - from.getTime()) / 1000);
}

/** How long ago a time is: `just now`, `3 minutes ago`, `2 hours ago`, `5 days ago`. */
export function age(date: Date, now = new Date()): string {
  const passed = now.getTime() - date.getTime();
  if (passed < MINUTE) return 'just now';
  for (const [unit, name] of [
    [DAY, 'day'],
    [HOUR, 'hour'],
    [MINUTE, 'minute'],
  ] as const) {
    const count = Math.floor(passed / unit);
    if (count > 0) return `${counted(count, name)} ago`;
  }
  return 'just now';
}

const UNITS: { readonly [unit: string]: number } = { s: 1000, m: MINUTE, h: HOUR, d: DAY, w: 7 * DAY };
const DURATION = /^(?:\d+(?:\.\d+)?(?:seconds?|minutes?|hours?|days?|weeks?|secs?|mins?|hrs?|[smhdw]))+$/i;
const PART = /(\d+(?:\.\d+)?)([a-z])[a-z]*/gi;
const DATE = /^\d{4}-\d{2}-\d{2}$/;
const TIME = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?$/i;

/**
 * The time that an option such as `--since` names: a duration before now (`90m`, `2h`, `2d`, `1h30m`), a day in the terminal's time zone
 * (`2026-11-20`), or a time (`2026-11-20 14:00`, in UTC with `Z`).
 *
 * @param option its name, for the error
 * @throws UsageError if it is neither, or in the future
 */
export function pastTime(text: string, option: string, now = new Date()): Date {
  const given = text.trim();
  const time = timeOf(given, now);
  if (time === undefined || Number.isNaN(time.getTime())) {
    throw new UsageError(
      `${option} ${JSON.stringify(text)} is not a time. Set a duration such as 90m, 2h or 2d, a day such as ` +
        '2026-11-20, or a time such as 2026-11-20T14:00Z.',
    );
  }
  if (time > now) throw new UsageError(`${option} ${JSON.stringify(text)} is in the future.`);
  return time;
}

function timeOf(text: string, now: Date): Date | undefined {
  const compact = text.replace(/\s+ago$/i, '').replace(/\s+/g, '');
  if (DURATION.test(compact)) {
    const parts = [...compact.matchAll(PART)];
    const sum = parts.reduce(
      (total, [, count, unit = '']) => total + Number(count) * (UNITS[unit.toLowerCase()] ?? 0),
      0,
    );
    return new Date(now.getTime() - sum);
  }
  if (DATE.test(text)) {
    const date = new Date(`${text}T00:00`);
    // A day that the month lacks would be one of the next.
    return date.getDate() === Number(text.slice(-2)) ? date : undefined;
  }
  return TIME.test(text) ? new Date(text.replace(' ', 'T')) : undefined;
}
