import { formatFound, foundValue } from '../../modules/problems/found';
import type { Finding } from '../../modules/problems/problem';
import { clockOf, clockText, repaired } from './date-time';
import { timeOfClock } from './time-zone';

const ACCEPTED = 'at(yyyy-mm-ddThh:mm:ss), such as at(2027-03-01T09:30:00)';

/** The clock of an `at(...)` expression as the milliseconds of the same date and time in UTC. Undefined for other expressions. */
export function atClock(scheduleExpression: string): number | undefined {
  const text = /^at\((.*)\)$/s.exec(scheduleExpression)?.[1];
  return text === undefined ? undefined : clockOf(text);
}

/** The problem with the date and time in `at(...)`, or undefined. It is on the clock of the schedule's zone, without one itself. */
export function atProblem(text: string): Finding | undefined {
  if (clockOf(text) !== undefined) return undefined;
  return {
    code: 'invalid-format',
    message: `${formatFound(`at(${text})`)} is not a valid schedule. A single time is a date and a time: at(2027-03-01T09:30:00).`,
    found: foundValue(`at(${text})`),
    accepted: ACCEPTED,
    fix: atFix(text),
  };
}

function atFix(text: string): string {
  const [, date, hours, minutes, seconds = '00', zone] =
    /^\s*(\d{4}-\d\d-\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d))?(?:\.\d+)?)?\s*(Z|[+-]\d\d:?\d\d)?\s*$/i.exec(text) ?? [];
  if (date === undefined) return 'write a date and a time, such as at(2027-03-01T09:30:00)';
  const candidate = `${date}T${hours ?? '00'}:${minutes ?? '00'}:${seconds}`;
  if (clockOf(candidate) === undefined) {
    const { text: near, reason } = repaired(candidate);
    return near === undefined ? reason : `write at(${near}): ${reason}`;
  }
  if (zone === undefined || /^z$/i.test(zone)) {
    const utc = zone === undefined ? '' : ', which is in UTC unless you set timezone';
    return `write at(${candidate})${utc}`;
  }
  return `write at(${candidate}), and the zone as timezone: 'Area/City'`;
}

/** The problem with a time that the clocks of the zone skip in spring, or undefined. */
export function skippedProblem(scheduleExpression: string, timezone: string): Finding | undefined {
  const clock = atClock(scheduleExpression);
  if (clock === undefined || timeOfClock(timezone, clock) !== undefined) return undefined;
  return {
    code: 'invalid-format',
    found: `${scheduleExpression}, which clocks in ${timezone} never show: they go forward then`,
    accepted: 'a time that exists in the time zone',
    fix: `write a later one, such as at(${clockText(clock + 3_600_000)})`,
  };
}
