import { constants } from 'node:os';
import { counted } from '../../../modules/problems/phrases';
import { DONE, FAILED } from '../../command/exit-code';
import { nextCommand } from '../../command/next-command';
import { holdingSignals } from '../../command/process-end';
import { confirmed } from '../../command/question';
import { printMessage } from '../../command/terminal-lines';
import { visibleText } from '../../command/visible-text';
import { type Deployment, withDeployment } from '../deployment';
import { type Action, checkedAction, type UndeliveredOptions } from './arguments';
import { eventTable, listDocument, listLines } from './list';
import { isLeft, resultLine, resultSummary } from './redrive';
import { type FoundEntry, type Treatment, UndeliveredEvents } from './session';
import { shownDocument, shownLines } from './show';

/** Events of a list, if `--limit` does not say another number. */
const DEFAULT_LIMIT = 100;

/** `batch-jobs undelivered`. */
export async function undelivered(given = 'list', ids: string[], options: UndeliveredOptions): Promise<number> {
  const action = checkedAction(given, ids, options);
  return withDeployment(options, async (deployment) => {
    if (options.job !== undefined) deployment.jobNamed(options.job);
    const events = await UndeliveredEvents.of(deployment, options);
    return new Command(deployment, events, options).run(action, ids);
  });
}

class Command {
  private signal?: NodeJS.Signals;

  constructor(
    private readonly deployment: Deployment,
    private readonly events: UndeliveredEvents,
    private readonly options: UndeliveredOptions,
  ) {}

  async run(action: Action, ids: readonly string[]): Promise<number> {
    const code = await this.act(action, ids);
    for (const problem of this.events.problems) printMessage(visibleText(problem, false));
    if (this.signal !== undefined) return 128 + constants.signals[this.signal];
    return this.events.problems.length > 0 ? FAILED : code;
  }

  private act(action: Action, ids: readonly string[]): Promise<number> {
    if (action === 'list') return this.list();
    if (action === 'show') return this.show(ids);
    return this.handle(action, ids);
  }

  private async list(): Promise<number> {
    const { limit = DEFAULT_LIMIT, json } = this.options;
    const listing = await this.untilSignal(() => this.events.list(limit));
    if (json) {
      console.log(JSON.stringify(listDocument(listing)));
      return DONE;
    }
    print(listLines(listing));
    if (listing.entries.length > 0) {
      print([
        '',
        `See one event      ${nextCommand('undelivered', ['show', '<id>'])}`,
        `Send it again      ${nextCommand('undelivered', ['redrive', '<id>'])}`,
        `Send all again     ${nextCommand('undelivered', ['redrive', '--all'])}`,
      ]);
    }
    if (listing.notes.length > 0) print(['', ...listing.notes]);
    return DONE;
  }

  private async show(ids: readonly string[]): Promise<number> {
    const found = await this.find(ids);
    if (found === undefined) return FAILED;
    const all = await this.events.show(...(found as [FoundEntry]));
    if (this.options.json) console.log(shownDocument(all));
    else print(shownLines(all));
    return DONE;
  }

  private async handle(treatment: Treatment, ids: readonly string[]): Promise<number> {
    const { all, yes, json } = this.options;
    const found = all ? [] : await this.find(ids);
    if (found === undefined) return FAILED;
    if (!yes) {
      if (!all) print(eventTable(found.map(({ entry }) => entry)));
      if (!(await confirmed(this.question(treatment, found.length), false))) return FAILED;
    }
    const results = await this.untilSignal(() =>
      this.events.handle(treatment, all ? 'all' : found, (result) => {
        if (!json) print([resultLine(result)]);
      }),
    );
    const { notes, problems } = this.events;
    if (json) {
      const { stackName } = this.deployment;
      console.log(JSON.stringify({ stack: stackName, action: treatment, results, notes, problems }));
    } else {
      print([resultSummary(results), ...notes]);
    }
    return results.some(isLeft) ? FAILED : DONE;
  }

  private question(treatment: Treatment, count: number): string {
    const { all, job } = this.options;
    const { stackName } = this.deployment;
    const { queues } = this.events;
    const about = queues.reduce((sum, { messages }) => sum + messages, 0);
    const which = job === undefined ? 'all undelivered events' : `all undelivered events of ${job}`;
    const events = all
      ? `${which} (about ${counted(about, 'message')} in ${queues.map(({ name }) => name).join(', ')})`
      : count === 1
        ? 'this event'
        : `these ${count} events`;
    return treatment === 'redrive'
      ? `Send ${events} of ${stackName} again? Each starts a run of its job, or invokes its function.`
      : `Delete ${events} of ${stackName}? Nothing is done for them.`;
  }

  /** The events that words name. Undefined if the user gave up. */
  private find(words: readonly string[]): Promise<FoundEntry[] | undefined> {
    return this.untilSignal(() => this.events.find(words));
  }

  /** Does something with events. Ctrl-C ends it after the messages are visible to others again. */
  private untilSignal<T>(work: () => Promise<T>): Promise<T> {
    const stop = (signal: NodeJS.Signals) => {
      if (this.signal !== undefined) process.exit(128 + constants.signals[signal]);
      this.signal = signal;
      this.events.stop();
    };
    return holdingSignals(stop, work);
  }
}

function print(lines: readonly string[]): void {
  for (const line of lines) console.log(visibleText(line, true));
}
