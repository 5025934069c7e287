import { RunStore } from '../../local/recording/run-store';
import { watchRuns } from '../../local/recording/run-watch';
import type { StackSide } from '../config/stack-side';
import type { FoundLog } from '../log/logs';
import type { Changes } from '../server/changes';
import { LocalRuns, type StartedRun } from './local-runs';

/** The runs on this machine of the stack at hand. */
export class LocalSide {
  private readonly processes = new LocalRuns();
  private current?: { readonly stack: string; readonly store: RunStore; readonly stopWatching: () => void };
  private readonly unfollow: () => void;

  constructor(
    private readonly stack: Pick<StackSide, 'name' | 'state' | 'onChange'>,
    private readonly changes: Pick<Changes, 'publish'>,
  ) {
    this.unfollow = stack.onChange(() => this.follow());
  }

  /** The recorded runs. Undefined until the config was valid once, since the stack's name is not known. */
  get store(): RunStore | undefined {
    return this.current?.store;
  }

  /** The recorded runs, after the first synthesis. Undefined if the config has problems from the beginning. */
  async opened(): Promise<RunStore | undefined> {
    while (this.store === undefined && this.stack.state().isStale) {
      await new Promise<void>((resolve) => {
        const stop = this.stack.onChange(() => {
          stop();
          resolve();
        });
      });
    }
    return this.store;
  }

  /** Where the log of a run is. Undefined if there is no such run. */
  async logOf(id: string): Promise<FoundLog | undefined> {
    return (await this.opened())?.log(id);
  }

  /** @throws UsageError or CommandFailure if the run doesn't start */
  start(run: StartedRun): Promise<{ readonly id: string }> {
    return this.processes.start(run);
  }

  /** @throws UsageError or CommandFailure if the run can't be stopped */
  stop(id: string): Promise<void> {
    return this.processes.stop(this.store ?? { read: async () => undefined }, id);
  }

  async close(): Promise<void> {
    this.unfollow();
    this.current?.stopWatching();
    await this.processes.close();
  }

  private follow(): void {
    const stack = this.stack.name();
    if (stack === undefined || stack === this.current?.stack) return;
    this.current?.stopWatching();
    const store = RunStore.of(stack);
    const stopWatching = watchRuns(store, (change) => this.changes.publish(change));
    this.current = { stack, store, stopWatching };
    this.changes.publish({ type: 'runs', place: 'local' });
  }
}
