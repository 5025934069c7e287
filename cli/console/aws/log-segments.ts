import { counted } from '../../../modules/problems/phrases';
import type { LogMark } from '../../model/console';
import { durationText } from '../../model/duration';
import type { Attempt, Run, Start, Wait } from '../../model/run';
import { withMoreMemory } from '../../model/words/memory';
import { isOutOfMemory } from '../../model/words/reason';

/** A part of a run's log: the lines of one start of a container, or a mark between them. */
export type LogSegment =
  | { readonly key: string; readonly attempt: Attempt; readonly start: Start }
  | {
      readonly key: string;
      /** Milliseconds since 1970. */
      readonly at: number;
      /** `2.3`. Empty before the first start. */
      readonly of: string;
      readonly mark: LogMark;
    };

/** The parts of a run's log, in their order, as far as the run has come. A part that has been there stays. */
export function logSegments(run: Run): LogSegment[] {
  const segments = run.attempts.flatMap((attempt) => [
    ...attempt.starts.flatMap((start, index) => [
      { key: `${attempt.number}.${start.number}`, attempt, start },
      ...marksBetween(run, attempt, start, attempt.starts[index + 1]),
    ]),
    ...attemptEnd(run, attempt),
  ]);
  return [...segments, ...runEnd(run)];
}

/** Marks between two starts of an attempt. */
function marksBetween(run: Run, attempt: Attempt, start: Start, next: Start | undefined): LogSegment[] {
  if (next === undefined) return [];
  const [of, nextOf] = [`${attempt.number}.${start.number}`, `${attempt.number}.${next.number}`];
  const at = start.stoppedAt ?? next.queuedAt ?? next.startedAt ?? attempt.begunAt;
  const ended = segment(`${of} end`, at, of, {
    kind: 'interrupted',
    title: 'Spot interruption',
    detail: endText(start),
  });
  if (next.onDemand && !start.onDemand) {
    const detail = `Attempt ${attempt.number} continues: no free restart was left`;
    return [ended, segment(`${nextOf} move`, at, nextOf, { kind: 'on-demand', title: 'Moved to on-demand', detail })];
  }
  const restarts = Math.max(run.policy.freeRestarts, next.restart ?? 1);
  const title = `Free restart ${next.restart ?? start.number} of ${restarts}`;
  return [ended, segment(`${of} restart`, at, of, { kind: 'restart', title, detail: 'The attempt is not used up' })];
}

function attemptEnd(run: Run, attempt: Attempt): LogSegment[] {
  const { number, outcome, starts, endedAt, reason } = attempt;
  const mark = ENDS[outcome];
  if (mark === undefined || endedAt === undefined) return [];
  const last = starts.at(-1);
  const of = last === undefined ? '' : `${number}.${last.number}`;
  const killed = isOutOfMemory(reason, last?.reason) ? ', out of memory' : '';
  const code = last?.exitCode === undefined ? undefined : `exit code ${last.exitCode}${killed}`;
  const [kind, words] = mark;
  const why = reason !== undefined && code !== undefined && reason.toLowerCase().includes(code) ? reason : undefined;
  const end = (why ?? code ?? reason)?.replace(/\.+$/, '');
  const detail = [end, nextText(run, attempt)].filter(Boolean).join('. ');
  return [segment(`attempt ${number}`, endedAt, of, { kind, title: `Attempt ${number} ${words}`, detail })];
}

type End = readonly [kind: LogMark['kind'], words: string];

/** An attempt that has succeeded ends with the run. */
const ENDS: { readonly [outcome in Attempt['outcome']]?: End } = {
  failed: ['failed', 'failed'],
  interrupted: ['interrupted', 'was interrupted'],
  'timed-out': ['timed-out', 'timed out'],
  canceled: ['failed', 'was canceled'],
  'not-started': ['failed', 'did not start'],
  refused: ['failed', 'was refused by AWS Batch'],
};

function nextText({ waits, policy }: Run, ended: Attempt): string | undefined {
  const number = ended.number + 1;
  const reason = `${ended.reason} ${ended.starts.at(-1)?.reason}`;
  const memory = withMoreMemory(policy, { ...ended, reason });
  const wait = waits.find(({ kind, before }) => kind === 'retry' && before === number);
  if (wait === undefined) return memory === '' ? undefined : `Attempt ${number} is next,${memory}`;
  const ms = lengthOf(wait);
  const next = ms === undefined ? `Attempt ${number} is next` : `Attempt ${number} starts in ${durationText(ms)}`;
  return `${next}${memory && `,${memory}`}`;
}

function lengthOf({ seconds, from, to }: Wait): number | undefined {
  if (seconds !== undefined) return seconds * 1000;
  return to === undefined ? undefined : to - from;
}

function runEnd({ outcome, endedAt, attempts, reason, error }: Run): LogSegment[] {
  if (endedAt === undefined || outcome === 'running') return [];
  const last = attempts.at(-1);
  const start = last?.starts.at(-1);
  const of = last === undefined || start === undefined ? '' : `${last.number}.${start.number}`;
  const end = (kind: LogMark['kind'], title: string, detail = '') => [
    segment('end', endedAt, of, { kind, title, detail }),
  ];
  if (outcome === 'succeeded') {
    return end('succeeded', 'Succeeded', start?.exitCode === undefined ? '' : `exit code ${start.exitCode}`);
  }
  if (outcome === 'stopped') return end('stopped', 'Stopped', reason);
  const count = last?.number ?? 0;
  const title = count === 0 ? 'Failed' : `Failed after ${counted(count, 'attempt')}`;
  return end(outcome === 'timed-out' ? 'timed-out' : 'failed', title, reason ?? error);
}

function endText({ exitCode, reason }: Start): string {
  return exitCode === undefined ? (reason ?? '') : `exit code ${exitCode}`;
}

function segment(key: string, at: number, of: string, mark: LogMark): LogSegment {
  return { key, at, of, mark };
}
