import type { AttemptOutcome, ContainerStart, RunAttempt, RunStory } from '../run-story';

/** `Attempt 2 of 3, on demand, start 2` */
export function attemptTitle({ number, maximum, onDemand }: RunAttempt, start?: ContainerStart): string {
  const parts = [`Attempt ${number} of ${Math.max(number, maximum)}`];
  if (onDemand) parts.push('on demand');
  if (start !== undefined && start.number > 1) parts.push(`start ${start.number}`);
  return parts.join(', ');
}

const OUTCOMES: { readonly [Outcome in AttemptOutcome]: string } = {
  succeeded: 'succeeded',
  failed: 'failed',
  'timed-out': 'timed out',
  canceled: 'was canceled',
  interrupted: 'was interrupted',
  refused: 'was refused by AWS Batch',
  stopped: 'was stopped',
};

/** How an attempt ended: `Attempt 1 failed: Exit code 3`. Undefined while it goes on. */
export function endOfAttempt({ number, outcome, reason }: RunAttempt): string | undefined {
  if (outcome === undefined) return undefined;
  const text = `Attempt ${number} ${OUTCOMES[outcome]}`;
  return reason === undefined || outcome === 'succeeded' ? text : `${text}: ${reason}`;
}

/** Why a container was not its attempt's last. */
export function endOfStart(
  { starts, outcome }: RunAttempt,
  { number, isReclaim, reason }: ContainerStart,
): string | undefined {
  if (!isReclaim || (number === starts.length && outcome !== undefined)) return undefined;
  const text = `Spot interruption of start ${number}`;
  return reason === undefined ? text : `${text}: ${reason}`;
}

/** Whether a container has ended, also if AWS Batch starts it again. */
export function hasStopped({ starts, outcome }: RunAttempt, start: ContainerStart): boolean {
  return outcome !== undefined || start.stopped !== undefined || start.number < starts.length;
}

const WAITING: { readonly [status: string]: string } = {
  SUBMITTED: 'in the queue, not yet examined',
  PENDING: 'in the queue, not yet examined',
  RUNNABLE: 'in the queue, waiting for an instance',
  STARTING: 'starting, the instance pulls the image',
};

/** What a run waits for. Undefined while its container runs. */
export function waitingText({ attempts, waits }: RunStory): string | undefined {
  const wait = waits.at(-1);
  if (wait !== undefined && wait.to === undefined) {
    if (wait.kind === 'place') return 'waiting for a place';
    return wait.kind === 'retry'
      ? `waiting for attempt ${wait.before}`
      : `waiting to submit attempt ${wait.before} again, which AWS Batch throttled`;
  }
  return WAITING[attempts.at(-1)?.batchStatus ?? ''];
}
