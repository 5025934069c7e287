import { miniBars } from '../model/mini-bars';
import {
  type Attempt,
  LARGEST_SHOWN_EVENT,
  type RetryPolicy,
  type Run,
  type RunEvent,
  type RunOutcome,
  type Start,
  type StartOutcome,
  type Wait,
} from '../model/run';
import { itemId } from '../model/run-id';
import { BY_HAND } from '../model/sample-source';
import { whoStopped } from '../model/words/stopped-by';
import { countedItems } from './items/counts';
import { asOneArray, roundsOf } from './items/rounds';
import type { ContainerStart, RunAttempt, RunStatus, RunStory, RunWait } from './run-story';

/** What a run's story in AWS does not say. */
export interface StoryContext {
  /** Name of the job in the config. */
  readonly job: string;
  readonly policy: RetryPolicy;
  readonly links?: Run['links'];
  readonly facts?: Run['facts'];
  /** JSON text of the event. @default the execution's input, unless the event is stored or too large to show */
  readonly eventText?: string;
}

const OUTCOMES: { readonly [Status in RunStatus]: RunOutcome } = {
  RUNNING: 'running',
  PENDING_REDRIVE: 'running',
  SUCCEEDED: 'succeeded',
  FAILED: 'failed',
  TIMED_OUT: 'timed-out',
  ABORTED: 'stopped',
};

/** A run in AWS as the console shows it. What AWS does not know stays undefined. */
export function runOfStory(story: RunStory, context: StoryContext, now = Date.now()): Run {
  const { name, status, started, ended, event, error, reason, cause, waits } = story;
  const attempts = attemptsOf(story, context.policy);
  const outcome = OUTCOMES[status];
  const isOver = outcome !== 'succeeded' && outcome !== 'running';
  const run: Run = {
    id: story.item === undefined ? name : itemId(name, story.item),
    name,
    place: 'aws',
    job: context.job,
    outcome,
    startedAt: started.getTime(),
    endedAt: ended?.getTime(),
    source: event.source,
    earlier: event.earlier && { ...event.earlier, id: event.earlier.run },
    attempt: attempts.at(-1)?.number,
    maximum: story.attempts.at(-1)?.maximum,
    items: story.items,
    item: story.item,
    event: eventOf(story, context),
    // Only the trigger function stores an event, or sets the source of one.
    trigger: event.source === BY_HAND ? undefined : { at: started.getTime(), duplicates: 0 },
    attempts,
    waits: waits.map(waitOf(context.policy)),
    error: isOver ? error : undefined,
    reason: isOver ? reason : undefined,
    cause: isOver ? cause : undefined,
    stoppedBy: outcome === 'stopped' ? whoStopped(reason ?? '') : undefined,
    ...(story.isSkipped && { isSkipped: true }),
    isRedrivePending: status === 'PENDING_REDRIVE' || undefined,
    policy: context.policy,
    links: context.links,
    facts: context.facts,
  };
  return { ...run, bars: miniBars(run, now) };
}

function eventOf({ event }: RunStory, { eventText }: StoryContext): RunEvent {
  const { source, bytes, s3Uri, input } = event;
  const text = eventText ?? (s3Uri === undefined && bytes <= LARGEST_SHOWN_EVENT ? input : undefined);
  return { source, bytes, text, s3Uri };
}

function waitOf({ waits }: RetryPolicy) {
  return ({ kind, from, to, before, ahead }: RunWait): Wait => ({
    kind,
    from: from.getTime(),
    to: to?.getTime(),
    before,
    seconds: kind === 'retry' ? waits[before - 2] : undefined,
    ...(ahead !== undefined && { ahead }),
  });
}

/** An attempt that goes on with on-demand capacity, or after a redrive, is one with further starts. */
function attemptsOf({ attempts, waits, ended }: RunStory, { memoryLevels }: RetryPolicy): Attempt[] {
  const numbers = [...new Set(attempts.map(({ number }) => number))].sort((a, b) => a - b);
  return numbers.map((number) => {
    const entries = attempts.filter((attempt) => attempt.number === number);
    // A submission that asks for no memory has the job definition's.
    const own = memoryLevels?.[0];
    const memory = entries.map(({ resources, memory: asked }) => resources?.memory ?? asked ?? own).at(-1);
    return { ...merged(number, entries, waits, ended !== undefined), ...(memory !== undefined && { memory }) };
  });
}

function merged(number: number, entries: readonly RunAttempt[], waits: readonly RunWait[], isOver: boolean): Attempt {
  const children = countedItems(entries)?.counts;
  const starts: Start[] = [];
  for (const entry of entries) {
    if (entry.array !== undefined) continue;
    for (const start of startsOf(entry, isOver)) starts.push({ ...start, number: starts.length + 1 });
  }
  const rounds = roundsOf(entries).map(asOneArray);
  const [first, last] = [rounds[0], rounds.at(-1)];
  return {
    number,
    outcome: attemptOutcome(last, starts.at(-1)),
    begunAt: first?.begun.getTime() ?? 0,
    endedAt: last?.ended?.getTime(),
    refusals: refusalsOf(number, entries, waits),
    reason: last?.reason,
    starts,
    ...(children && { children }),
  };
}

function attemptOutcome(entry: RunAttempt | undefined, last: Start | undefined): StartOutcome {
  if (entry?.outcome === 'failed' && last?.outcome === 'not-started') return 'not-started';
  if (entry?.outcome !== undefined) return entry.outcome;
  if (entry?.array !== undefined) return (entry.array.counts?.running ?? 0) > 0 ? 'running' : 'queued';
  return last?.outcome ?? 'queued';
}

/** The state machine waits after each refusal, and the last one ends the attempt. */
function refusalsOf(number: number, entries: readonly RunAttempt[], waits: readonly RunWait[]): Attempt['refusals'] {
  const last = entries.at(-1);
  const times = waits.filter(({ kind, before }) => kind === 'throttled' && before === number).map(({ from }) => from);
  if (last?.outcome === 'refused' && last.ended !== undefined) times.push(last.ended);
  const count = entries.reduce((sum, { refusals }) => sum + refusals, 0);
  return Array.from({ length: count }, (_, index) => ({
    at: times[index]?.getTime(),
    error: last?.outcome === 'refused' ? last.reason : undefined,
  }));
}

function startsOf(entry: RunAttempt, isOver: boolean): Start[] {
  const { starts, jobId, outcome, batchStatus, submitted, ended, resources } = entry;
  const known = starts.map((start, index) => startOf(entry, start, index, isOver));
  if (jobId === undefined) return known;
  const waits = outcome === undefined && (batchStatus === undefined || QUEUED.has(batchStatus));
  if (starts.length > 0 && !waits) return known;
  const last = starts.at(-1);
  // Between two starts, AWS Batch has only the one that ended.
  if (waits && last !== undefined && last.stopped === undefined) return known;
  const isQueueKnown = waits || resources !== undefined || outcome === 'canceled';
  return [
    ...known,
    {
      ...common(entry),
      number: known.length + 1,
      outcome: outcome ?? 'queued',
      restart: known.length > 0 ? known.length : undefined,
      queuedAt: isQueueKnown ? (last?.stopped ?? submitted)?.getTime() : undefined,
      stoppedAt: outcome === undefined ? undefined : ended?.getTime(),
      batchStatus: outcome === undefined ? batchStatus : undefined,
      reason: entry.reason,
    },
  ];
}

/** Statuses of AWS Batch before an instance is found. */
const QUEUED: ReadonlySet<string> = new Set(['SUBMITTED', 'PENDING', 'RUNNABLE']);

/** What ECS and Docker say of a container that never ran. */
const NOT_STARTED = /^(?:Cannot(?:Pull|Start|Create|Inspect)|ResourceInitializationError|Task failed to start)/;

function startOf(entry: RunAttempt, start: ContainerStart, index: number, isOver: boolean): Start {
  const outcome = startOutcome(entry, start, index, isOver);
  return {
    ...common(entry),
    number: index + 1,
    outcome,
    // AWS Batch starts a job again for no other reason.
    restart: index > 0 ? index : undefined,
    queuedAt: start.queued?.getTime(),
    startedAt: outcome === 'not-started' ? undefined : start.started?.getTime(),
    stoppedAt: (start.stopped ?? (isEnded(outcome) && isLast(entry, index) ? entry.ended : undefined))?.getTime(),
    exitCode: start.exitCode,
    reason: start.reason,
    instanceType: start.instanceType,
    zone: start.zone,
    logStream: start.logStream,
    batchStatus: isEnded(outcome) ? undefined : entry.batchStatus,
  };
}

function startOutcome(entry: RunAttempt, start: ContainerStart, index: number, isOver: boolean): StartOutcome {
  if (start.isReclaim) return 'interrupted';
  if (!isLast(entry, index)) return 'interrupted';
  const isUnstarted =
    start.exitCode === undefined && (start.started === undefined || NOT_STARTED.test(start.reason ?? ''));
  if (entry.outcome === 'failed' && isUnstarted) return 'not-started';
  if (entry.outcome !== undefined) return entry.outcome;
  // The next one waits in the queue.
  if (start.stopped !== undefined) return 'interrupted';
  if (isOver) return 'stopped';
  return entry.batchStatus === 'STARTING' || start.started === undefined ? 'starting' : 'running';
}

function isLast({ starts }: RunAttempt, index: number): boolean {
  return index === starts.length - 1;
}

function isEnded(outcome: StartOutcome): boolean {
  return outcome !== 'queued' && outcome !== 'starting' && outcome !== 'running';
}

function common({ onDemand, jobId, queueArn }: RunAttempt) {
  return { onDemand, jobId, queue: queueArn?.split('/').at(-1) };
}
