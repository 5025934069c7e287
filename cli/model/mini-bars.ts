import type { MiniBar, Run } from './run';
import type { IntervalKind } from './timeline/intervals';
import { timelineRows } from './timeline/rows';

/** Bars of a list are a few pixels wide: more than these cannot be told apart. */
const MOST_BARS = 60;

const KINDS: { readonly [Kind in IntervalKind]?: MiniBar['kind'] } = {
  queue: 'queue',
  starting: 'queue',
  wait: 'wait',
  running: 'running',
  succeeded: 'succeeded',
  failed: 'failed',
  'timed-out': 'failed',
  stopped: 'failed',
  interrupted: 'interrupted',
  unknown: 'unknown',
};

/** The mini timeline of a run, in milliseconds since its start: the shapes of the timeline in one line, without starts. */
export function miniBars(run: Run, now: number): MiniBar[] {
  const intervals = timelineRows(run, now).flatMap((row) => row.intervals);
  const bars = intervals.flatMap(({ kind, from, to }): MiniBar[] => {
    const mini = kind === 'tail' ? tailKind(run) : KINDS[kind];
    if (mini === undefined) return [];
    return [{ kind: mini, from: Math.max(0, from - run.startedAt), to: Math.max(0, to - run.startedAt) }];
  });
  const merged: MiniBar[] = [];
  for (const bar of bars.sort((a, b) => a.from - b.from)) {
    const last = merged.at(-1);
    // A tail continues its bar.
    if (last !== undefined && last.kind === bar.kind && bar.from <= last.to) {
      merged[merged.length - 1] = { ...last, to: Math.max(last.to, bar.to) };
    } else merged.push(bar);
  }
  if (merged.length <= MOST_BARS) return merged;
  return [...merged.slice(0, MOST_BARS / 2), ...merged.slice(-MOST_BARS / 2)];
}

function tailKind({ attempts }: Run): MiniBar['kind'] {
  return attempts.some(({ starts }) => starts.some(({ outcome }) => outcome === 'interrupted'))
    ? 'interrupted'
    : 'failed';
}

/** The lowest bar of a strip, as part of its height. */
const LOWEST = 0.2;

/**
 * Heights of a strip of runs, from 0.2 to 1: by the logarithm of their durations, so that a run of a minute can be seen beside one of a
 * day. Undefined durations are the lowest.
 *
 * @param durations in milliseconds
 */
export function stripHeights(durations: readonly (number | undefined)[]): number[] {
  const logs = durations.map((duration) => Math.log10(Math.max(1, duration ?? 1)));
  const known = logs.filter((_, index) => durations[index] !== undefined);
  const [least, most] = [Math.min(...known), Math.max(...known)];
  return logs.map((log, index) => {
    if (durations[index] === undefined) return LOWEST;
    // Durations that hardly differ are drawn alike: a strip is no measurement.
    const range = Math.max(most - least, 1);
    return round(1 - ((most - log) / range) * (1 - LOWEST));
  });
}

function round(height: number): number {
  return Math.round(Math.max(LOWEST, Math.min(1, height)) * 1000) / 1000;
}
