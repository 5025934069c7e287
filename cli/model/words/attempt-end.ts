import { counted, formatCount } from '../../../modules/problems/phrases';
import { durationText, shortDurationText } from '../duration';
import { mibText } from '../price-text';
import type { Attempt, ItemCounts, Run, Start } from '../run';
import { isHostGone, isOutOfMemory, placementReason, plainReason, refusalKind } from './reason';

/** Longest reason of AWS within a sentence, in characters. */
const LONGEST_REASON = 90;

/** Starts of an attempt that a Spot interruption ended. */
export function interruptions({ starts }: Attempt): number {
  return starts.filter(({ outcome }) => outcome === 'interrupted').length;
}

/** Whether an attempt went on with on-demand capacity. */
export function movedToOnDemand({ starts }: Attempt): boolean {
  return starts.some(({ onDemand }, index) => onDemand && index > 0 && starts[index - 1]?.onDemand === false);
}

/**
 * How an attempt ended, as what follows "Attempt 1 ": `exited with code 1`. Undefined if it has not.
 *
 * @param isOfMany whether it follows "Attempts 1 and 2 "
 */
export function endPhrase(
  attempt: Attempt,
  { policy, place }: Pick<Run, 'policy' | 'place'>,
  isOfMany = false,
): string | undefined {
  const was = isOfMany ? 'were' : 'was';
  const last = attempt.starts.at(-1);
  switch (attempt.outcome) {
    case 'succeeded':
      return 'succeeded';
    case 'failed':
      if (attempt.children !== undefined) return `ended with ${childrenText(attempt.children)}`;
      return failurePhrase(attempt, last);
    case 'interrupted':
      return interruptionPhrase(attempt, policy.freeRestarts, was);
    case 'timed-out':
      return timeoutPhrase(last, policy.timeout, isOfMany);
    case 'canceled':
      return `could not be placed: ${short(placementReason(attempt.reason))}`;
    case 'not-started':
      return startPhrase(attempt, last);
    case 'refused':
      return refusalPhrase(attempt, isOfMany);
    case 'stopped':
      return withReason(
        `${was} ${place === 'local' ? 'stopped' : 'terminated in AWS Batch'}`,
        plainReason(attempt.reason),
      );
    default:
      return undefined;
  }
}

/** `5 of 100 children failed`, as what follows `ended with`. */
function childrenText(counts: ItemCounts): string {
  const size = counts.waiting + counts.running + counts.succeeded + counts.failed;
  return `${formatCount(counts.failed)} of ${counted(size, 'child', 'children')} failed`;
}

/** A container that ran for less than the config's timeout had another one: the config was changed since. */
function timeoutPhrase(last: Start | undefined, timeout: number | undefined, isOfMany: boolean): string {
  const { startedAt, signalAt, stoppedAt } = last ?? {};
  const end = signalAt ?? stoppedAt;
  const ran = startedAt === undefined || end === undefined ? undefined : end - startedAt;
  const isOther = ran !== undefined && timeout !== undefined && ran < timeout * 1000 - SLACK;
  if (timeout !== undefined && !isOther) return `reached the timeout of ${lengthText(timeout)}`;
  return `reached ${isOfMany ? 'their' : 'its'} timeout`;
}

/** Clocks and timers of a timeout can be this much too early, in milliseconds. */
const SLACK = 1_000;

/** Exit codes of a container that a signal ended. */
const SIGNALS: { readonly [exitCode: number]: string } = {
  134: 'SIGABRT',
  137: 'SIGKILL',
  139: 'SIGSEGV',
  143: 'SIGTERM',
};

function failurePhrase({ reason, memory }: Attempt, last: Start | undefined): string {
  const { exitCode } = last ?? {};
  if (last?.isMadeToFail) return 'failed because of --fail-attempts';
  if (isOutOfMemory(reason, last?.reason)) {
    const facts = [memory && mibText(memory), exitCode !== undefined && `exit code ${exitCode}`].filter(Boolean);
    return facts.length === 0 ? 'ran out of memory' : `ran out of memory (${facts.join(', ')})`;
  }
  const why = plainReason(last?.reason) ?? plainReason(reason);
  if (last !== undefined && last.startedAt === undefined && exitCode === undefined) {
    return withReason('could not start the container', why);
  }
  if (exitCode === undefined) {
    if (isHostGone(why)) return 'lost the instance';
    return why === undefined ? 'failed, for an unknown reason' : withReason('failed', why);
  }
  const signal = SIGNALS[exitCode];
  return withReason(`exited with code ${exitCode}${signal === undefined ? '' : ` (${signal})`}`, why);
}

function interruptionPhrase(attempt: Attempt, freeRestarts: number, was: string): string {
  const count = Math.max(1, interruptions(attempt));
  const last = attempt.starts.at(-1);
  const isGone = last !== undefined && (last.exitCode === undefined || isHostGone(last.reason));
  // Without the notice, the container had no time to exit.
  const text = `${was} interrupted by Spot ${timesText(count)}${isGone ? ', without time to exit' : ''}`;
  if (freeRestarts === 0) return `${text}, and the job has no free restarts`;
  // With fewer, a restart follows, or the config was changed since.
  return count > freeRestarts ? `${text}, and no free restart was left` : text;
}

function startPhrase({ reason }: Attempt, last: Start | undefined): string {
  const why = plainReason(last?.reason) ?? plainReason(reason);
  // The name of the error says less than what follows it.
  const detail = why?.replace(/^Task failed to start(?:: )?/, '');
  return withReason('could not start the container', detail);
}

function refusalPhrase({ refusals, reason }: Attempt, isOfMany: boolean): string {
  const [was, it] = isOfMany ? ['were', 'them'] : ['was', 'it'];
  const errors = [...refusals.map(({ error }) => error ?? ''), reason ?? ''].join(' ');
  const why = plainReason(reason) ?? plainReason(refusals.at(-1)?.error);
  switch (refusalKind(errors)) {
    case 'throttled':
      return `${was} not submitted: AWS Batch throttled ${it} ${timesText(Math.max(1, refusals.length))}`;
    case 'denied':
      return withReason(`${was} not submitted, permission denied`, why);
    default:
      return withReason(`${was} not accepted by AWS Batch`, why);
  }
}

/** A length that a config says, in seconds: `20m`. */
export function lengthText(seconds: number): string {
  return shortDurationText(seconds * 1000);
}

/** A time that passes, in whole seconds: tenths would flicker. */
export function passedText(milliseconds: number): string {
  return durationText(Math.floor(Math.max(0, milliseconds) / 1000) * 1000);
}

/** A time that is left, in whole seconds. */
export function leftText(milliseconds: number): string {
  return durationText(Math.ceil(milliseconds / 1000) * 1000);
}

/** `once`, `twice`, `3 times` */
export function timesText(count: number): string {
  if (count === 1) return 'once';
  return count === 2 ? 'twice' : `${count} times`;
}

function withReason(text: string, reason: string | undefined): string {
  return reason === undefined || reason === '' ? text : `${text}: ${short(reason)}`;
}

function short(reason: string): string {
  const text = reason.replace(/\.$/, '');
  return text.length > LONGEST_REASON ? `${text.slice(0, LONGEST_REASON - 1).trimEnd()}…` : text;
}
