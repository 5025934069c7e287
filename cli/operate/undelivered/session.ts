import { setTimeout as sleep } from 'node:timers/promises';
import type { Message } from '@aws-sdk/client-sqs';
import { counted } from '../../../modules/problems/phrases';
import type { Deployment } from '../deployment';
import type { Undelivered } from './entry';
import { chosen, names } from './ids';
import { Inspection, type Visit } from './inspection';
import type { Listing } from './list';
import { Handling, type Result } from './redrive';
import { type Shown, shown } from './show';
import { Starts } from './start';
import { findUndeliveredQueues, type UndeliveredQueue } from './undelivered-queues';

/** Seconds for which messages are hidden from others if this process is killed while it looks at them. */
const LOOK_SECONDS = 60;

/** Seconds for which a trigger function tries to start a run. */
const TRIGGER_SECONDS = 25;

/** SQS hides messages for 12 hours at most. */
const MOST_HIDDEN_SECONDS = 43_200;

/** Seconds for which no one else gets a message that is handled: ten invocations, five at a time or one by one, and some. */
function handleSeconds({ functions }: Deployment, queues: readonly UndeliveredQueue[]): number {
  const longest = [...functions.values()].map(({ properties }) => properties.timeout);
  const rounds = queues.some(({ fifo }) => fifo) ? 10 : 2;
  return Math.min(rounds * Math.max(TRIGGER_SECONDS, ...longest) + 70, MOST_HIDDEN_SECONDS);
}

/** Which events of a stack are meant. */
export interface UndeliveredSelection {
  /** Only events that can be for this job. @default all */
  readonly job?: string;
  /** Whether to look into queues that count each look as a receive, too. */
  readonly countReceives: boolean;
  /** How a person looks into the other queues, too. @default add --count-receives */
  readonly lookInto?: string;
}

/** What is done to events: their runs are started, or they are deleted without. */
export type Treatment = 'redrive' | 'delete';

/** An event, and the message that it was found as. */
export interface FoundEntry {
  readonly entry: Undelivered;
  readonly message: Message;
}

/** The undelivered events of a stack, to look at and to handle. Prints nothing and asks nothing. */
export class UndeliveredEvents {
  /** What a person should know, as sentences. */
  readonly notes: string[];
  /** What went wrong, as sentences. */
  readonly problems: string[];
  isStopped = false;
  private isEnough = false;

  private constructor(
    private readonly deployment: Deployment,
    private readonly selection: UndeliveredSelection,
    /** The queues that are looked into. */
    readonly queues: readonly UndeliveredQueue[],
    notes: readonly string[],
    problems: readonly string[],
  ) {
    this.notes = [...notes];
    this.problems = [...problems];
  }

  /** Finds the queues. */
  static async of(deployment: Deployment, selection: UndeliveredSelection): Promise<UndeliveredEvents> {
    const { queues, notes, problems } = await findUndeliveredQueues(deployment);
    const isLookedInto = (queue: UndeliveredQueue) => selection.countReceives || queue.deadLetters === undefined;
    const left = queues
      .filter((queue) => !isLookedInto(queue))
      .map((queue) => notLookedInto(queue, selection.lookInto));
    return new UndeliveredEvents(deployment, selection, queues.filter(isLookedInto), [...notes, ...left], problems);
  }

  /** Ends what is in progress, after the messages that are looked at are visible to others again. */
  stop(): void {
    this.isStopped = true;
  }

  /** The first events that are found, oldest first. */
  async list(limit: number): Promise<Listing> {
    const entries: Undelivered[] = [];
    const all = await this.visit(this.queues, LOOK_SECONDS, (entry) => {
      if (!this.isWanted(entry)) return;
      entries.push(withoutEvent(entry));
      this.isEnough = entries.length >= limit;
    });
    return {
      stackName: this.deployment.stackName,
      entries: entries.slice(0, limit).sort((one, other) => one.last.getTime() - other.last.getTime()),
      queues: this.queues,
      isComplete: all,
      notes: [...this.notes, ...this.hidden()],
      problems: this.problems,
    };
  }

  /**
   * The events that words name: IDs, or unique beginnings of them. Undefined if it was stopped.
   *
   * @throws UsageError if a word names none or several
   */
  async find(words: readonly string[]): Promise<FoundEntry[] | undefined> {
    const found: FoundEntry[] = [];
    await this.visit(this.queues, LOOK_SECONDS, (entry, _, message) => {
      if (words.some((word) => names(word, entry.messageId))) found.push({ entry, message });
      // A shorter word might be the beginning of several IDs.
      this.isEnough = words.every(
        (word) => word.length >= 36 && found.some(({ entry }) => names(word, entry.messageId)),
      );
    });
    if (this.isStopped) return undefined;
    const entries = found.map(({ entry }) => entry);
    const looked = `looked into ${this.queues.map(({ name }) => name).join(', ') || 'no queue'}`;
    const picked = chosen(words, entries, looked);
    return found.filter(({ entry }) => picked.includes(entry));
  }

  /** An event with everything that is known about it. */
  show({ entry, message }: FoundEntry): Promise<Shown> {
    return shown(entry, message, new Starts(this.deployment));
  }

  /**
   * Starts the runs of events, or deletes the events.
   *
   * @param events all, those that were found, or the whole IDs of messages
   * @param tell is called with each result
   * @param pauseMs at least between two events. @default 0
   */
  async handle(
    treatment: Treatment,
    events: 'all' | readonly FoundEntry[] | ReadonlySet<string>,
    tell: (result: Result) => void,
    pauseMs = 0,
  ): Promise<readonly Result[]> {
    const isAll = events === 'all';
    const found = Array.isArray(events) ? (events as readonly FoundEntry[]) : undefined;
    const ids = isAll ? [] : (found?.map(({ entry }) => entry.messageId) ?? (events as ReadonlySet<string>));
    const wanted = new Set(ids);
    const queues =
      found === undefined
        ? this.queues
        : this.queues.filter(({ arn }) => found.some(({ entry }) => entry.queue.arn === arn));
    const pace = new Pace(pauseMs);
    const handling = new Handling(this.deployment, this.selection.job, tell);
    const starts = new Starts(this.deployment);
    await this.visit(queues, handleSeconds(this.deployment, queues), async (entry, look) => {
      if (this.isEnough || this.isStopped) return;
      if (isAll ? !this.isWanted(entry) : !wanted.delete(entry.messageId)) return;
      await pace.next();
      // The rest is still wanted if it was stopped meanwhile.
      if (this.isStopped) return;
      if (treatment === 'redrive') await handling.start(entry, look, starts);
      else await handling.delete(entry, look);
      this.isEnough = handling.isHopeless || (!isAll && wanted.size === 0);
    });
    if (handling.isHopeless) {
      this.problems.push('Stopped after failures in a row. The events that are left are in their queues.');
    } else if (!this.isStopped) {
      for (const messageId of wanted) handling.add({ messageId, outcome: 'gone' });
    }
    return handling.results;
  }

  private hidden(): string[] {
    return this.queues.flatMap(({ name, hidden }) =>
      hidden === 0
        ? []
        : [`${name} has about ${counted(hidden, 'message')} more that others look at or start at this moment.`],
    );
  }

  private isWanted({ jobs }: Undelivered): boolean {
    const { job } = this.selection;
    return job === undefined || jobs.includes(job);
  }

  private async visit(queues: readonly UndeliveredQueue[], seconds: number, visit: Visit): Promise<boolean> {
    this.isEnough = false;
    const inspection = new Inspection(this.deployment, () => this.isEnough || this.isStopped);
    const all = await inspection.visit(queues, seconds, visit);
    this.problems.push(...inspection.problems);
    return all;
  }
}

/** Lets several workers begin something one after the other. */
class Pace {
  private free = 0;

  constructor(private readonly pauseMs: number) {}

  async next(): Promise<void> {
    const now = Date.now();
    const at = Math.max(now, this.free);
    this.free = at + this.pauseMs;
    if (at > now) await sleep(at - now);
  }
}

/** Looking into a queue with a dead-letter queue brings its messages nearer to being moved. */
function notLookedInto({ name, deadLetters, messages }: UndeliveredQueue, lookInto = 'add --count-receives'): string {
  const { maxReceives = 0, arn = '' } = deadLetters ?? {};
  return (
    `${name} (about ${counted(messages, 'message')}) is not looked into: it counts each look as a receive, and moves a message to ` +
    `${arn.split(':').at(-1)} after ${maxReceives}. To look into it, ${lookInto}.`
  );
}

/** An entry for a list, which does not keep its event in memory. */
function withoutEvent(entry: Undelivered): Undelivered {
  const { start } = entry;
  return 'json' in start ? { ...entry, start: { ...start, json: '' } } : entry;
}
