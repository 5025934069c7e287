import { countsText } from '../model/words/items';
import { numberInLine } from '../model/words/number-in-line';
import type { RunStory, RunWait } from './run-story';

/** What a run in progress does, and since when. */
export interface Activity {
  readonly text: string;
  readonly since?: Date;
}

/** The number of an attempt, from 1, and how many there can be. */
export interface AttemptNumber {
  readonly number: number;
  readonly maximum: number;
}

function waitText({ kind, before, ahead }: RunWait): string {
  switch (kind) {
    case 'place':
      return `waiting for a place${ahead === undefined ? '' : `, ${numberInLine(ahead)}`}`;
    case 'retry':
      return `waiting for attempt ${before}`;
    case 'throttled':
      return `waiting to submit attempt ${before} again, which AWS Batch refused`;
  }
}

/** What a run does: `in the queue`, `running`, `waiting for attempt 2`. Undefined if it has ended. */
export function activityOf({ status, ended, attempts, waits, items, item }: RunStory): Activity | undefined {
  if (ended !== undefined || (status !== 'RUNNING' && status !== 'PENDING_REDRIVE')) return undefined;
  const wait = waits.at(-1);
  if (wait !== undefined && wait.to === undefined) {
    return { text: waitText(wait), since: wait.from };
  }
  const attempt = attempts.at(-1);
  if (attempt === undefined && item !== undefined) return { text: 'waiting to be submitted' };
  if (attempt === undefined || attempts.every(({ outcome }) => outcome !== undefined))
    return { text: 'between two attempts' };
  if (items !== undefined) return { text: countsText(items.counts) };
  const start = attempt.starts.at(-1);
  switch (attempt.batchStatus) {
    case 'RUNNING':
      return { text: 'running', since: start?.started };
    case 'STARTING':
      return { text: 'starting', since: start?.queued ?? attempt.submitted };
    case undefined:
      return attempt.jobId === undefined
        ? { text: 'being submitted', since: attempt.begun }
        : { text: 'submitted', since: attempt.submitted };
    default:
      return { text: 'in the queue', since: start?.stopped ?? attempt.submitted };
  }
}

/**
 * The last attempt of a run, also if its jobs are no longer among the events. Undefined if it has none yet, as while it waits for a place.
 *
 * @param maximum attempts that the job's config allows
 */
export function currentAttempt({ attempts, waits }: RunStory, maximum: number): AttemptNumber | undefined {
  const wait = waits.at(-1);
  if (attempts.length > 0) return attempts.at(-1);
  return wait === undefined || wait.kind === 'place' ? undefined : { number: Math.max(1, wait.before - 1), maximum };
}
