import { type Clock, clockText } from './time-text';

/** How times within a run are shown: since its start, or by a clock. */
export type TimeStyle = 'elapsed' | Clock;

/**
 * The time of a line, to a tenth of a second: `16:41.9` or `1:16:41.9` since the start of the run, `14:16:41.9` by a clock.
 *
 * @param at milliseconds since the start of the run
 * @param startedAt of the run
 */
export function lineTime(at: number, startedAt: number, style: TimeStyle): string {
  if (style !== 'elapsed') {
    const time = startedAt + at;
    return `${clockText(time, style)}.${Math.floor((time % 1000) / 100)}`;
  }
  const tenths = Math.floor(at / 100);
  const [hours, minutes, seconds] = [
    Math.floor(tenths / 36_000),
    Math.floor(tenths / 600) % 60,
    Math.floor(tenths / 10) % 60,
  ];
  const clock = `${pad(minutes)}:${pad(seconds)}.${tenths % 10}`;
  return hours === 0 ? clock : `${hours}:${clock}`;
}

function pad(number: number): string {
  return String(number).padStart(2, '0');
}
