import { formatCount } from '../../../modules/problems/phrases';
import type { Attempt, ItemCounts, Run, Start, StartOutcome } from '../run';
import { isEnded } from '../words/activity';
import { isHostGone, isOutOfMemory } from '../words/reason';

/** What a part of a row shows. `tail`: from SIGTERM to the exit. `unknown`: AWS did not keep it. */
export type IntervalKind =
  | 'queue'
  | 'starting'
  | 'succeeded'
  | 'failed'
  | 'timed-out'
  | 'interrupted'
  | 'stopped'
  | 'running'
  | 'tail'
  | 'wait'
  | 'bracket'
  | 'unknown';

/** A part of a row, in milliseconds since 1970. */
export interface Interval {
  readonly kind: IntervalKind;
  readonly from: number;
  readonly to: number;
  /** In the bar, if there is room: `exit 1`. */
  readonly text?: string;
  /** Whether it lasts. */
  readonly isLive?: boolean;
}

/**
 * A point in a row. `notice`: a Spot interruption. `refusal`: a submission that AWS Batch did not accept. `limit`: the timeout. `end`: what
 * waited ended without a container.
 */
export interface Mark {
  readonly kind: 'notice' | 'refusal' | 'limit' | 'end';
  readonly at: number;
}

/** What a row shows. */
export interface Drawing {
  readonly intervals: readonly Interval[];
  readonly marks: readonly Mark[];
}

/** Outcomes of starts without a container. */
const UNSTARTED: readonly StartOutcome[] = ['canceled', 'not-started', 'refused', 'failed', 'stopped'];

/** What one start of a container shows. */
export function startDrawing(run: Run, attempt: Attempt, start: Start, now: number): Drawing {
  const intervals = [...waitingIntervals(run, attempt, start, now), ...runningIntervals(run, attempt, start, now)];
  return { intervals: intervals.map(inOrder), marks: marksOf(run, attempt, start) };
}

/** What an attempt shows before its first start: the time in which AWS Batch refused it, or all of it if it has no start. */
export function submissionDrawing(run: Run, attempt: Attempt, now: number): Drawing {
  const first = attempt.starts[0];
  const refusals = attempt.refusals.flatMap(({ at }): Mark[] => (at === undefined ? [] : [{ kind: 'refusal', at }]));
  if (first !== undefined) {
    const to = first.queuedAt ?? first.startingAt ?? first.startedAt ?? attempt.begunAt;
    const isWorth = attempt.refusals.length > 0 && to > attempt.begunAt;
    return { intervals: isWorth ? [{ kind: 'queue', from: attempt.begunAt, to }] : [], marks: refusals };
  }
  const isLive = !isEnded(attempt) && run.outcome === 'running';
  const to = isLive ? now : endOf(run, attempt, now);
  if (attempt.children !== undefined) return childrenDrawing(attempt, attempt.children, to, isLive);
  const waited = isLive || attempt.outcome === 'canceled' || attempt.outcome === 'refused';
  const kind = waited ? 'queue' : 'unknown';
  const end: Mark[] = UNSTARTED.includes(attempt.outcome) ? [{ kind: 'end', at: to }] : [];
  const interval: Interval = { kind, from: attempt.begunAt, to, ...(isLive && { isLive }) };
  return { intervals: [inOrder(interval)], marks: [...refusals, ...end] };
}

/** One bar for all children: when each of them ran is too much to ask for. */
function childrenDrawing(attempt: Attempt, children: ItemCounts, to: number, isLive: boolean): Drawing {
  const { outcome, begunAt: from, refusals } = attempt;
  const begun = children.running + children.succeeded + children.failed;
  const kind: IntervalKind = outcome === 'queued' && begun === 0 ? 'queue' : barKind({ outcome });
  const marks = refusals.flatMap(({ at }): Mark[] => (at === undefined ? [] : [{ kind: 'refusal', at }]));
  const text = children.failed > 0 ? `${formatCount(children.failed)} failed` : undefined;
  return { intervals: [inOrder({ kind, from, to, text, ...(isLive && { isLive }) })], marks };
}

/** The queue and the start of the instance. */
function waitingIntervals(run: Run, attempt: Attempt, start: Start, now: number): Interval[] {
  const { queuedAt, startingAt, startedAt, stoppedAt, outcome, batchStatus } = start;
  const isLive = isLiveStart(run, start);
  const until = startedAt ?? stoppedAt ?? (isLive ? now : endOf(run, attempt, now));
  const intervals: Interval[] = [];
  if (queuedAt !== undefined) {
    const waits = isLive && startingAt === undefined && startedAt === undefined;
    // AWS Batch was not asked, or did not answer: it can wait or run.
    const isUnknown = outcome === 'queued' && waits && run.place === 'aws' && batchStatus === undefined;
    const kind = isUnknown ? 'unknown' : 'queue';
    intervals.push({ kind, from: queuedAt, to: startingAt ?? until, ...(waits && { isLive: true }) });
  }
  if (startingAt !== undefined) {
    const isStarting = isLive && startedAt === undefined;
    intervals.push({ kind: 'starting', from: startingAt, to: until, ...(isStarting && { isLive: true }) });
  }
  if (intervals.length === 0 && startedAt === undefined) {
    const from = attempt.begunAt;
    intervals.push({ kind: isLive ? 'starting' : 'unknown', from, to: until, ...(isLive && { isLive: true }) });
  }
  return intervals;
}

function runningIntervals(run: Run, attempt: Attempt, start: Start, now: number): Interval[] {
  const { startedAt, stoppedAt, signalAt } = start;
  if (startedAt === undefined) return [];
  const isLive = isLiveStart(run, start);
  const to = stoppedAt ?? (isLive ? now : undefined);
  // Its end is not known.
  if (to === undefined) return [{ kind: 'unknown', from: startedAt, to: endOf(run, attempt, now) }];
  const kind = barKind(start);
  const text = barText(start, isLive);
  if (signalAt === undefined || signalAt >= to || signalAt < startedAt) {
    return [{ kind, from: startedAt, to, text, ...(isLive && { isLive }) }];
  }
  return [
    { kind, from: startedAt, to: signalAt, text },
    { kind: 'tail', from: signalAt, to, ...(isLive && { isLive }) },
  ];
}

function barKind({ outcome }: Pick<Start, 'outcome'>): IntervalKind {
  switch (outcome) {
    case 'succeeded':
    case 'interrupted':
    case 'timed-out':
    case 'stopped':
    case 'running':
      return outcome;
    case 'queued':
    case 'starting':
      return 'running';
    default:
      return 'failed';
  }
}

/** What a bar says: `exit 1`, `out of memory`, `timeout`, `instance gone`. */
function barText({ outcome, exitCode, reason }: Start, isLive: boolean): string | undefined {
  if (isLive) return undefined;
  if (isOutOfMemory(reason)) return 'out of memory';
  if (outcome === 'timed-out') return 'timeout';
  if (outcome === 'interrupted' && (exitCode === undefined || isHostGone(reason))) return 'instance gone';
  return exitCode === undefined ? undefined : `exit ${exitCode}`;
}

function marksOf(run: Run, attempt: Attempt, start: Start): Mark[] {
  const { outcome, signalAt, startedAt, stoppedAt } = start;
  const end = stoppedAt ?? attempt.endedAt;
  if (outcome === 'interrupted') {
    // AWS keeps no time of the notice, so it is at the end.
    const at = signalAt ?? end;
    return at === undefined ? [] : [{ kind: 'notice', at }];
  }
  if (outcome === 'running' && signalAt !== undefined && isSpotSignal(start)) return [{ kind: 'notice', at: signalAt }];
  if (outcome === 'timed-out') {
    const { timeout } = run.policy;
    const limit = startedAt === undefined || timeout === undefined ? undefined : startedAt + timeout * 1000;
    const at = signalAt ?? (limit === undefined || end === undefined ? end : Math.min(limit, end));
    return at === undefined ? [] : [{ kind: 'limit', at }];
  }
  const hasEnd = startedAt === undefined && UNSTARTED.includes(outcome) && end !== undefined;
  return hasEnd ? [{ kind: 'end', at: end }] : [];
}

/** Whether SIGTERM announced a Spot interruption. */
function isSpotSignal({ signalReason }: Start): boolean {
  return signalReason !== undefined && /spot|interrupt/i.test(signalReason);
}

/** Whether a start goes on. A run that has ended has none. */
export function isLiveStart(run: Run, { outcome, stoppedAt }: Start): boolean {
  const isOpen = outcome === 'queued' || outcome === 'starting' || outcome === 'running';
  return run.outcome === 'running' && isOpen && stoppedAt === undefined;
}

/** The last time that an attempt can have gone on. */
export function endOf(run: Run, attempt: Attempt, now: number): number {
  return attempt.endedAt ?? run.endedAt ?? (run.outcome === 'running' ? now : attempt.begunAt);
}

/** Clocks of two services differ: nothing ends before it began. */
function inOrder(interval: Interval): Interval {
  return interval.to >= interval.from ? interval : { ...interval, to: interval.from };
}
