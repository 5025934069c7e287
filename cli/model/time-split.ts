import type { Run } from './run';
import type { IntervalKind } from './timeline/intervals';
import { startDrawing, submissionDrawing } from './timeline/intervals';

/** Where the time of a run went. */
export interface TimeShare {
  readonly kind: 'running' | 'queue' | 'starting' | 'wait' | 'unknown' | 'other';
  readonly label: string;
  readonly milliseconds: number;
}

const LABELS: { readonly [Kind in TimeShare['kind']]: string } = {
  running: 'Running',
  queue: 'In queue',
  starting: 'Starting',
  wait: 'Waits between attempts',
  unknown: 'Not recorded',
  other: 'Between steps',
};

/** Less than this part of a run between its steps is not worth a line. */
const WORTH = 0.02;

/** The shares of a run's time, the longest kinds of work first. Kinds that took none are left out. */
export function timeSplit(run: Run, now: number): TimeShare[] {
  const sums = new Map<TimeShare['kind'], number>();
  const add = (kind: TimeShare['kind'], milliseconds: number) => {
    if (milliseconds > 0) sums.set(kind, (sums.get(kind) ?? 0) + milliseconds);
  };
  for (const attempt of run.attempts) {
    const drawings = [
      submissionDrawing(run, attempt, now),
      ...attempt.starts.map((start) => startDrawing(run, attempt, start, now)),
    ];
    for (const { kind, from, to } of drawings.flatMap(({ intervals }) => intervals)) add(shareOf(kind), to - from);
  }
  for (const { kind, from, to } of run.waits) {
    // The others are part of an attempt's queue.
    if (kind !== 'throttled') add('wait', (to ?? (run.outcome === 'running' ? now : (run.endedAt ?? from))) - from);
  }
  const total = (run.endedAt ?? now) - run.startedAt;
  const rest = total - [...sums.values()].reduce((sum, part) => sum + part, 0);
  if (total > 0 && rest / total > WORTH) add('other', rest);
  return (Object.keys(LABELS) as TimeShare['kind'][]).flatMap((kind) => {
    const milliseconds = sums.get(kind);
    // It would say 0s.
    return milliseconds === undefined || milliseconds < 50 ? [] : [{ kind, label: LABELS[kind], milliseconds }];
  });
}

function shareOf(kind: IntervalKind): TimeShare['kind'] {
  if (kind === 'queue' || kind === 'starting' || kind === 'wait' || kind === 'unknown') return kind;
  return 'running';
}

/** How long containers ran, and how many of them there were. */
export function containerTime(run: Run, now: number): { readonly milliseconds: number; readonly starts: number } {
  const starts = run.attempts.flatMap((attempt) => attempt.starts).filter(({ startedAt }) => startedAt !== undefined);
  const milliseconds = timeSplit(run, now).find(({ kind }) => kind === 'running')?.milliseconds ?? 0;
  return { milliseconds, starts: starts.length };
}
