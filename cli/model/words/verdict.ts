import { counted, formatCount } from '../../../modules/problems/phrases';
import { type IconName, runLook, type Tone } from '../outcome';
import type { Run, Start, Wait } from '../run';
import { activityOf, isEnded } from './activity';
import { lengthText } from './attempt-end';
import { numberInLine } from './number-in-line';
import { cut, placementReason } from './reason';
import { stoppedBy } from './stopped-by';

/** The answer to "did my run work", with the look of the outcome. */
export interface Verdict {
  readonly text: string;
  readonly icon: IconName;
  readonly tone: Tone;
}

/** Longest verdict, in characters. */
const LONGEST = 120;

/** How a run is or ended, generated from its facts. The time changes it only if the run does. */
export function verdict(run: Run): Verdict {
  const { icon, tone } = runLook(run);
  return { text: cut(verdictText(run), LONGEST), icon, tone };
}

function verdictText(run: Run): string {
  switch (run.outcome) {
    case 'running':
      return liveText(run);
    case 'succeeded':
      if (run.isSkipped) return 'Skipped: a limit of the job was reached';
      return `Succeeded${onAttempt(run)}${failedText(run, ', though ')}`;
    case 'failed':
      return failureText(run);
    case 'timed-out':
      return `Timed out${onAttempt(run)}`;
    case 'stopped':
      return stoppedText(run);
  }
}

function stoppedText(run: Run): string {
  const who = stopperOf(run);
  return who === undefined ? `Stopped${onAttempt(run)}` : stoppedBy(who);
}

/** Who or what stopped a run. On this machine, the reason is the signal that did. */
export function stopperOf({ place, stoppedBy: who, reason }: Run): string | undefined {
  return who ?? (place === 'local' && reason !== undefined && SIGNAL.test(reason) ? reason : undefined);
}

const SIGNAL = /^(?:Ctrl-C|SIG[A-Z]+)$/;

function failureText(run: Run): string {
  const { attempts } = run;
  const last = attempts.at(-1);
  const items = failedText(run);
  if (items !== '') return items;
  if (last?.outcome === 'canceled') return `Could not be placed: ${placementReason(last.reason)}`;
  // AWS Batch never had a refused one.
  const count = attempts.filter((attempt) => isEnded(attempt) && attempt.outcome !== 'refused').length;
  if (count === 0) return 'Failed before an attempt started';
  return `Failed after ${counted(count, 'attempt')}`;
}

function liveText(run: Run): string {
  const activity = activityOf(run);
  switch (activity?.kind) {
    case undefined:
      return 'Running';
    case 'redrive':
      return 'Waiting for a redrive';
    case 'waiting': {
      const { seconds, waited, before } = activity.wait;
      const length = waited ?? seconds;
      const time = length === undefined ? '' : ` ${lengthText(length)}`;
      return `Waiting${time} before attempt ${ofMaximum(run, before)}`;
    }
    case 'in-line':
      return placeText(activity.wait);
    case 'throttled':
      return `Waiting to submit attempt ${ofMaximum(run, activity.wait.before)} again`;
    case 'submitting':
      return `${run.place === 'local' ? 'Preparing' : 'Submitting'} attempt ${ofMaximum(run, activity.attempt)}`;
    case 'submitted':
      return `Submitted attempt ${ofMaximum(run, activity.attempt)} to AWS Batch`;
    case 'items': {
      const { count, counts } = activity.items;
      const done = `${formatCount(counts.succeeded)} of ${counted(count, 'item')} done`;
      return `${done}, attempt ${ofMaximum(run, activity.attempt)}`;
    }
    case 'queued': {
      const what = waitsForInstance(activity.start) ? `Waiting for ${capacity(run, activity.start)}` : 'In the queue';
      return `${what}, attempt ${ofMaximum(run, activity.attempt)}`;
    }
    case 'starting':
      return `Starting attempt ${ofMaximum(run, activity.attempt)}`;
    case 'running':
    case 'stopping':
      return `Running attempt ${ofMaximum(run, activity.attempt)}`;
  }
}

/** `3 of 100 items failed`. Empty if none did. */
function failedText({ items }: Run, before = ''): string {
  if (items === undefined || items.counts.failed === 0) return '';
  return `${before}${formatCount(items.counts.failed)} of ${counted(items.count, 'item')} failed`;
}

/** Before `RUNNABLE`, AWS Batch has not looked for an instance. */
function waitsForInstance({ batchStatus }: Start): boolean {
  return batchStatus === undefined || batchStatus === 'RUNNABLE';
}

/** `Spot capacity` */
function capacity(run: Run, start: Start): string {
  return isOnSpot(run, start) ? 'Spot capacity' : 'on-demand capacity';
}

/** Whether a start's container runs on Spot capacity. */
export function isOnSpot({ policy }: Run, { onDemand }: Start): boolean {
  return policy.isSpot && !onDemand;
}

function onAttempt(run: Run): string {
  const number = run.attempts.at(-1)?.number ?? run.attempt;
  return number === undefined ? '' : ` on attempt ${ofMaximum(run, number)}`;
}

/** `2 of 3` */
export function ofMaximum(run: Run, number: number): string {
  const maximum = run.maximum ?? run.policy.attempts;
  // A config that was changed since can allow fewer.
  return maximum >= number ? `${number} of ${maximum}` : String(number);
}

function placeText({ ahead }: Wait): string {
  return `Waiting for a place${ahead === undefined ? '' : `, ${numberInLine(ahead)}`}`;
}
