const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Below this, tenths of a second matter. */
const SHORT = 20 * SECOND;

/** Milliseconds in at most two units: `0.4s`, `58s`, `5m 22s`, `1h 12m`, `2d 4h`. Negative ones are 0: clocks of two services differ. */
export function durationText(milliseconds: number): string {
  const passed = Math.max(0, milliseconds);
  const tenths = Math.round(passed / 100);
  if (tenths * 100 < SHORT) return `${tenths / 10}s`;
  const seconds = Math.round(passed / SECOND) * SECOND;
  if (seconds < MINUTE) return `${seconds / SECOND}s`;
  if (seconds < HOUR) return two(seconds, MINUTE, 'm', SECOND, 's');
  const minutes = Math.round(passed / MINUTE) * MINUTE;
  if (minutes < DAY) return two(minutes, HOUR, 'h', MINUTE, 'm');
  const hours = Math.round(passed / HOUR) * HOUR;
  return `${Math.floor(hours / DAY)}d ${(hours % DAY) / HOUR}h`;
}

function two(passed: number, unit: number, name: string, part: number, partName: string): string {
  const rest = String((passed % unit) / part).padStart(2, '0');
  return `${Math.floor(passed / unit)}${name} ${rest}${partName}`;
}
