import { shortDurationText } from '../duration';
import type { Run } from '../run';

/** A span of time, in milliseconds since 1970. `to` is after `from`. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** A line of the axis. */
export interface Tick {
  readonly at: number;
  /** Time since the start of the run: `5:00`, `2s`, `1h 30m`. */
  readonly text: string;
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** The shortest axis. A run that was refused at once takes less. */
const SHORTEST = 100;

/** Part of a live axis that is left free after now. */
const AHEAD = 0.15;

/** Steps between ticks, in the units that people count time in. No step is longer than two of the one before it. */
const STEPS: readonly number[] = [
  ...[10, 20, 50, 100, 200, 500],
  ...[1, 2, 5, 10, 20, 30].map((seconds) => seconds * SECOND),
  ...[1, 2, 5, 10, 20, 30].map((minutes) => minutes * MINUTE),
  ...[1, 2, 3, 6, 12].map((hours) => hours * HOUR),
  ...[1, 2, 5, 10, 20, 50, 100, 200, 500].map((days) => days * DAY),
];

/** Steps for spans of which 1-2-5 would make fewer than five ticks. */
const STEPS_BETWEEN: readonly number[] = [30, 300, 3 * SECOND, 3 * MINUTE, 3 * DAY, 30 * DAY, 300 * DAY];

/** The greatest number of ticks. */
const MOST_TICKS = 8;
const FEWEST_TICKS = 5;

/** The step for a span: 1-2-5 wherever that makes 5 to 8 ticks. */
function tickStep(length: number): number {
  const count = (step: number) => Math.floor(length / step) + 1;
  const fits = (step: number) => count(step) >= FEWEST_TICKS && count(step) <= MOST_TICKS;
  return STEPS.find(fits) ?? STEPS_BETWEEN.find(fits) ?? Math.max(1, length / FEWEST_TICKS);
}

/**
 * The span of a run's timeline: from the event to the end, or for a live run to 15 % after now, rounded up to a whole step so that bars do
 * not creep. Times that other clocks put outside the run are inside too.
 */
export function runSpan(run: Run, now: number): Span {
  const times = knownTimes(run);
  const from = Math.min(run.startedAt, ...times);
  const isLive = run.outcome === 'running';
  const last = Math.max(run.startedAt, ...times, ...(isLive ? [now] : []), run.endedAt ?? run.startedAt);
  const length = Math.max(SHORTEST, last - from);
  if (!isLive) return { from, to: from + length };
  const ahead = length * (1 + AHEAD);
  const step = tickStep(ahead);
  return { from, to: from + Math.ceil(ahead / step) * step };
}

/** The times of a run between which it is drawn. */
function knownTimes({ trigger, attempts, waits }: Run): number[] {
  const times = [
    trigger?.at,
    trigger?.endedAt,
    ...attempts.flatMap((attempt) => [
      attempt.begunAt,
      attempt.endedAt,
      ...attempt.starts.flatMap(({ queuedAt, startedAt, stoppedAt }) => [queuedAt, startedAt, stoppedAt]),
    ]),
    ...waits.flatMap(({ from, to }) => [from, to]),
  ];
  return times.filter((time) => time !== undefined && Number.isFinite(time)) as number[];
}

/**
 * 5 to 8 ticks of a span.
 *
 * @param origin the time that is 0
 */
export function ticksOf(span: Span, origin: number): Tick[] {
  const length = span.to - span.from;
  const step = tickStep(length);
  // A part of the timeline begins at any time, and its ticks are at whole steps.
  const first = Math.ceil((span.from - origin) / step - 1e-9) * step;
  const ticks: Tick[] = [];
  for (let since = first; origin + since <= span.to + step * 1e-6 && ticks.length <= MOST_TICKS; since += step) {
    ticks.push({ at: origin + since, text: tickText(since, step, length) });
  }
  return ticks;
}

function tickText(since: number, step: number, length: number): string {
  if (length < MINUTE) return `${Number((since / SECOND).toFixed(step < 100 ? 2 : step < SECOND ? 1 : 0))}s`;
  if (length < HOUR || step < MINUTE) return clock(since);
  if (since === 0) return '0m';
  return shortDurationText(since);
}

/** `5:00` */
function clock(since: number): string {
  const seconds = Math.round(since / SECOND);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

/** Where a time is on an axis, from 0 to 1. Times outside it are at its ends. */
export function placeOn({ from, to }: Span, time: number): number {
  const place = (time - from) / (to - from);
  return Number.isFinite(place) ? Math.min(1, Math.max(0, place)) : 0;
}
