import { memoriesOf } from '../../modules/orchestration/memory-states';
import { attemptName, memoryNames, PLACE, waitName } from '../../modules/orchestration/state-names';
import { same, type Values, valuesOf } from './plan-document';

/** What the change of a job's state machine means for its runs, such as `5 attempts (was 2)`. */
export function stateMachineFacts(before: Values, after: Values): string[] {
  const [from, to] = [plan(before), plan(after)];
  return [
    ...(from.attempts === to.attempts ? [] : [`${counted(to.attempts, 'attempt')} (was ${from.attempts})`]),
    ...waitFacts(from, to),
    ...timeoutFacts(from.timeout, to.timeout),
    ...memoryFacts(from.memories, to.memories),
    ...limitFacts(from.places, to.places),
  ];
}

/** Attempts of each run of a job, according to its state machine. */
export function attemptsOf(document: Values): number {
  return plan(document).attempts;
}

/** ARNs of the job queues that a state machine submits to. */
export function queuesOf(document: Values): string[] {
  const queues = Object.values(valuesOf(document.States)).map((state) => parameters(state).JobQueue);
  return [...new Set(queues.filter((queue) => typeof queue === 'string'))];
}

interface Plan {
  readonly attempts: number;
  /** Seconds before each attempt but the first. */
  readonly waits: readonly number[];
  /** Seconds. */
  readonly timeout: unknown;
  /** MiB of attempts that follow one that was killed for memory, each of a further kill. None if they get no more. */
  readonly memories: readonly string[];
  /** The states in which a run takes its place. None if the job has no limits. */
  readonly places: readonly unknown[];
}

function plan(document: Values): Plan {
  const states = valuesOf(document.States);
  let attempts = 0;
  while (attemptName(attempts + 1) in states) attempts += 1;
  const submission = parameters(states[attemptName(1)]);
  return {
    attempts,
    waits: Array.from({ length: Math.max(attempts - 1, 0) }, (_, index) =>
      Number(valuesOf(states[waitName(attemptName(index + 2))]).Seconds ?? 0),
    ),
    timeout: valuesOf(submission.Timeout).AttemptDurationSeconds,
    memories: memoriesOf(valuesOf(states[memoryNames(attemptName(1)).more]).Assign),
    places: Object.values(PLACE).flatMap((name) => states[name] ?? []),
  };
}

function parameters(state: unknown): Values {
  return valuesOf(valuesOf(state).Parameters);
}

function waitFacts(from: Plan, to: Plan): string[] {
  const shared = Math.min(from.waits.length, to.waits.length);
  if (same(from.waits.slice(0, shared), to.waits.slice(0, shared))) return [];
  return [`waits of ${to.waits.join(', ')} s (was ${from.waits.join(', ')})`];
}

function timeoutFacts(from: unknown, to: unknown): string[] {
  if (from === to) return [];
  const seconds = (value: unknown) => (value === undefined ? 'none' : Number(value).toLocaleString('en'));
  if (to === undefined) return [`no timeout (was ${seconds(from)} s)`];
  return [`timeout of ${seconds(to)} s (was ${seconds(from)})`];
}

function memoryFacts(from: readonly string[], to: readonly string[]): string[] {
  if (same(from, to)) return [];
  if (to.length === 0) return ['out of memory: the next attempt gets no more'];
  const list = (memories: readonly string[]) => memories.map((each) => Number(each).toLocaleString('en')).join(', ');
  const was = from.length === 0 ? '' : ` (was ${list(from)})`;
  return [`out of memory: the next attempt gets more, ${list(to)} MiB${was}`];
}

function limitFacts(from: readonly unknown[], to: readonly unknown[]): string[] {
  if (same(from, to)) return [];
  if (from.length === 0) return ['limits are added'];
  return [to.length === 0 ? 'limits are removed' : 'other limits'];
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
