import type { Attempt, Run, RunItems, Start, Wait } from '../run';
import { interruptions } from './attempt-end';

/** What a run in progress does. `submitting`: AWS Batch has not accepted the attempt yet. `submitted`: its status is unknown. */
export type Activity =
  | { readonly kind: 'redrive' }
  | { readonly kind: 'waiting' | 'throttled' | 'in-line'; readonly wait: Wait }
  | { readonly kind: 'submitting'; readonly attempt: number; readonly since: number }
  | { readonly kind: 'items'; readonly attempt: number; readonly items: RunItems }
  | {
      readonly kind: 'submitted' | 'queued' | 'starting' | 'running' | 'stopping';
      readonly attempt: number;
      readonly start: Start;
      /** Undefined if that is not known. */
      readonly since?: number;
    };

const WAITS = { retry: 'waiting', throttled: 'throttled', place: 'in-line' } as const;

/** What a run does. Undefined if it has ended. */
export function activityOf(run: Run): Activity | undefined {
  if (run.outcome !== 'running') return undefined;
  if (run.isRedrivePending) return { kind: 'redrive' };
  const wait = run.waits.at(-1);
  if (wait !== undefined && wait.to === undefined) {
    return { kind: WAITS[wait.kind], wait };
  }
  const attempt = run.attempts.at(-1);
  if (attempt === undefined) return { kind: 'submitting', attempt: 1, since: run.startedAt };
  if (isEnded(attempt)) {
    // Until a free restart begins, the attempt is interrupted.
    const isRestarted = attempt.outcome === 'interrupted' && interruptions(attempt) <= run.policy.freeRestarts;
    const next = isRestarted ? attempt.number : attempt.number + 1;
    return { kind: 'submitting', attempt: next, since: attempt.endedAt ?? attempt.begunAt };
  }
  if (run.items !== undefined && attempt.children !== undefined) {
    return { kind: 'items', attempt: attempt.number, items: run.items };
  }
  const start = attempt.starts.at(-1);
  if (start === undefined) return { kind: 'submitting', attempt: attempt.number, since: attempt.begunAt };
  return { ...startActivity(run, start), attempt: attempt.number, start };
}

type StartActivity = { readonly kind: 'submitted' | 'queued' | 'starting' | 'running' | 'stopping'; since?: number };

function startActivity({ place }: Run, start: Start): StartActivity {
  const { outcome, batchStatus, signalAt, startedAt, startingAt, queuedAt } = start;
  if (outcome === 'running') {
    return signalAt === undefined ? { kind: 'running', since: startedAt } : { kind: 'stopping', since: signalAt };
  }
  if (outcome === 'starting') return { kind: 'starting', since: startingAt };
  const isUnknown = place === 'aws' && batchStatus === undefined && outcome === 'queued';
  return { kind: isUnknown ? 'submitted' : 'queued', since: queuedAt };
}

/** Whether an attempt is over. */
export function isEnded({ outcome }: Pick<Attempt, 'outcome'>): boolean {
  return outcome !== 'queued' && outcome !== 'starting' && outcome !== 'running';
}
