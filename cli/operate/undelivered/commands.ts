import { constants } from 'node:os';
import type { Message } from '@aws-sdk/client-sqs';
import { confirmed } from '../../deploy/question';
import { nextCommand } from '../../next-command';
import { holdingSignals } from '../../process-end';
import { DONE, FAILED } from '../../subcommands';
import { visibleText } from '../../visible-text';
import { Deployment } from '../deployment';
import { type Action, checkedAction, type UndeliveredOptions } from './arguments';
import type { Undelivered } from './entry';
import { chosen, names } from './ids';
import { Inspection, type Visit } from './inspection';
import { eventTable, listDocument, listLines } from './list';
import { findPlaces, messagesText, type Place } from './places';
import { Handling, resultLine, resultSummary } from './redrive';
import { shown, shownDocument, shownLines } from './show';
import { Starts } from './start';

/** Events of a list, if `--limit` does not say another number. */
const DEFAULT_LIMIT = 100;

/** Seconds for which messages are hidden from others if this process is killed while it looks at them. */
const LOOK_SECONDS = 60;

/** Seconds for which no one else gets a message whose run is started: ten invocations of 25 seconds, five at a time, and some. */
const HANDLE_SECONDS = 120;

/** `batch-jobs undelivered`. */
export async function undelivered(given = 'list', ids: string[], options: UndeliveredOptions): Promise<number> {
  const action = checkedAction(given, ids, options);
  const deployment = await Deployment.open(options);
  try {
    if (options.job !== undefined) deployment.jobNamed(options.job);
    return await new Session(deployment, options).run(action, ids);
  } finally {
    deployment.clients.close();
  }
}

class Session {
  private signal?: NodeJS.Signals;
  private isEnough = false;
  private places: readonly Place[] = [];
  private notes: string[] = [];
  private problems: string[] = [];

  constructor(
    private readonly deployment: Deployment,
    private readonly options: UndeliveredOptions,
  ) {}

  async run(action: Action, ids: readonly string[]): Promise<number> {
    const { places, notes, problems } = await findPlaces(this.deployment);
    this.notes = [...notes];
    this.problems = [...problems];
    this.places = places.filter((place) => this.options.countReceives || !this.isCounted(place));
    const code = await this.act(action, ids);
    for (const problem of this.problems) console.error(visibleText(problem, false));
    if (this.signal !== undefined) return 128 + constants.signals[this.signal];
    return this.problems.length > 0 ? FAILED : code;
  }

  private act(action: Action, ids: readonly string[]): Promise<number> {
    if (action === 'list') return this.list();
    if (action === 'show') return this.show(ids);
    return this.handle(action, ids);
  }

  /** Looking into a queue with a dead-letter queue brings its messages nearer to being moved. */
  private isCounted({ name, deadLetters, messages }: Place): boolean {
    if (deadLetters === undefined) return false;
    const { maxReceives, arn } = deadLetters;
    this.notes.push(
      `${name} (about ${messagesText(messages)}) is not looked into: it counts each look as a receive, and moves a message to ` +
        `${arn.split(':').at(-1)} after ${maxReceives}. To look into it, add --count-receives.`,
    );
    return true;
  }

  private async list(): Promise<number> {
    const { limit = DEFAULT_LIMIT, json } = this.options;
    const entries: Undelivered[] = [];
    const all = await this.visit(this.places, LOOK_SECONDS, (entry) => {
      if (!this.isWanted(entry)) return;
      entries.push(withoutEvent(entry));
      this.isEnough = entries.length >= limit;
    });
    const listing = {
      stackName: this.deployment.stackName,
      entries: entries.slice(0, limit).sort((one, other) => one.last.getTime() - other.last.getTime()),
      places: this.places,
      isComplete: all && entries.length <= limit,
      notes: [...this.notes, ...this.hidden()],
      problems: this.problems,
    };
    if (json) {
      console.log(JSON.stringify(listDocument(listing)));
      return DONE;
    }
    print(listLines(listing));
    if (entries.length > 0) {
      print([
        '',
        `See one event      ${nextCommand('undelivered', ['show', '<id>'])}`,
        `Start its run      ${nextCommand('undelivered', ['redrive', '<id>'])}`,
        `Start all          ${nextCommand('undelivered', ['redrive', '--all'])}`,
      ]);
    }
    if (listing.notes.length > 0) print(['', ...listing.notes]);
    return DONE;
  }

  private hidden(): string[] {
    return this.places.flatMap(({ name, hidden }) =>
      hidden === 0
        ? []
        : [`${name} has about ${messagesText(hidden)} more that others look at or start at this moment.`],
    );
  }

  private async show(ids: readonly string[]): Promise<number> {
    const found = await this.find(ids);
    if (found === undefined) return FAILED;
    const [{ entry, message }] = found as [FoundEntry];
    const all = await shown(entry, message, new Starts(this.deployment));
    if (this.options.json) console.log(shownDocument(all));
    else print(shownLines(all));
    return DONE;
  }

  private async handle(action: 'redrive' | 'delete', ids: readonly string[]): Promise<number> {
    const { all, yes, json, job } = this.options;
    const found = all ? [] : await this.find(ids);
    if (found === undefined) return FAILED;
    const wanted = new Set(found.map(({ entry }) => entry.messageId));
    const places = all
      ? this.places
      : this.places.filter(({ arn }) => found.some(({ entry }) => entry.place.arn === arn));
    if (!yes) {
      if (!all) print(eventTable(found.map(({ entry }) => entry)));
      if (!(await confirmed(this.question(action, wanted.size), false))) return FAILED;
    }

    const handling = new Handling(this.deployment, job, (result) => {
      if (!json) print([resultLine(result)]);
    });
    const starts = new Starts(this.deployment);
    this.isEnough = false;
    await this.visit(places, HANDLE_SECONDS, async (entry, look) => {
      if (this.isEnough || this.signal !== undefined) return;
      if (all ? !this.isWanted(entry) : !wanted.delete(entry.messageId)) return;
      if (action === 'redrive') await handling.start(entry, look, starts);
      else await handling.delete(entry, look);
      this.isEnough = handling.isHopeless || (!all && wanted.size === 0);
    });
    if (!handling.isHopeless && this.signal === undefined) {
      for (const messageId of wanted) handling.add({ messageId, outcome: 'gone' });
    }
    return this.report(action, handling);
  }

  private report(action: Action, { results, isHopeless }: Handling): number {
    if (isHopeless)
      this.problems.push('Stopped after failures in a row. The events that are left are in their queues.');
    if (this.options.json) {
      const { stackName } = this.deployment;
      console.log(JSON.stringify({ stack: stackName, action, results, notes: this.notes, problems: this.problems }));
    } else {
      print([resultSummary(results), ...this.notes]);
    }
    const isLeft = results.some(
      ({ outcome, reason }) =>
        ['failed', 'skipped'].includes(outcome) || (outcome !== 'ignored' && reason !== undefined),
    );
    return isLeft ? FAILED : DONE;
  }

  private question(action: 'redrive' | 'delete', count: number): string {
    const { all, job } = this.options;
    const { stackName } = this.deployment;
    const about = this.places.reduce((sum, { messages }) => sum + messages, 0);
    const which = job === undefined ? 'all undelivered events' : `all undelivered events of ${job}`;
    const events = all
      ? `${which} (about ${messagesText(about)} in ${this.places.map(({ name }) => name).join(', ')})`
      : count === 1
        ? 'this event'
        : `these ${count} events`;
    return action === 'redrive'
      ? `Start the runs of ${events} of ${stackName}?`
      : `Delete ${events} of ${stackName}? No run is started for them.`;
  }

  private isWanted({ jobs }: Undelivered): boolean {
    const { job } = this.options;
    return job === undefined || jobs.includes(job);
  }

  /** The events that words name. Undefined if the user gave up. */
  private async find(words: readonly string[]): Promise<FoundEntry[] | undefined> {
    const found: FoundEntry[] = [];
    await this.visit(this.places, LOOK_SECONDS, (entry, _, message) => {
      if (words.some((word) => names(word, entry.messageId))) found.push({ entry, message });
      // A shorter word might be the beginning of several IDs.
      this.isEnough = words.every(
        (word) => word.length >= 36 && found.some(({ entry }) => names(word, entry.messageId)),
      );
    });
    if (this.signal !== undefined) return undefined;
    const entries = found.map(({ entry }) => entry);
    const looked = `looked into ${this.places.map(({ name }) => name).join(', ') || 'no queue'}`;
    const picked = chosen(words, entries, looked);
    return found.filter(({ entry }) => picked.includes(entry));
  }

  /** Visits messages. Ctrl-C ends that after the messages are visible to others again. */
  private async visit(places: readonly Place[], seconds: number, visit: Visit): Promise<boolean> {
    const inspection = new Inspection(this.deployment, () => this.isEnough || this.signal !== undefined);
    const stop = (signal: NodeJS.Signals) => {
      if (this.signal !== undefined) process.exit(128 + constants.signals[signal]);
      this.signal = signal;
    };
    const all = await holdingSignals(stop, () => inspection.visit(places, seconds, visit));
    this.problems.push(...inspection.problems);
    return all;
  }
}

interface FoundEntry {
  readonly entry: Undelivered;
  readonly message: Message;
}

/** An entry for a list, which does not keep its event in memory. */
function withoutEvent(entry: Undelivered): Undelivered {
  const { start } = entry;
  return 'json' in start ? { ...entry, start: { ...start, json: '' } } : entry;
}

function print(lines: readonly string[]): void {
  for (const line of lines) console.log(visibleText(line, true));
}
