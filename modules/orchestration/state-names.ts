/** The state for a checked error after which nothing is left to try. */
export const FAILED = 'Failed';

/** The state for a submission that was rejected in every round, or permanently. */
export const REFUSED = 'Submission refused';

/** Names of the states in which a run takes its place, if the job has limits. */
export const PLACE = {
  look: 'Look at the line',
  line: 'Is anybody in line',
  take: 'Take a place',
  hour: 'Begin the hour',
  day: 'Begin the day',
  retake: 'Take a place again',
  wait: 'Wait for a place',
  refused: 'Wait for a place, refused',
  skipped: 'Skipped',
} as const;

/**
 * Names of the states of a job with `forEach`. One loop runs all attempts: the number of the attempt is in the execution's data, and in
 * each submission. The states from `strings` on are in the Map.
 */
export const ITEMS = {
  plan: 'Find the items',
  planned: 'Are there items',
  next: 'What is next',
  run: 'Run the items',
  collect: 'Collect the items',
  wait: 'Wait before the next attempt',
  succeeded: 'Items succeeded',
  failed: 'Items failed',
  strings: 'Write the connection strings',
  choose: 'Choose the queue',
  array: 'Array',
  one: 'One item',
  refused: 'Array refused',
  ended: 'Array ended',
  read: 'Read the array',
  ends: 'Read its failures',
  listed: 'Its failures are listed',
  done: 'Array succeeded',
} as const;

/** Name of the state that submits an attempt. */
export function attemptName(attempt: number): string {
  return `Attempt ${attempt}`;
}

/** Name of the state that submits the same attempt to on-demand capacity. */
export function onDemandName(attempt: string): string {
  return `${attempt} on demand`;
}

/** Names of the states around a submission, which begin with the name of its state. */
export function submissionNames(name: string) {
  return {
    strings: `${name}, connection strings`,
    refused: `${name}, submission refused`,
    draw: `${name}, draw a delay`,
    delay: `${name}, delay`,
    resubmitted: `${name}, resubmitted`,
    again: `${name}, refused again`,
    nextRound: `${name}, next round`,
  };
}

/** Names of the states that find out whether an attempt was interrupted. */
export function reclaimNames(attempt: string) {
  return { entry: `${attempt}, was it reclaimed`, read: `${attempt}, read the job`, decide: `${attempt}, decide` };
}

/** Name of the state that decides whether a failed attempt is repeated. */
export function failureName(attempt: string): string {
  return `${attempt} failed`;
}

/** Names of the states that set the memory of the attempt after this one, if it was killed for memory, or failed otherwise. */
export function memoryNames(attempt: string) {
  return { more: `${failureName(attempt)}, more memory`, same: `${failureName(attempt)}, same memory` };
}

/** Name of the wait before an attempt. */
export function waitName(attempt: string): string {
  return `Wait before ${attempt.toLowerCase()}`;
}

/** What an execution does in a state, as far as a person wants to know. */
export interface StateMeaning {
  /**
   * - `job`: submits the job and waits for its end
   * - `delay`: waits before a submission that AWS Batch rejected is repeated
   * - `wait`: waits before the attempt
   * - `decision`: takes no time, or as long as a function takes
   */
  readonly kind: 'job' | 'delay' | 'wait' | 'decision';
  /** Undefined for a job with `forEach`, whose submissions have it. */
  readonly attempt?: number;
  /** Whether the attempt has left Spot capacity. */
  readonly onDemand: boolean;
}

const ATTEMPT = /^Attempt (\d+)( on demand)?(?:(?:, | )(.+))?$/;
const WAIT = /^Wait before attempt (\d+)$/;

/** The meaning of a state by its name. Undefined for the states that end an execution, and for those of others. */
export function stateMeaning(name: string): StateMeaning | undefined {
  const items = itemsMeaning(name);
  if (items !== undefined) return items;
  const wait = WAIT.exec(name);
  if (wait !== null) return { kind: 'wait', attempt: Number(wait[1]), onDemand: false };
  const [, number, onDemand] = ATTEMPT.exec(name) ?? [];
  if (number === undefined) return undefined;
  const attempt = attemptName(Number(number));
  const submission = onDemand === undefined ? attempt : onDemandName(attempt);
  const { resubmitted, delay } = submissionNames(submission);
  const kind = name === submission || name === resubmitted ? 'job' : name === delay ? 'delay' : 'decision';
  return { kind, attempt: Number(number), onDemand: onDemand !== undefined };
}

const SUBMITTED = [ITEMS.array, ITEMS.one].flatMap((name) => [name, onDemandName(name)]);

/** The states that end an execution have none. */
function itemsMeaning(name: string): StateMeaning | undefined {
  const submission = SUBMITTED.find((start) => name === start || name.startsWith(`${start}, `));
  if (submission !== undefined) {
    const { resubmitted, delay } = submissionNames(submission);
    const kind = name === submission || name === resubmitted ? 'job' : name === delay ? 'delay' : 'decision';
    return { kind, onDemand: submission.endsWith(onDemandName('')) };
  }
  if (name === ITEMS.wait) return { kind: 'wait', onDemand: false };
  const { succeeded, failed, refused, ...others } = ITEMS;
  return Object.values<string>(others).includes(name) ? { kind: 'decision', onDemand: false } : undefined;
}
