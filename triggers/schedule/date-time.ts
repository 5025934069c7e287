import { YEARS } from '../../modules/rules/schedules';

const FORM = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)$/;

/**
 * A date and a time, `yyyy-mm-ddThh:mm:ss`, as milliseconds in UTC. Undefined for another form, for what no calendar and no clock shows,
 * and for years that EventBridge has no schedules in.
 */
export function clockOf(text: string): number | undefined {
  if (!FORM.test(text)) return undefined;
  const clock = Date.parse(`${text}Z`);
  // Date.parse accepts February 30, as a day of March.
  if (Number.isNaN(clock) || !new Date(clock).toISOString().startsWith(text)) return undefined;
  const year = Number(text.slice(0, 4));
  return year < YEARS.min || year > YEARS.max ? undefined : clock;
}

/** What to write instead of a date and a time of the right form that {@link clockOf} doesn't accept. */
export interface Repair {
  /** Undefined if nothing is near. */
  readonly text?: string;
  /** Why. */
  readonly reason: string;
}

/** The repair of a date and a time that don't exist. */
export function repaired(text: string): Repair {
  const [, year = '', month = '', day = '', hour = '', minute = '', second = ''] = FORM.exec(text) ?? [];
  if (Number(year) < YEARS.min || Number(year) > YEARS.max)
    return { reason: `use a year from ${YEARS.min} to ${YEARS.max}` };
  const first = clockOf(`${year}-${month}-01T00:00:00`);
  if (first === undefined) return { reason: 'use a month from 01 to 12' };
  if (`${hour}:${minute}:${second}` === '24:00:00') {
    const start = clockOf(`${year}-${month}-${day}T00:00:00`);
    const next = start === undefined ? '' : clockText(start + 86_400_000);
    if (clockOf(next) !== undefined) return { text: next, reason: 'a day ends before 24:00' };
  }
  if (clockOf(`${year}-${month}-01T${hour}:${minute}:${second}`) === undefined)
    return { reason: 'use a time from 00:00:00 to 23:59:59' };
  const last = String(new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate());
  return {
    text: `${year}-${month}-${day < '01' ? '01' : last}T${hour}:${minute}:${second}`,
    reason: `that month has days 1 to ${last}`,
  };
}

/** `2027-03-01T09:30:00` of milliseconds in UTC. */
export function clockText(clock: number): string {
  return new Date(clock).toISOString().slice(0, 19);
}

/** Whether a string is a time in UTC, as EventBridge Scheduler writes it. */
export function isUtc(text: string): boolean {
  return text.endsWith('Z') && clockOf(text.slice(0, -1)) !== undefined;
}
