const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Below this, tenths of a second matter. */
const SHORT = 20 * SECOND;

/** Milliseconds in at most two units: `0.4s`, `58s`, `5m 22s`, `1h 12m`, `2d 4h`. Negative ones are 0: clocks of two services differ. */
export function durationText(milliseconds: number): string {
  const { text, rest } = unitsOf(milliseconds);
  return rest === undefined ? text : `${text} ${rest.text}`;
}

/** The same without a second unit that is 0: `5m`, `1h`. */
export function shortDurationText(milliseconds: number): string {
  const { text, rest } = unitsOf(milliseconds);
  return rest === undefined || rest.isZero ? text : `${text} ${rest.text}`;
}

interface Units {
  readonly text: string;
  readonly rest?: { readonly text: string; readonly isZero: boolean };
}

function unitsOf(milliseconds: number): Units {
  const passed = Math.max(0, milliseconds);
  const tenths = Math.round(passed / 100);
  if (tenths * 100 < SHORT) return { text: `${tenths / 10}s` };
  const seconds = Math.round(passed / SECOND) * SECOND;
  if (seconds < MINUTE) return { text: `${seconds / SECOND}s` };
  if (seconds < HOUR) return two(seconds, [MINUTE, 'm'], [SECOND, 's']);
  const minutes = Math.round(passed / MINUTE) * MINUTE;
  if (minutes < DAY) return two(minutes, [HOUR, 'h'], [MINUTE, 'm']);
  const hours = Math.round(passed / HOUR) * HOUR;
  return two(hours, [DAY, 'd'], [HOUR, 'h'], 1);
}

type Unit = readonly [length: number, name: string];

function two(passed: number, [unit, name]: Unit, [part, partName]: Unit, digits = 2): Units {
  const rest = (passed % unit) / part;
  const text = `${String(rest).padStart(digits, '0')}${partName}`;
  return { text: `${Math.floor(passed / unit)}${name}`, rest: { text, isZero: rest === 0 } };
}
