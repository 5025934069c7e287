import { age, localTime } from '../time-text';
import type { ReportTime } from './facts';

/** When something was, and for people how long ago: `2026-11-26 14:03 (12 minutes ago)`. */
export function timeText(time: Date, { date, isUtc }: ReportTime): string {
  return isUtc ? time.toISOString() : `${localTime(time)} (${age(time, date)})`;
}
