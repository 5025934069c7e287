import type { DeployedJob, Deployment } from '../deployment';
import { executionsOf, JobNotDeployed, type ListedRun } from '../execution-list';

/** The newest runs of a job that are looked at. */
const NEWEST = 100;

/** Milliseconds after a run's end in which its last lines can arrive. */
const LATEST_LINES_MS = 6_000;

/** Finds the runs of a job that have begun or ended since it looked before. */
export class RunWatch {
  /** Runs that have been seen, and whether they had ended. */
  private seen: Map<string, boolean> | undefined;

  constructor(
    private readonly deployment: Deployment,
    private readonly job: DeployedJob,
  ) {}

  /** What has happened, oldest first. Nothing at the first look. */
  async next(now = Date.now()): Promise<{ readonly run: ListedRun; readonly hasEnded: boolean }[]> {
    const before = this.seen;
    const seen = new Map<string, boolean>();
    const news: { run: ListedRun; hasEnded: boolean }[] = [];
    for await (const run of this.newest()) {
      const hasEnded = run.ended !== undefined && now - run.ended.getTime() > LATEST_LINES_MS;
      if (before !== undefined) {
        const known = before.get(run.name);
        const isNew = known === undefined;
        if (hasEnded && (known === false || isNew)) news.unshift({ run, hasEnded });
        if (isNew) news.unshift({ run, hasEnded: false });
      }
      seen.set(run.name, hasEnded);
      if (seen.size === NEWEST) break;
    }
    this.seen = seen;
    return news;
  }

  private async *newest(): AsyncGenerator<ListedRun> {
    try {
      yield* executionsOf(this.deployment, this.job, { pageSize: NEWEST });
    } catch (error) {
      throw error instanceof JobNotDeployed ? this.deployment.notDeployed(`Job ${this.job.name}`) : error;
    }
  }
}
