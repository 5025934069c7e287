import { clockIn } from './time-zone';

const MINUTE = 'yyyy-mm-dd hh:mm'.length;

/**
 * Times on the clocks of a zone, and the first one in UTC too: `2026-11-27 09:00 Europe/Berlin (08:00 UTC), 2026-11-28 09:00`.
 *
 * @param timezone @default UTC
 */
export function firingsText(times: readonly Date[], timezone = 'UTC'): string {
  return times.map((time, index) => (index === 0 ? inBoth(time, timezone) : clockText(time, timezone))).join(', ');
}

function inBoth(time: Date, timezone: string): string {
  const clock = clockText(time, timezone);
  if (timezone === 'UTC') return `${clock} UTC`;
  const utc = clockText(time, 'UTC');
  const [day] = clock.split(' ');
  // The date only where it is another one.
  return `${clock} ${timezone} (${utc.startsWith(`${day} `) ? utc.slice(MINUTE - 5) : utc} UTC)`;
}

function clockText(time: Date, timezone: string): string {
  const clock = clockIn(timezone, time.getTime()) ?? time.getTime();
  return new Date(clock).toISOString().slice(0, MINUTE).replace('T', ' ');
}
