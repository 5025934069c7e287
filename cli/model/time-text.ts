/** Whose clock a time is shown by. */
export type Clock = 'utc' | 'local';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `14:00:02` */
export function clockText(at: number, clock: Clock = 'local'): string {
  const [, , , hours, minutes, seconds] = parts(at, clock);
  return [hours, minutes, seconds].map(pad).join(':');
}

/** `25 Nov 2026` */
export function dateText(at: number, clock: Clock = 'local'): string {
  const [year, month, day] = parts(at, clock);
  return `${day} ${MONTHS[month]} ${year}`;
}

/** `25 Nov 2026, 14:00:02`, and `UTC` after it by that clock. */
export function dateTimeText(at: number, clock: Clock = 'local'): string {
  return `${dateText(at, clock)}, ${clockText(at, clock)}${clock === 'utc' ? ' UTC' : ''}`;
}

/** For a column of a list, at most 12 characters: of today `14:00:02`, of this year `24 Nov 14:00`, otherwise `24 Nov 2025`. */
export function listTimeText(at: number, now: number, clock: Clock = 'local'): string {
  const [year, month, day, hours, minutes] = parts(at, clock);
  const [thisYear, thisMonth, today] = parts(now, clock);
  if (year !== thisYear) return dateText(at, clock);
  if (month === thisMonth && day === today) return clockText(at, clock);
  return `${day} ${MONTHS[month]} ${pad(hours)}:${pad(minutes)}`;
}

type Parts = readonly [year: number, month: number, day: number, hours: number, minutes: number, seconds: number];

function parts(at: number, clock: Clock): Parts {
  const date = new Date(at);
  if (clock === 'local') {
    const day = [date.getFullYear(), date.getMonth(), date.getDate()] as const;
    return [...day, date.getHours(), date.getMinutes(), date.getSeconds()];
  }
  const day = [date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()] as const;
  return [...day, date.getUTCHours(), date.getUTCMinutes(), date.getUTCSeconds()];
}

function pad(number: number): string {
  return String(number).padStart(2, '0');
}
