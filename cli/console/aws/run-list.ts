import type { Run, RunOutcome, RunRow } from '../../model/run';
import { idWithJob, parseRunId } from '../../model/run-id';
import { bounded } from '../../operate/bounded';
import type { DeployedJob, Deployment } from '../../operate/deployment';
import type { ListedRun } from '../../operate/execution-list';
import type { FoundRun } from '../../operate/find-run';
import { describeExecution } from '../../operate/history';
import { newestRuns } from '../../operate/newest-runs';
import type { RunStatus } from '../../operate/run-story';
import type { AwsCache, ListedRow } from './cache';
import { partProblem } from './problem-text';

/** Runs that are listed at most. */
const MOST_LISTED = 2_000;

/** Runs of the first page, which is shown at once, and of each further one. */
const PAGE = 100;

/** What a list of runs is at a moment. */
export interface RunsState {
  readonly runs: readonly RunRow[];
  /** Whether older runs have been listed, too. */
  readonly isComplete: boolean;
  readonly problem?: string;
}

/** The newest runs of all jobs of the stack, and what is known of each. */
export class RunList {
  private rows = new Map<string, ListedRow>();
  private isComplete: boolean;
  private problem?: string;
  private missing: ReadonlySet<DeployedJob> = new Set();
  private refreshing?: { readonly first: Promise<void>; readonly all: Promise<void> };
  /** Milliseconds since 1970 of the last list that was made. 0 before. */
  refreshedAt = 0;

  /**
   * @param tell is called when the rows change
   * @param failed is called with the error of a request
   */
  constructor(
    private readonly deployment: () => Deployment,
    private readonly cache: AwsCache,
    private readonly tell: () => void,
    private readonly failed: (error: unknown) => void,
  ) {
    const kept = cache.list();
    for (const row of kept?.rows ?? []) this.rows.set(row.executionArn, row);
    this.isComplete = kept?.isComplete ?? false;
  }

  /** Whether AWS has none of the jobs. Undefined as long as it is not known. */
  get isDeployed(): boolean | undefined {
    if (this.refreshedAt === 0) return undefined;
    return this.missing.size < this.deployment().jobs.size || this.missing.size === 0;
  }

  /** The rows, newest first. */
  get state(): RunsState {
    const { jobs } = this.deployment();
    const rows = [...this.rows.values()].filter(({ job }) => jobs.has(job));
    const names = new Set<string>();
    const twice = new Set<string>();
    for (const { name } of rows) {
      if (names.has(name)) twice.add(name);
      names.add(name);
    }
    const runs = rows
      .sort((one, other) => other.startedAt - one.startedAt)
      // Runs that people started by hand can have the same name in several jobs.
      .map(({ executionArn, ...row }) => (twice.has(row.name) ? { ...row, id: idWithJob(row.job, row.name) } : row));
    return { runs, isComplete: this.isComplete && this.refreshedAt > 0, problem: this.problem };
  }

  /** The run that an ID of a row names. Undefined if it is not among the rows. */
  find(id: string): FoundRun | undefined {
    const { jobs } = this.deployment();
    const { job: jobName, name } = parseRunId(id);
    for (const row of this.rows.values()) {
      const job = jobs.get(row.job);
      if (job === undefined || row.name !== name || (jobName ?? row.job) !== row.job) continue;
      return { job, name, executionArn: row.executionArn };
    }
    return undefined;
  }

  row(executionArn: string): ListedRow | undefined {
    return this.rows.get(executionArn);
  }

  /** Adds what the story of a run says to its row. */
  put(executionArn: string, run: Run): void {
    const { job, outcome, startedAt, endedAt, source, attempt, maximum, isSkipped, bars, name } = run;
    const row = {
      id: name,
      name,
      executionArn,
      job,
      outcome,
      startedAt,
      endedAt,
      source,
      attempt,
      maximum,
      isSkipped,
      bars,
    };
    const before = this.rows.get(executionArn);
    this.rows.set(executionArn, row);
    if (before?.outcome !== outcome || before.attempt !== attempt) this.tell();
  }

  /**
   * Lists the newest runs, and older ones if they are not known.
   *
   * @returns a promise of the first page, and one of all pages. Neither is rejected: a problem is part of the state
   */
  refresh(): { readonly first: Promise<void>; readonly all: Promise<void> } {
    if (this.refreshing !== undefined) return this.refreshing;
    let hasFirst: () => void = () => {};
    const first = new Promise<void>((resolve) => {
      hasFirst = resolve;
    });
    const all = this.load(hasFirst).finally(() => {
      this.refreshing = undefined;
      hasFirst();
      this.tell();
    });
    this.refreshing = { first, all };
    return this.refreshing;
  }

  /** Keeps the runs that have ended. */
  keep(): void {
    if (this.refreshedAt === 0) return;
    const rows = [...this.rows.values()].filter(({ endedAt }) => endedAt !== undefined);
    this.cache.keepList({ rows, isComplete: this.isComplete });
  }

  private async load(hasFirst: () => void): Promise<void> {
    const deployment = this.deployment();
    const jobs = [...deployment.jobs.values()];
    const missing = new Set<DeployedJob>();
    const seen = new Set<string>();
    try {
      for await (const run of newestRuns(deployment, { jobs, statuses: [], limit: PAGE - 1 }, missing)) {
        const isKnown = this.rows.get(run.executionArn)?.endedAt !== undefined;
        this.list(run);
        seen.add(run.executionArn);
        if (seen.size % PAGE === 0) {
          hasFirst();
          this.tell();
        }
        if (seen.size >= MOST_LISTED || (this.isComplete && isKnown && seen.size >= PAGE)) break;
      }
      this.isComplete = true;
      this.missing = missing;
      this.refreshedAt = Date.now();
      this.problem = this.missingText(missing);
      this.forgetOldest();
      await this.ask([...this.rows.values()].filter((row) => row.endedAt === undefined && !seen.has(row.executionArn)));
    } catch (error) {
      this.problem = partProblem('list executions', error);
      this.failed(error);
    }
  }

  private list({ executionArn, name, job, status, started, ended }: ListedRun): void {
    const known = this.rows.get(executionArn);
    const endedAt = ended?.getTime();
    const isSame = known !== undefined && known.endedAt === endedAt && known.startedAt === started.getTime();
    // What is known beyond the list stays as long as the run is the same, also if an ended one is started again where it failed.
    if (isSame && (endedAt !== undefined || known.outcome === 'running')) return;
    this.rows.set(executionArn, {
      ...known,
      id: name,
      name,
      executionArn,
      job: job.name,
      outcome: outcomeOf(status),
      startedAt: started.getTime(),
      endedAt,
      // The last bar of a run that was running is out of date.
      bars: undefined,
    });
  }

  /** Runs that have been running for a long time are not among the newest. */
  private async ask(rows: readonly ListedRow[]): Promise<void> {
    const deployment = this.deployment();
    await bounded(rows, async ({ executionArn, name, job: jobName }) => {
      const job = deployment.jobs.get(jobName);
      if (job === undefined) return;
      const { status, startDate, stopDate } = await describeExecution(deployment, executionArn);
      if (startDate === undefined) return;
      this.list({ executionArn, name, job, status: status as RunStatus, started: startDate, ended: stopDate });
    });
  }

  private forgetOldest(): void {
    if (this.rows.size <= MOST_LISTED) return;
    const newest = [...this.rows.values()].sort((one, other) => other.startedAt - one.startedAt).slice(0, MOST_LISTED);
    this.rows = new Map(newest.map((row) => [row.executionArn, row]));
  }

  private missingText(missing: ReadonlySet<DeployedJob>): string | undefined {
    const deployment = this.deployment();
    if (missing.size === 0 || missing.size === deployment.jobs.size) return undefined;
    const names = [...missing].map(({ name }) => name).join(', ');
    return `Not deployed in ${deployment.region}: ${names}.`;
  }
}

/** How a run ended, by the status of its execution. */
function outcomeOf(status: RunStatus): RunOutcome {
  switch (status) {
    case 'SUCCEEDED':
      return 'succeeded';
    case 'FAILED':
      return 'failed';
    case 'TIMED_OUT':
      return 'timed-out';
    case 'ABORTED':
      return 'stopped';
    default:
      return 'running';
  }
}
