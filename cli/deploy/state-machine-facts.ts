import { memoriesOf } from '../../modules/orchestration/memory-states';
import { attemptName, ITEMS, memoryNames, PLACE, waitName } from '../../modules/orchestration/state-names';
import { statesOf } from '../../modules/orchestration/submissions';
import { counted, formatCount } from '../../modules/problems/phrases';
import { same, type Values, valuesOf } from './plan-document';

/** What the change of a job's state machine means for its runs, such as `5 attempts (was 2)`. */
export function stateMachineFacts(before: Values, after: Values): string[] {
  const [from, to] = [plan(before), plan(after)];
  return [
    ...itemFacts(from.items, to.items),
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
  const queues = [...statesOf(document).values()].map((state) => parameters(state).JobQueue);
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
  /** Where the items of an event come from. Undefined if each event is one container. */
  readonly items?: Values;
}

function plan(document: Values): Plan {
  const states = statesOf(document);
  const places = Object.values(PLACE).flatMap((name) => states.get(name) ?? []);
  if (states.has(ITEMS.collect)) return { ...itemsPlan(states), places };
  let attempts = 0;
  while (states.has(attemptName(attempts + 1))) attempts += 1;
  return {
    attempts,
    waits: Array.from({ length: Math.max(attempts - 1, 0) }, (_, index) =>
      Number(valuesOf(states.get(waitName(attemptName(index + 2)))).Seconds ?? 0),
    ),
    timeout: timeoutOf(states.get(attemptName(1))),
    memories: memoriesOf(valuesOf(states.get(memoryNames(attemptName(1)).more)).Assign),
    places,
  };
}

/** The plan that the state machine of a job with `forEach` sends to its function. */
function itemsPlan(states: ReturnType<typeof statesOf>): Omit<Plan, 'places'> {
  const request = (name: string) => valuesOf(parameters(states.get(name)).Payload);
  const { MaximumAttempts, Waits, MemoryLevels, MaxFailures } = valuesOf(request(ITEMS.collect).Plan);
  return {
    attempts: Number(MaximumAttempts),
    waits: Array.isArray(Waits) ? Waits.map(Number) : [],
    timeout: timeoutOf(states.get(ITEMS.array)),
    memories: Array.isArray(MemoryLevels) ? MemoryLevels.slice(1).map(String) : [],
    items: { ...valuesOf(request(ITEMS.plan).ForEach), MaxFailures },
  };
}

function timeoutOf(submission: unknown): unknown {
  return valuesOf(parameters(submission).Timeout).AttemptDurationSeconds;
}

/** Settings of `forEach`, by their names in the requests to the function. */
const ITEM_SETTINGS = {
  Items: 'items',
  S3Manifest: 's3Manifest',
  Bucket: 'bucket',
  Total: 'count',
  MaxItems: 'maxItems',
  MaxFailures: 'maxFailures',
};

function itemFacts(from: Values | undefined, to: Values | undefined): string[] {
  if (from === undefined)
    return to === undefined ? [] : ['a container for each item of an event (was one for each event)'];
  if (to === undefined)
    return ['one container for each event (was one for each item): runs in progress fail when their arrays end'];
  return Object.entries(ITEM_SETTINGS).flatMap(([name, setting]) => {
    if (from[name] === to[name]) return [];
    const said = (value: unknown) => (value === undefined ? 'none' : String(value));
    return [`${setting} ${said(to[name])} (was ${said(from[name])})`];
  });
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
  const seconds = (value: unknown) => (value === undefined ? 'none' : formatCount(Number(value)));
  if (to === undefined) return [`no timeout (was ${seconds(from)} s)`];
  return [`timeout of ${seconds(to)} s (was ${seconds(from)})`];
}

function memoryFacts(from: readonly string[], to: readonly string[]): string[] {
  if (same(from, to)) return [];
  if (to.length === 0) return ['out of memory: the next attempt gets no more'];
  const list = (memories: readonly string[]) => memories.map((each) => formatCount(Number(each))).join(', ');
  const was = from.length === 0 ? '' : ` (was ${list(from)})`;
  return [`out of memory: the next attempt gets more, ${list(to)} MiB${was}`];
}

function limitFacts(from: readonly unknown[], to: readonly unknown[]): string[] {
  if (same(from, to)) return [];
  if (from.length === 0) return ['limits are added'];
  return [to.length === 0 ? 'limits are removed' : 'other limits'];
}
