import { join } from 'node:path';
import { keptFolder } from '../../local/recording/recording-folders';
import type { Change } from '../../model/console';
import type { Deployment } from '../../operate/deployment';
import { AwsCache } from './cache';
import { Capacity } from './capacity';
import { DeployedStack, type ExpectedJobs } from './deployed-stack';
import { RunList } from './run-list';
import { type LogFile, RunLog } from './run-log';
import { keyOf, NoSuchRun, RunReader } from './run-reader';

/** What a scope is told, and tells. */
export interface ScopeContext {
  /** Absolute path of the working folder. */
  readonly folder: string;
  readonly expected: (region: string) => Promise<ExpectedJobs>;
  readonly isWatched: (id: string) => boolean;
  readonly tell: (change: Change) => void;
  readonly failed: (error: unknown) => void;
}

/** What is known of a stack in one account and region. */
export class DeployedScope {
  readonly list: RunList;
  readonly reader: RunReader;
  readonly capacity: Capacity;
  readonly deployed: DeployedStack;
  private readonly cache: AwsCache;
  private readonly logs = new Map<string, RunLog>();
  private shown = new Map<string, string>();

  constructor(
    private current: Deployment,
    private readonly context: ScopeContext,
  ) {
    const { account, region, stackName } = current;
    const { tell, failed, folder, expected } = context;
    const deployment = () => this.deployment;
    this.cache = new AwsCache(join(keptFolder(stackName, folder), 'aws', `${account}-${region}`));
    this.cache.prune();
    this.list = new RunList(deployment, this.cache, () => tell({ type: 'runs', place: 'aws' }), failed);
    this.capacity = new Capacity(deployment, failed);
    this.reader = new RunReader(deployment, this.cache, this.list, this.capacity);
    this.deployed = new DeployedStack(deployment, expected, failed);
  }

  get deployment(): Deployment {
    return this.current;
  }

  /** Goes on with another config of the same stack. Says whether the deployment is of the same account, region and stack. */
  accepts(deployment: Deployment): boolean {
    const { account, region, stackName } = this.current;
    const isSame = deployment.account === account && deployment.region === region && deployment.stackName === stackName;
    if (isSame) this.current = deployment;
    return isSame;
  }

  /** The log of a run. Undefined if there is no such run. */
  async logOf(id: string): Promise<LogFile | undefined> {
    const { reader, cache, context } = this;
    try {
      const found = await reader.found(id);
      const key = keyOf(found);
      const run = () => reader.runOf(found);
      // Of another console, or of the list before it was read again.
      if (!this.logs.has(key)) await run();
      const log =
        this.logs.get(key) ??
        new RunLog(
          () => this.deployment,
          found,
          cache,
          run,
          () => context.isWatched(id),
        );
      this.logs.set(key, log);
      return log.state();
    } catch (error) {
      if (error instanceof NoSuchRun) return undefined;
      throw error;
    }
  }

  /** Tells pages if a run that they show has changed. @returns whether it goes on */
  async lookAtRun(id: string): Promise<boolean> {
    const run = await this.reader.run(id);
    this.noticeChange(`run ${id}`, run, { type: 'run', place: 'aws', id });
    return run.endedAt === undefined;
  }

  /** Tells pages if queues or environments have changed. */
  async lookAtCapacity(): Promise<void> {
    this.noticeChange('capacity', await this.capacity.state(), { type: 'deployed' });
  }

  close(): void {
    this.list.keep();
    for (const log of this.logs.values()) log.close();
  }

  private noticeChange(key: string, value: unknown, change: Change): void {
    const text = JSON.stringify(value);
    if (this.shown.get(key) === text) return;
    this.shown.set(key, text);
    this.context.tell(change);
  }
}
