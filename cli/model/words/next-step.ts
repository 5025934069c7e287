import { durationText } from '../duration';
import { mibText } from '../price-text';
import type { Run, Start } from '../run';
import type { Text } from '../stack';
import { type Activity, activityOf } from './activity';
import { leftText, lengthText } from './attempt-end';
import { nextMemory, withMoreMemory } from './memory';
import { ofMaximum } from './verdict';

/** Paragraphs. */
type Paragraphs = readonly (readonly Text[])[];

/** Longest wait between two submissions of a throttled attempt, in seconds. */
const LONGEST_RESUBMISSION = 15 * 60;

/** What happens next in a live run without anybody's help. Empty for a run that has ended. */
export function nextStep(run: Run, now: number): Paragraphs {
  const activity = activityOf(run);
  return activity === undefined ? [] : stepsOf(run, activity, now).filter((paragraph) => paragraph.length > 0);
}

function stepsOf(run: Run, activity: Activity, now: number): Paragraphs {
  switch (activity.kind) {
    case 'redrive':
      return [say('Step Functions continues with the failed state after a redrive. Without one, nothing follows.')];
    case 'waiting': {
      const { wait } = activity;
      const length = wait.waited ?? wait.seconds;
      const left = length === undefined ? undefined : wait.from + length * 1000 - now;
      const when = left === undefined ? 'after the wait' : left > 0 ? `in ${leftText(left)}` : 'now';
      return [say(`Attempt ${ofMaximum(run, wait.before)} starts ${when}${withMemory(run, wait.before)}.`)];
    }
    case 'in-line':
      return [
        say(
          'The first attempt starts when it is the run’s turn. The job’s limits say how many can run at the same time.',
        ),
      ];
    case 'throttled':
      return [
        say(
          `The state machine submits attempt ${activity.wait.before} again, at the latest ` +
            `${lengthText(LONGEST_RESUBMISSION)} after the last refusal. It gives up after about a day.`,
        ),
      ];
    case 'submitting':
      return [
        say(
          run.place === 'local'
            ? 'The image is built or pulled if necessary, and then the container starts.'
            : 'The state machine submits the job to AWS Batch, which puts it in the queue.',
        ),
      ];
    case 'items':
      return [
        say('AWS Batch starts the containers of items that wait as instances have room.'),
        activity.attempt >= (run.maximum ?? run.policy.attempts)
          ? say('It is the last attempt: an item that fails now has failed for good.')
          : say(`Attempt ${ofMaximum(run, activity.attempt + 1)} runs only the items that fail in this one.`),
      ];
    case 'submitted':
      return [say('The job waits in the queue or runs.'), afterFailure(run, activity.attempt)];
    case 'queued':
      return queued(run, activity.start, activity.attempt);
    case 'starting':
      return [say('The container runs as soon as it has started.'), afterFailure(run, activity.attempt)];
    case 'running':
      return [
        timeout(run, activity.start, now),
        afterFailure(run, activity.attempt),
        afterInterruption(run, activity.start, activity.attempt),
      ];
    case 'stopping':
      return stopping(run, activity.start, activity.attempt, now);
  }
}

function queued(run: Run, start: Start, attempt: number): Paragraphs {
  const { policy } = run;
  const seconds = policy.unplaceableAfter;
  const cancel =
    seconds === undefined
      ? say('The job stays in the queue until an instance is available.')
      : say(
          `If the job cannot be placed at all, AWS Batch cancels it after ${minutesText(seconds)} and the run fails with ` +
            'the reason. Otherwise it keeps waiting.',
        );
  const isAdvised = policy.isSpot && !policy.thenOnDemand && !start.onDemand;
  const advice = isAdvised
    ? [
        { text: 'Set ' },
        { text: 'spotInterruption.thenOnDemand', isCode: true },
        { text: ' to move to on-demand capacity after the last free restart.' },
      ]
    : [];
  return [cancel, afterFailure(run, attempt), advice];
}

function timeout({ policy }: Run, { startedAt }: Start, now: number): Text[] {
  if (policy.timeout === undefined || startedAt === undefined) return [];
  const left = startedAt + policy.timeout * 1000 - now;
  const limit = lengthText(policy.timeout);
  return say(
    left > 0
      ? `The container is stopped in ${leftText(left)}, at the timeout of ${limit}.`
      : `The container is stopped now: it has reached the timeout of ${limit}.`,
  );
}

/** What follows if an attempt fails. */
function afterFailure(run: Run, attempt: number): Text[] {
  const maximum = run.maximum ?? run.policy.attempts;
  if (attempt >= maximum) return say('If the attempt fails, the run fails: it is the last attempt.');
  const wait = run.policy.waits[attempt - 1] ?? 0;
  const when = wait > 0 ? `follows after ${lengthText(wait)}` : 'follows at once';
  return say(`If the attempt fails, attempt ${ofMaximum(run, attempt + 1)} ${when}.${moreMemory(run, attempt)}`);
}

/** What follows if an attempt is killed for memory. */
function moreMemory({ attempts, policy }: Run, number: number): string {
  const memory = attempts.find((attempt) => attempt.number === number)?.memory;
  const next = nextMemory(policy, memory);
  if (memory === undefined || next === undefined) return '';
  return ` If it runs out of its ${mibText(memory)} of memory, that attempt gets ${mibText(next)}.`;
}

/** The memory of an attempt that follows one that was killed for it. */
function withMemory({ attempts, policy }: Run, number: number): string {
  const before = attempts.find((attempt) => attempt.number === number - 1);
  if (before === undefined) return '';
  const reason = `${before.reason} ${before.starts.at(-1)?.reason}`;
  return withMoreMemory(policy, { ...before, reason });
}

/** What follows if Spot takes the instance. */
function afterInterruption(run: Run, start: Start, attempt: number): Text[] {
  const { isSpot, freeRestarts, thenOnDemand } = run.policy;
  if (!isSpot || start.onDemand) return [];
  const left = freeRestarts - (start.restart ?? 0);
  if (left > 0) {
    const all = `${left} of ${freeRestarts} free ${freeRestarts === 1 ? 'restart is' : 'restarts are'} left`;
    return say(`After a Spot interruption, AWS Batch restarts the job without using up an attempt: ${all}.`);
  }
  return say(
    thenOnDemand
      ? `After a Spot interruption, attempt ${attempt} continues on on-demand capacity: no free restart is left.`
      : 'A Spot interruption counts as a failure: no free restart is left.',
  );
}

function stopping(run: Run, start: Start, attempt: number, now: number): Paragraphs {
  const { signalAt, grace, signalReason = '' } = start;
  const left = signalAt === undefined || grace === undefined ? undefined : signalAt + grace * 1000 - now;
  const kill = left === undefined || left <= 0 ? 'soon' : `in ${leftText(left)}`;
  const killed = say(`The container gets SIGKILL ${kill} if it still runs.`);
  return /spot|interrupt/i.test(signalReason)
    ? [killed, afterInterruption(run, start, attempt)]
    : [killed, afterFailure(run, attempt)];
}

function minutesText(seconds: number): string {
  return seconds % 60 === 0 ? `${seconds / 60} minutes` : durationText(seconds * 1000);
}

function say(text: string): Text[] {
  return [{ text }];
}
