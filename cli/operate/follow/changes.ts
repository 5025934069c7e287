import type { Outcome, ProgressEvent } from '../../run-report/progress-event';
import { AWS_BATCH } from '../../run-report/progress-text';
import type { ContainerStart, RunAttempt, RunStory, RunWait } from '../run-story';

/** Something that has happened in a run since it was looked at before. */
export interface Change {
  readonly progressEvent: ProgressEvent;
  /** When it happened. Undefined if that is known only roughly: now. */
  readonly at?: Date;
  /** A log stream that has ended: its last lines come before this change. */
  readonly endOf?: { readonly stream: string; readonly at: Date };
}

const WAITED_FOR = { retry: 'attempt', throttled: 'submission', place: 'place' } as const;

/** Statuses of a job that waits for its next start. */
const WAITING: readonly (string | undefined)[] = ['SUBMITTED', 'PENDING', 'RUNNABLE', 'STARTING'];

/**
 * Finds out what is new in a run's story, as progress events. Each is found once, even if a later story knows less: the answers of AWS Batch and
 * of Step Functions can be some seconds old.
 */
export class Changes {
  private readonly told = new Set<string>();

  /** What the stories before did not have, in the order in which it happened. */
  next(story: RunStory): Change[] {
    const changes: Change[] = [...this.waits(story, 1, 'place')];
    story.attempts.forEach((attempt, index) => {
      const isFirstOfNumber = story.attempts.findIndex(({ number }) => number === attempt.number) === index;
      if (isFirstOfNumber) changes.push(...this.waits(story, attempt.number, 'retry'));
      changes.push(...this.attempt(attempt, index, story));
    });
    // The wait before an attempt that has not begun.
    const next = (story.attempts.at(-1)?.number ?? 0) + 1;
    changes.push(...this.waits(story, next, 'retry'));
    return changes;
  }

  private waits(story: RunStory, before: number, kind: RunWait['kind']): Change[] {
    return story.waits.flatMap((wait, index) => {
      if (wait.before !== before || wait.kind !== kind || !this.isNew(`wait ${index}`)) return [];
      const of = WAITED_FOR[kind];
      return [{ progressEvent: { type: 'waiting', of, attempt: String(before) }, at: wait.from }];
    });
  }

  private attempt(attempt: RunAttempt, index: number, story: RunStory): Change[] {
    const changes: Change[] = [];
    const { number, maximum, onDemand, jobId, queueArn, submitted, batchStatus, starts, outcome, reason } = attempt;
    const common = { attempt: String(number), maximumAttempts: String(maximum), onDemand };
    for (let refusal = 1; refusal <= attempt.refusals; refusal++) {
      if (!this.isNew(`refusal ${index} ${refusal}`)) continue;
      const isLast = refusal === attempt.refusals && outcome === 'refused';
      changes.push({ progressEvent: { type: 'refused', ...(isLast && { error: reason }), injected: false } });
    }
    changes.push(...this.waits(story, number, 'throttled'));
    if (jobId !== undefined && this.isNew(`submitted ${index}`)) {
      const queue = queueArn?.split('/').at(-1);
      changes.push({ progressEvent: { type: 'submitted', ...common, jobId, queue }, at: submitted });
    }
    for (const [place, start] of starts.entries()) changes.push(...this.start(attempt, start, `${index} ${place}`));
    const passed = starts.filter((start) => hasEnded(attempt, start)).length;
    if (outcome === undefined && (batchStatus === 'RUNNABLE' || batchStatus === 'STARTING')) {
      if (this.isNew(`queue ${index} ${passed} ${batchStatus}`)) {
        changes.push({ progressEvent: { type: 'queue', attempt: String(number), status: batchStatus } });
      }
    }
    if (outcome !== undefined && outcome !== 'refused' && starts.length === 0 && this.isNew(`end ${index}`)) {
      changes.push({ progressEvent: exitOf(attempt, undefined), at: attempt.ended });
    }
    return changes;
  }

  private start(attempt: RunAttempt, start: ContainerStart, key: string): Change[] {
    const changes: Change[] = [];
    const { number, maximum, onDemand } = attempt;
    const { started, stopped, logStream, instanceType, zone } = start;
    if (started !== undefined && this.isNew(`container ${key}`)) {
      const of = { attempt: String(number), maximumAttempts: String(maximum), run: start.number, onDemand };
      changes.push({ progressEvent: { type: 'container', ...of, by: AWS_BATCH, instanceType, zone }, at: started });
    }
    if (!hasEnded(attempt, start) || !this.isNew(`exit ${key}`)) return changes;
    const at = stopped ?? attempt.ended;
    const endOf = logStream === undefined ? undefined : { stream: logStream, at: at ?? new Date() };
    changes.push({ progressEvent: exitOf(attempt, start), at, endOf });
    if (isRestarted(attempt, start)) changes.push({ progressEvent: { type: 'restart', run: start.number + 1 }, at });
    return changes;
  }

  private isNew(key: string): boolean {
    if (this.told.has(key)) return false;
    this.told.add(key);
    return true;
  }
}

function hasEnded(attempt: RunAttempt, start: ContainerStart): boolean {
  return attempt.outcome !== undefined || isRestarted(attempt, start);
}

/** Whether AWS Batch starts the container again, within the attempt. */
function isRestarted({ starts, outcome, batchStatus }: RunAttempt, start: ContainerStart): boolean {
  if (start !== starts.at(-1)) return true;
  return outcome === undefined && start.stopped !== undefined && WAITING.includes(batchStatus);
}

function exitOf(attempt: RunAttempt, start: ContainerStart | undefined): ProgressEvent & { type: 'exit' } {
  const { started, stopped, exitCode = null, reason } = start ?? {};
  const end = stopped ?? attempt.ended;
  const from = started ?? (attempt.array && attempt.submitted);
  const seconds = from === undefined || end === undefined ? 0 : (end.getTime() - from.getTime()) / 1000;
  return {
    type: 'exit',
    attempt: String(attempt.number),
    outcome: outcomeOf(attempt, start),
    exitCode,
    reason: reason ?? attempt.reason ?? '',
    seconds: Math.max(0, Math.round(seconds * 1000) / 1000),
  };
}

function outcomeOf(attempt: RunAttempt, start: ContainerStart | undefined): Outcome {
  const { outcome = 'failed', array } = attempt;
  if (start !== undefined && isRestarted(attempt, start)) return 'interrupted';
  if (outcome === 'refused') return 'failed';
  // An array itself has no container.
  return outcome === 'failed' && array === undefined && start?.started === undefined ? 'not-started' : outcome;
}
