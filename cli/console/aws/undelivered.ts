import type { UndeliveredDetail, UndeliveredEvent, UndeliveredProgress, UndeliveredState } from '../../model/deployed';
import type { Deployment } from '../../operate/deployment';
import { type Undelivered, undecided } from '../../operate/undelivered/entry';
import { resultSummary } from '../../operate/undelivered/redrive';
import { type Treatment, UndeliveredEvents } from '../../operate/undelivered/session';
import { findUndeliveredQueues } from '../../operate/undelivered/undelivered-queues';

/** Events that a page lists at most: each look hides them from others for a moment. */
const MOST_LISTED = 500;

/** Milliseconds between two results: at most 10 a second. */
const RESULT_MS = 100;

/** The undelivered events of the stack, now. */
export async function undeliveredState(deployment: Deployment): Promise<UndeliveredState> {
  const lookInto = 'run `batch-jobs undelivered --count-receives`';
  const events = await UndeliveredEvents.of(deployment, { countReceives: false, lookInto });
  const { entries, isComplete, notes, problems, queues } = await events.list(MOST_LISTED);
  const about = queues.reduce((sum, { messages, hidden }) => sum + messages + hidden, 0);
  return {
    events: entries.map(eventOf),
    isComplete,
    about: isComplete ? entries.length : Math.max(about, entries.length),
    notes,
    problems,
  };
}

/** About how many there are, without a look into the queues. */
export async function undeliveredCount(deployment: Deployment): Promise<number> {
  const { queues } = await findUndeliveredQueues(deployment);
  return queues.reduce((sum, { messages, hidden }) => sum + messages + hidden, 0);
}

/**
 * An event with its content.
 *
 * @throws UsageError if there is none with this ID any more
 */
export async function undeliveredDetail(deployment: Deployment, id: string): Promise<UndeliveredDetail> {
  const events = await UndeliveredEvents.of(deployment, { countReceives: false });
  const [found] = (await events.find([id])) ?? [];
  if (found === undefined) throw new Error(`no undelivered event ${id}`);
  const { entry, body, event, obstacle } = await events.show(found);
  return {
    ...eventOf(entry),
    text: event ?? body,
    isEvent: event !== undefined,
    obstacle,
    error: entry.error === undefined ? undefined : JSON.stringify(entry.error),
  };
}

/**
 * Starts the runs of events, or deletes the events, one after the other.
 *
 * @param ids of messages, whole
 * @param signal ends it, after the event in progress
 */
export async function* handleUndelivered(
  deployment: Deployment,
  treatment: Treatment,
  { ids, job, signal }: { readonly ids: readonly string[]; readonly job?: string; readonly signal: AbortSignal },
): AsyncGenerator<UndeliveredProgress> {
  const events = await UndeliveredEvents.of(deployment, { countReceives: false, job });
  if (signal.aborted) events.stop();
  signal.addEventListener('abort', () => events.stop());
  const waiting: UndeliveredProgress[] = [];
  let wake: () => void = () => {};
  let isOver = false;
  const work = events
    .handle(
      treatment,
      new Set(ids),
      (result) => {
        const { messageId: id, outcome, run, reason } = result;
        waiting.push({ result: { id, outcome, run, reason } });
        wake();
      },
      RESULT_MS,
    )
    .finally(() => {
      isOver = true;
      wake();
    });
  // It is awaited at the end, and a problem before must not end the process.
  work.catch(() => {});
  try {
    while (!isOver || waiting.length > 0) {
      const next = waiting.shift();
      if (next !== undefined) yield next;
      else {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    }
    yield { done: { summary: resultSummary(await work), problems: events.problems } };
  } finally {
    // Also if nobody reads on: the messages that are left become visible to others again.
    events.stop();
    await work.catch(() => {});
  }
}

function eventOf(entry: Undelivered): UndeliveredEvent {
  const { messageId, queue, jobs, functions, source, reason, first, last, sent, tries, bytes, start } = entry;
  const { retentionSeconds } = queue;
  return {
    id: messageId,
    queue: queue.name,
    jobs,
    functions,
    source,
    reason,
    happenedAt: first?.getTime(),
    givenUpAt: last.getTime(),
    expiresAt: retentionSeconds === undefined ? undefined : sent.getTime() + retentionSeconds * 1000,
    tries,
    bytes,
    obstacle: start.kind === 'none' ? start.why : undecided(entry),
  };
}
