import { counted } from '../../../modules/problems/phrases';
import type { StartOutcome } from '../run';
import type { Interval, Mark } from './intervals';
import { parseRowId } from './row-id';

/** A row of the timeline. */
export interface TimelineRow {
  /** `trigger`, `a2`, `a2.3`, `w2` for the wait before attempt 2, `f4` for a fold that begins with attempt 4. */
  readonly id: string;
  readonly kind: 'trigger' | 'attempt' | 'start' | 'wait' | 'fold';
  /** From 1. Starts are below their attempt. */
  readonly level: 1 | 2;
  readonly label: string;
  readonly detail: string;
  readonly outcome?: StartOutcome;
  /** The word for it, if it is not the outcome's own: `Submitted`. */
  readonly outcomeWord?: string;
  readonly exitCode?: number;
  /** Whether it left Spot capacity. */
  readonly onDemand: boolean;
  readonly from: number;
  /** Undefined if it is not known. Of what goes on, it is now. */
  readonly to?: number;
  readonly isLive: boolean;
  readonly intervals: readonly Interval[];
  readonly marks: readonly Mark[];
  /** What leads to it from the row above. */
  readonly connector?: { readonly kind: 'restart' | 'on-demand'; readonly at: number };
  /** Whether it can be opened, and is. */
  readonly isOpen?: boolean;
  /** The row that it is below, by its ID. */
  readonly parent?: string;
  /** Name for those who cannot see the chart: `Attempt 2, start 3, on-demand, failed, exit code 1, 5 minutes 3 seconds`. */
  readonly name: string;
}

/** The start or attempt that a row shows, as the log names it: `2.3`, `2`. Undefined for rows without output. */
export function logStartOf({ id }: Pick<TimelineRow, 'id'>): string | undefined {
  const row = parseRowId(id);
  return row && [row.attempt, ...(row.start === undefined ? [] : [row.start])].join('.');
}

const UNITS: readonly (readonly [unit: number, name: string])[] = [
  [86_400_000, 'day'],
  [3_600_000, 'hour'],
  [60_000, 'minute'],
  [1_000, 'second'],
];

/** A duration to be read aloud, in at most two units: `5 minutes 3 seconds`, `0.4 seconds`. */
export function spokenDuration(milliseconds: number): string {
  const passed = Math.max(0, milliseconds);
  if (passed < 10_000) {
    const seconds = Math.round(passed / 100) / 10;
    return counted(seconds, 'second');
  }
  const whole = Math.round(passed / 1000) * 1000;
  const first = UNITS.findIndex(([unit]) => whole >= unit);
  let rest = whole;
  const parts = UNITS.slice(first, first + 2).flatMap(([unit, name]) => {
    const count = Math.floor(rest / unit);
    rest -= count * unit;
    return count === 0 ? [] : [counted(count, name)];
  });
  return parts.join(' ');
}
