import { bounded } from './bounded';
import type { DeployedJob, Deployment } from './deployment';
import { executionsOf, JobNotDeployed, type ListedRun } from './execution-list';
import type { RunStatus } from './run-story';

/** Which runs of which jobs. */
export interface RunSelection {
  readonly jobs: readonly DeployedJob[];
  /** All if it is empty. */
  readonly statuses: readonly RunStatus[];
  readonly since?: Date;
  /** Runs that are probably consumed, from which the size of the pages follows. */
  readonly limit: number;
}

/** Most executions that a page has. A larger one is rarely consumed whole. */
const MAX_PAGE = 100;

/**
 * The runs of several jobs, newest first. Each job and status is a list of AWS, newest first too, which are merged as they are
 * consumed, so that one page of each is enough for the first runs of thousands.
 *
 * @param missing gets the jobs that are not deployed
 */
export async function* newestRuns(
  deployment: Deployment,
  { jobs, statuses, since, limit }: RunSelection,
  missing: Set<DeployedJob>,
): AsyncGenerator<ListedRun> {
  const pageSize = Math.min(MAX_PAGE, limit + 1);
  const filters = statuses.length === 0 ? [undefined] : statuses;
  const lists = jobs.flatMap((job) =>
    filters.map((status) => new List(job, executionsOf(deployment, job, { pageSize, status }))),
  );
  await bounded(lists, (list) => list.advance(missing));
  for (;;) {
    const next = lists.reduce<List | undefined>((first, list) => (list.isBefore(first) ? list : first), undefined);
    const run = next?.head;
    if (next === undefined || run === undefined || (since !== undefined && run.started < since)) return;
    yield run;
    await next.advance(missing);
  }
}

/** One of the lists that are merged. */
class List {
  head: ListedRun | undefined;

  constructor(
    private readonly job: DeployedJob,
    private readonly runs: AsyncGenerator<ListedRun>,
  ) {}

  async advance(missing: Set<DeployedJob>): Promise<void> {
    try {
      const { value, done } = await this.runs.next();
      this.head = done ? undefined : value;
    } catch (error) {
      if (!(error instanceof JobNotDeployed)) throw error;
      this.head = undefined;
      missing.add(this.job);
    }
  }

  /** Whether its next run is newer than that of another list. */
  isBefore(other: List | undefined): boolean {
    if (this.head === undefined) return false;
    return other?.head === undefined || this.head.started > other.head.started;
  }
}
