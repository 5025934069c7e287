import { age, localTime } from '../time-text';

/** When something was, and how long ago: `2026-11-26 14:03 (12 minutes ago)`. */
export function timeText(date: Date, now: Date): string {
  return `${localTime(date)} (${age(date, now)})`;
}
