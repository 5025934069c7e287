import { durationText } from '../duration';
import { type Clock, clockText } from '../time-text';
import type { Interval, IntervalKind } from './intervals';

/** How a page shows times: since the start of the run, or by a clock. */
export type TimeMode = 'elapsed' | Clock;

/** What an interval is called. */
const INTERVAL_WORDS: Readonly<Record<IntervalKind, string>> = {
  queue: 'In queue',
  starting: 'Starting',
  succeeded: 'Running',
  failed: 'Running',
  'timed-out': 'Running',
  interrupted: 'Running',
  stopped: 'Running',
  running: 'Running',
  tail: 'SIGTERM to exit',
  wait: 'Wait',
  bracket: 'All starts',
  unknown: 'Not recorded',
};

/** A time in a mode: `6:02.4` since the start, or `14:06:04`. */
export function timeText(at: number, origin: number, mode: TimeMode): string {
  if (mode !== 'elapsed') return clockText(at, mode);
  const passed = Math.max(0, Math.round((at - origin) / 100) * 100);
  const hours = Math.floor(passed / 3_600_000);
  const minutes = Math.floor(passed / 60_000) % 60;
  const seconds = ((passed % 60_000) / 1000).toFixed(1).padStart(4, '0');
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}:${seconds.slice(0, 2)}` : `${minutes}:${seconds}`;
}

/** What an interval says when it is pointed at: `Running 3m 38s, 1:44.0 to 5:22.0`. */
export function intervalText({ kind, from, to, isLive }: Interval, origin: number, mode: TimeMode): string {
  const end = isLive ? 'now' : timeText(to, origin, mode);
  return `${INTERVAL_WORDS[kind]} ${durationText(to - from)}, ${timeText(from, origin, mode)} to ${end}`;
}
