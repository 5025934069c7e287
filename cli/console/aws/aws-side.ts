import { nextCommand } from '../../command/next-command';
import type { AwsState, Change } from '../../model/console';
import type { CapacityState, DeploymentState, UndeliveredDetail, UndeliveredState } from '../../model/deployed';
import type { Run, RunRow } from '../../model/run';
import { bounded } from '../../operate/bounded';
import type { Deployment } from '../../operate/deployment';
import type { StackSide } from '../config/stack-side';
import type { Changes } from '../server/changes';
import type { ConsoleOptions } from '../server/options';
import { AwsConnection, type Confirmed } from './connection';
import { DeployedScope } from './deployed-scope';
import { Live } from './live';
import type { RunsState } from './run-list';
import type { LogFile } from './run-log';
import { Turns } from './turns';
import { undeliveredCount, undeliveredDetail, undeliveredState } from './undelivered';

/** Milliseconds after which a list is made again when it is asked for, also if no page follows what changes. */
const STALE_MS = 15_000;
const UNFOLLOWED_MS = 2_000;

/** What the side of AWS works with. */
export interface AwsContext {
  readonly options: Pick<ConsoleOptions, 'region' | 'profile'>;
  /** Absolute path of the working folder. */
  readonly folder: string;
  readonly stack: Pick<StackSide, 'config' | 'state' | 'onChange' | 'ask'>;
  readonly changes: Changes;
}

/** What is deployed of the stack and how its runs go, in one account and region at a time. */
export class AwsSide {
  private readonly connection: AwsConnection;
  private readonly live: Live;
  /** One look into the queues hides the messages from another. */
  readonly looks = new Turns();
  private scope?: DeployedScope;
  private undeliveredEvents?: number;
  private config?: unknown;
  private readonly undo: (() => void)[];

  constructor(private readonly context: AwsContext) {
    const { options, stack, changes } = context;
    const { region, profile } = options;
    const tell = () => this.publish({ type: 'console' });
    this.connection = new AwsConnection({ region, profile }, () => stack.config(), tell);
    this.live = new Live({
      isShown: () => changes.hasFollowerOf('aws'),
      runs: () => changes.watchedRuns(),
      lookAtLists: () => this.lookAtLists(),
      lookAtCount: () => this.lookAtCount(),
      lookAtRun: (id) => this.lookAtRun(id),
    });
    this.undo = [stack.onChange(() => this.configChanged()), changes.onFollowers(() => this.live.followersChanged())];
  }

  /** As it is at the moment. Opens the connection, without waiting for it. */
  state(): AwsState {
    const { stack } = this.context;
    if (stack.config() === undefined) {
      const message = 'The config has problems. Correct them to see what is deployed.';
      return stack.state().isStale ? { kind: 'opening' } : { kind: 'problem', message };
    }
    const { state } = this.connection;
    if (state.kind === 'opening') void this.connection.deployment().catch(() => {});
    return state.kind === 'on' ? { ...state, undelivered: this.undeliveredEvents } : state;
  }

  retry(): Promise<AwsState> {
    return this.connection.retry();
  }

  /** The list of runs: its first page if it was not listed before. */
  async runs(): Promise<RunsState> {
    const { list } = await this.scoped();
    const stale = this.context.changes.hasFollowerOf('aws') ? STALE_MS : UNFOLLOWED_MS;
    if (Date.now() - list.refreshedAt > stale) await list.refresh().first;
    if (list.isDeployed === false) return { ...list.state, problem: await this.notDeployed() };
    return list.state;
  }

  /** Rows with all that their stories say. A run whose story can't be read keeps its row. */
  async details(ids: readonly string[]): Promise<readonly RunRow[]> {
    const { list, reader } = await this.scoped();
    await bounded(ids, (id) => reader.run(id).catch((error: unknown) => this.connection.noticed(error)));
    const wanted = new Set(ids);
    return list.state.runs.filter(({ id }) => wanted.has(id));
  }

  /** @throws NoSuchRun */
  async run(id: string): Promise<Run> {
    const { reader } = await this.scoped();
    return this.noticing(reader.run(id));
  }

  /** The whole event of a run. @throws NoSuchRun */
  async eventText(id: string): Promise<string> {
    const { reader } = await this.scoped();
    return this.noticing(reader.eventText(id));
  }

  /** The log of a run, which is fetched from now on. Undefined if there is no such run. */
  async logOf(id: string): Promise<LogFile | undefined> {
    return this.noticing((await this.scoped()).logOf(id));
  }

  async capacity(): Promise<CapacityState> {
    return (await this.scoped()).capacity.state();
  }

  async deployment(): Promise<DeploymentState> {
    return (await this.scoped()).deployed.state();
  }

  async undelivered(): Promise<UndeliveredState> {
    const deployment = await this.opened();
    const state = await this.noticing(this.looks.next(() => undeliveredState(deployment)));
    if (state.about !== this.undeliveredEvents) {
      this.undeliveredEvents = state.about;
      // Who asked knows the events themselves.
      this.publish({ type: 'console' });
    }
    return state;
  }

  async undeliveredEvent(id: string): Promise<UndeliveredDetail> {
    const deployment = await this.opened();
    return this.noticing(this.looks.next(() => undeliveredDetail(deployment, id)));
  }

  /**
   * Where something is changed, and what is read again after that.
   *
   * @throws WrongPlace if a person has confirmed another account or region
   */
  async confirmed(place: Confirmed): Promise<DeployedScope> {
    await this.noticing(this.connection.confirmed(place));
    return this.scoped();
  }

  /** Reads what has changed by a request of this console. */
  async changed(...changes: readonly Change[]): Promise<void> {
    if (changes.some(({ type }) => type === 'runs')) await (await this.scoped()).list.refresh().all;
    if (changes.some(({ type }) => type === 'undelivered')) await this.lookAtCount();
    for (const change of changes) this.publish(change);
  }

  close(): void {
    for (const step of this.undo) step();
    this.live.close();
    this.scope?.close();
    this.connection.close();
  }

  private async opened(): Promise<Deployment> {
    return this.connection.deployment();
  }

  /** What is known of the account, region and stack that the connection is to. */
  private async scoped(): Promise<DeployedScope> {
    const deployment = await this.opened();
    if (this.scope?.accepts(deployment)) return this.scope;
    this.scope?.close();
    this.undeliveredEvents = undefined;
    const { folder, stack, changes } = this.context;
    this.scope = new DeployedScope(deployment, {
      folder,
      expected: (region) => stack.ask('expectedJobs', { region }),
      isWatched: (id) => changes.watchedRuns().some((run) => run.place === 'aws' && run.id === id),
      tell: (change) => this.publish(change),
      failed: (error) => this.connection.noticed(error),
    });
    return this.scope;
  }

  private async noticing<T>(work: Promise<T>): Promise<T> {
    try {
      return await work;
    } catch (error) {
      this.connection.noticed(error);
      throw error;
    }
  }

  private configChanged(): void {
    const config = this.context.stack.config()?.config;
    // It also tells when a synthesis begins.
    if (config === undefined || config === this.config) return;
    this.config = config;
    this.connection.configChanged();
    this.publish({ type: 'deployed' });
  }

  private async notDeployed(): Promise<string> {
    const { region } = await this.opened();
    return `Not deployed in ${region}. Run \`${nextCommand('deploy')}\`.`;
  }

  private async lookAtLists(): Promise<void> {
    if (this.connection.state.kind === 'problem') {
      await this.connection.retry();
      return;
    }
    const scope = await this.scoped().catch(() => undefined);
    await scope?.list.refresh().all;
    await scope?.lookAtCapacity();
  }

  private async lookAtCount(): Promise<void> {
    try {
      this.count(await undeliveredCount(await this.opened()));
    } catch (error) {
      this.connection.noticed(error);
    }
  }

  private count(events: number): void {
    if (events === this.undeliveredEvents) return;
    this.undeliveredEvents = events;
    this.publish({ type: 'undelivered' });
  }

  private async lookAtRun(id: string): Promise<boolean> {
    try {
      return await (await this.scoped()).lookAtRun(id);
    } catch (error) {
      this.connection.noticed(error);
      // A problem can pass.
      return true;
    }
  }

  private publish(change: Change): void {
    this.context.changes.publish(change);
  }
}
