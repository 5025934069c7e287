import { capitalized, counted } from '../../../modules/problems/phrases';
import { durationText } from '../duration';
import type { Attempt, Run } from '../run';
import { type Activity, activityOf } from './activity';
import { endPhrase, interruptions, leftText, movedToOnDemand, passedText, timesText } from './attempt-end';
import { countsText } from './items';
import { cut, plainReason } from './reason';
import { whoStopped } from './stopped-by';
import { isOnSpot, stopperOf } from './verdict';

/** Longest line, in characters. */
const LONGEST = 160;

/**
 * Why a run is or ended as its verdict says, in at most 160 characters, generated from its facts. The most important sentence is the
 * first. Empty if there is nothing to add.
 */
export function causeLine(run: Run, now: number): string {
  const [first, ...others] = sentences(run, now);
  if (first === undefined) return '';
  let line = cut(first, LONGEST);
  for (const sentence of others) {
    if (line.length + 1 + sentence.length <= LONGEST) line += ` ${sentence}`;
  }
  return line;
}

function sentences(run: Run, now: number): string[] {
  const past = attemptSentences(run);
  const throttled = throttledSentence(run);
  switch (run.outcome) {
    case 'running':
      return [...liveSentences(run, now), ...past, ...throttled];
    case 'succeeded':
      return past.length + throttled.length === 0 ? plainSuccess(run) : [...past, ...throttled];
    case 'timed-out':
      return [...timeoutSentences(run), ...past, ...throttled];
    case 'stopped':
      return [...stopSentences(run), ...past, ...throttled];
    case 'failed':
      return [...failureSentences(run, past), ...throttled];
  }
}

/** What the verdict of a failed run has no room for. */
function failureSentences(run: Run, past: readonly string[]): string[] {
  const last = run.attempts.at(-1);
  if (last?.outcome === 'canceled') {
    return [`AWS Batch canceled attempt ${last.number} in its queue.`, ...past];
  }
  // The verdict says how many failed.
  const [item] = run.items?.failures ?? [];
  if (item !== undefined) return [sentence(`Item ${item.index} failed: ${item.reason}`), ...past];
  if (past.length > 0) return [...past];
  const reason = plainReason(run.reason) ?? run.error;
  return [reason === undefined ? 'No reason is known.' : sentence(reason)];
}

function timeoutSentences(run: Run): string[] {
  if (run.attempts.at(-1)?.outcome === 'timed-out') return [];
  const length = run.endedAt === undefined ? '' : ` after ${durationText(run.endedAt - run.startedAt)}`;
  return [`Step Functions ended the run${length}.`];
}

function stopSentences(run: Run): string[] {
  const last = run.attempts.at(-1);
  const reason = plainReason(run.reason);
  const stopper = stopperOf(run);
  const isSaid = reason === undefined || (stopper !== undefined && [reason, whoStopped(reason)].includes(stopper));
  const why = isSaid ? [] : [sentence(run.place === 'local' ? capitalized(reason) : `Reason: ${reason}`)];
  const start = last?.starts.at(-1);
  if (run.items !== undefined) return [...why, sentence(capitalized(countsText(run.items.counts, true)))];
  if (start?.startedAt === undefined || last === undefined) {
    return [...why, 'Its container was not running.'];
  }
  const until = start.stoppedAt ?? last.endedAt ?? run.endedAt;
  const length = until === undefined ? '' : ` for ${durationText(until - start.startedAt)}`;
  return last.outcome === 'stopped' ? [...why, `Attempt ${last.number} had been running${length}.`] : why;
}

function plainSuccess({ attempts }: Run): string[] {
  const start = attempts.at(-1)?.starts.at(-1);
  if (start?.startedAt === undefined || start.stoppedAt === undefined) return [];
  return [`The container ran for ${durationText(start.stoppedAt - start.startedAt)} and exited with code 0.`];
}

function liveSentences(run: Run, now: number): string[] {
  const activity = activityOf(run);
  return activity === undefined ? [] : activitySentences(run, activity, now);
}

function activitySentences(run: Run, activity: Activity, now: number): string[] {
  const since = (time: number | undefined) => (time === undefined ? '' : ` for ${passedText(now - time)}`);
  switch (activity.kind) {
    case 'redrive':
      return ['The run failed and waits in Step Functions until it is started again from the failed state.'];
    case 'waiting':
      return [];
    case 'in-line':
      return [`A limit of the job is reached. The run has waited${since(activity.wait.from)} for its turn.`];
    case 'items': {
      const [first] = activity.items.failures;
      const failed = first === undefined ? [] : [sentence(`Item ${first.index} failed: ${first.reason}`)];
      return [sentence(capitalized(countsText(activity.items.counts))), ...failed];
    }
    case 'throttled':
      return [`AWS Batch has refused the submission ${refusalsText(run)}so far.`];
    case 'submitting':
      return [];
    case 'submitted':
      return [`AWS Batch accepted the job${ago(activity.since, now)}. What it does now is not known.`];
    case 'queued': {
      const { number, batchStatus } = activity.start;
      const status = batchStatus === undefined ? '' : ` (status ${batchStatus})`;
      const what = isOnSpot(run, activity.start) ? 'a Spot instance' : 'an instance';
      return [
        `Start ${number} has been in the queue${since(activity.since)}${status}.`,
        `AWS Batch starts it when ${what} is available.`,
      ];
    }
    case 'starting':
      return run.place === 'local'
        ? ['The container is starting.']
        : [`The instance has been pulling the image and starting the container${since(activity.since)}.`];
    case 'running':
      return activity.since === undefined ? [] : [`The container has been running${since(activity.since)}.`];
    case 'stopping': {
      const { signalReason = 'somebody', grace, signalAt = now } = activity.start;
      const left = grace === undefined ? undefined : signalAt + grace * 1000 - now;
      const rest = left === undefined || left <= 0 ? '' : ` It has ${leftText(left)} to exit.`;
      return [`The container got SIGTERM${ago(signalAt, now)} (${signalReason}).${rest}`];
    }
  }
}

function ago(time: number | undefined, now: number): string {
  return time === undefined ? '' : ` ${passedText(now - time)} ago`;
}

function refusalsText({ attempts }: Run): string {
  const count = attempts.at(-1)?.refusals.length ?? 0;
  return count === 0 ? '' : `${timesText(count)} `;
}

/** Submissions that AWS Batch accepted later. */
function throttledSentence({ attempts, outcome }: Run): string[] {
  const count = attempts.filter((attempt) => attempt.outcome !== 'refused').flatMap(({ refusals }) => refusals).length;
  if (count === 0 || (outcome === 'running' && attempts.at(-1)?.starts.length === 0)) return [];
  return [`AWS Batch throttled ${counted(count, 'submission')}.`];
}

/** How attempts ended that need an explanation, the last one first if it decided the run. */
function attemptSentences(run: Run): string[] {
  const groups = new Map<string, Attempt[]>();
  for (const attempt of run.attempts) {
    const phrase = endPhrase(attempt, run);
    const isPlain = attempt.outcome === 'succeeded' && interruptions(attempt) === 0 && !movedToOnDemand(attempt);
    if (phrase === undefined || isPlain || isToldBefore(run, attempt)) continue;
    groups.set(phrase, [...(groups.get(phrase) ?? []), attempt]);
  }
  const entries = [...groups];
  const decisive = entries.findIndex(([, attempts]) => attempts.at(-1) === run.attempts.at(-1));
  if (run.outcome === 'failed' && decisive > 0) entries.unshift(...entries.splice(decisive, 1));
  return entries.flatMap(([phrase, attempts]) => groupSentences(run, phrase, attempts));
}

/** Whether the verdict, or the sentence about the end of the run, says it already. */
function isToldBefore({ outcome, attempts }: Run, attempt: Attempt): boolean {
  if (attempt !== attempts.at(-1)) return false;
  return attempt.outcome === 'canceled' || (attempt.outcome === 'stopped' && outcome !== 'failed');
}

function groupSentences(run: Run, phrase: string, attempts: readonly Attempt[]): string[] {
  const [first] = attempts;
  if (first === undefined) return [];
  if (attempts.length === 1) return [aloneSentence(first, phrase)];
  const isAll = run.outcome === 'failed' && attempts.length === run.attempts.length;
  const all = attempts.length === 2 ? 'Both attempts' : `All ${attempts.length} attempts`;
  const subject = isAll ? all : subjectOf(attempts);
  return [sentence(`${subject} ${endPhrase(first, run, true)}`), ...attempts.flatMap(capacitySentence)];
}

/** `Attempt 1 had one Spot interruption, restarted, and exited with code 1.` */
function aloneSentence(attempt: Attempt, phrase: string): string {
  const { number, outcome } = attempt;
  const count = interruptions(attempt);
  // Its end says it.
  if (count === 0 || outcome === 'interrupted') return sentence(`Attempt ${number} ${phrase}`);
  const next = movedToOnDemand(attempt) ? 'moved to an on-demand instance' : 'restarted';
  return sentence(`Attempt ${number} had ${interruptionsText(count)}, ${next}, and ${phrase}`);
}

/** `Attempt 2 had two Spot interruptions and then moved to an on-demand instance.` */
function capacitySentence(attempt: Attempt): string[] {
  const count = interruptions(attempt);
  if (count === 0 || attempt.outcome === 'interrupted') return [];
  const moved = movedToOnDemand(attempt) ? ' and then moved to an on-demand instance' : '';
  return [`Attempt ${attempt.number} had ${interruptionsText(count)}${moved}.`];
}

const NUMBERS = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'];

function interruptionsText(count: number): string {
  return `${NUMBERS[count] ?? count} Spot ${count === 1 ? 'interruption' : 'interruptions'}`;
}

/** `Attempts 1 and 2`, `Attempts 1 to 5`, `Attempts 1, 3 and 4`, `14 attempts` */
function subjectOf(attempts: readonly Attempt[]): string {
  const numbers = attempts.map(({ number }) => number);
  const [first = 0, last = 0] = [numbers[0], numbers.at(-1)];
  if (numbers.length === 2) return `Attempts ${first} and ${last}`;
  if (last - first === numbers.length - 1) return `Attempts ${first} to ${last}`;
  if (numbers.length > 4) return `${numbers.length} attempts`;
  return `Attempts ${numbers.slice(0, -1).join(', ')} and ${last}`;
}

function sentence(text: string): string {
  return /[.!?…]$/.test(text) ? text : `${text}.`;
}
