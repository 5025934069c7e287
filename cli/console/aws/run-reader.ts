import { executionArn } from '../../../modules/orchestration/trigger/execution-name';
import { UsageError } from '../../command/usage-error';
import { retryPolicy } from '../../local/retry-policy';
import type { Fact, Run } from '../../model/run';
import { itemId, parseRunId, wholeRunId } from '../../model/run-id';
import { AwsFault } from '../../operate/aws/fault';
import type { Deployment } from '../../operate/deployment';
import { runEventText } from '../../operate/event-text';
import { type FoundRun, findRun, RunNotFound } from '../../operate/find-run';
import { Optional } from '../../operate/optional';
import { runOfStory } from '../../operate/run-of-story';
import { dollarText } from '../../operate/show/price-text';
import { type ShownRun, shownRun } from '../../operate/show/shown-run';
import type { AwsCache } from './cache';
import type { Capacity } from './capacity';
import { RememberedStarts } from './remembered-starts';
import type { RunList } from './run-list';

/** Milliseconds for which a run in progress is not read again. */
const FRESH_MS = 1_000;

/** Milliseconds after the end of a run in which AWS Batch and ECS can still have news about it. */
const SETTLED_MS = 30_000;

/** There is no such run. */
export class NoSuchRun extends Error {}

/** Reads the stories of runs. */
export class RunReader {
  private readonly read = new Map<string, { readonly at: number; readonly run: Promise<Run> }>();
  private readonly remembered = new RememberedStarts();

  constructor(
    private readonly deployment: () => Deployment,
    private readonly cache: AwsCache,
    private readonly list: RunList,
    private readonly capacity: Capacity,
  ) {}

  /**
   * The run with an ID.
   *
   * @throws NoSuchRun
   */
  async found(id: string): Promise<FoundRun> {
    const { item } = parseRunId(id);
    const run = await this.foundRun(wholeRunId(id));
    return item === undefined ? run : { ...run, item };
  }

  private async foundRun(id: string): Promise<FoundRun> {
    const listed = this.list.find(id);
    if (listed !== undefined) return listed;
    const { job: jobName, name } = parseRunId(id);
    const deployment = this.deployment();
    const job = jobName === undefined ? undefined : deployment.jobs.get(jobName);
    if (job !== undefined) return { job, name, executionArn: executionArn(job.stateMachineArn, name) };
    try {
      return await findRun(deployment, name, () => {});
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      const statement = error instanceof RunNotFound ? error.statement : error.message;
      throw new NoSuchRun(`${statement} Step Functions deletes runs 90 days after their end.`);
    }
  }

  /**
   * The whole story of a run: from the disk if it has ended.
   *
   * @throws NoSuchRun
   */
  async run(id: string): Promise<Run> {
    return this.runOf(await this.found(id));
  }

  async runOf(found: FoundRun): Promise<Run> {
    const key = keyOf(found);
    const before = this.read.get(key);
    if (before !== undefined && Date.now() - before.at < FRESH_MS) return before.run;
    const kept = this.kept(found);
    if (kept !== undefined) return kept;
    const run = this.ask(found);
    this.read.set(key, { at: Date.now(), run });
    run.catch(() => this.read.delete(key));
    const read = await run;
    if (found.item === undefined) this.list.put(found.executionArn, read);
    if (read.endedAt !== undefined) this.read.delete(key);
    return read;
  }

  /** Reads a run again that was changed by this console. */
  forget(found: FoundRun): void {
    this.read.delete(keyOf(found));
  }

  /** The whole event of a run, also if it is stored. */
  async eventText(id: string): Promise<string> {
    return runEventText(this.deployment(), await this.found(id));
  }

  /** Unless Step Functions runs it again since then. */
  private kept(found: FoundRun): Run | undefined {
    const run = this.cache.run(found);
    // An item that has ended is not repeated by Step Functions.
    if (found.item !== undefined) return run;
    const row = this.list.row(found.executionArn);
    return row === undefined || row.endedAt === run?.endedAt ? run : undefined;
  }

  private async ask(found: FoundRun): Promise<Run> {
    const deployment = this.deployment();
    const notes: string[] = [];
    try {
      const optional = new Optional((line) => notes.push(line));
      const shown = await shownRun(deployment, found, optional, { item: found.item });
      const told = this.remembered.added(keyOf(found), runOf(shown));
      const waiting = await this.capacity.factsOf(shown.story, optional);
      const run = { ...told, facts: [...waiting, ...factsOf(shown)], ...(notes.length > 0 && { notes }) };
      const isSettled = run.endedAt !== undefined && Date.now() - run.endedAt > SETTLED_MS;
      if (isSettled && notes.length === 0) this.cache.keepRun(found, run);
      return run;
    } catch (error) {
      if (!(error instanceof AwsFault) || error.code !== 'ExecutionDoesNotExist') throw error;
      throw new NoSuchRun('This run is older than 90 days. Step Functions has deleted it.');
    }
  }
}

/** What a run, or an item of it, is known by. */
export function keyOf({ executionArn, item }: FoundRun): string {
  return item === undefined ? executionArn : itemId(executionArn, item);
}

/** A run as pages show it. */
function runOf({ job, story, links }: ShownRun): Run {
  return runOfStory(story, { job: job.name, policy: retryPolicy(job.properties), links });
}

function factsOf({ price }: ShownRun): Fact[] {
  if (price === undefined || price.parts.length === 0) return [];
  // Spot instances cost less than the list price.
  const value = dollarText(price.dollars, price.isSpot ? 'at most' : 'about');
  return [{ label: 'Price', value }];
}
