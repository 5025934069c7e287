import { bounded } from '../bounded';
import type { DeployedJob, Deployment } from '../deployment';
import { executionsOf, JobNotDeployed, type ListedRun } from '../execution-list';
import { runStory } from '../history';
import type { Optional } from '../optional';
import type { ContainerStart, RunAttempt } from '../run-story';

/** Which start of a container of which run writes to a log stream. */
export interface StreamOrigin {
  readonly run: string;
  readonly attempt: RunAttempt;
  readonly start: ContainerStart;
}

/** Newest runs of a job among which the run of a stream is looked for. */
const MOST_LISTED = 10_000;
const PAGE = 1_000;

/** Stories that are read at most for one stream, and at once. */
const MOST_READ = 200;
const AT_ONCE = 5;

/** Milliseconds by which the clocks of services, and the arrival of lines, can differ. */
const TOLERANCE = 2 * 60_000;

/** Milliseconds after which a stream of no known run is looked for again, and after which the runs are listed again. */
const AGAIN_MS = 3_000;
const LIST_MS = 1_000;

/**
 * Finds out which run a log stream is of. Its name does not say it, only the story of the run does. So the runs are read that were in
 * progress at the time of a line, the newest first, and each that has ended only once.
 */
export class RunsOfStreams {
  private readonly found = new Map<string, StreamOrigin>();
  private readonly unknown = new Map<string, number>();
  /** The newest runs of the job. */
  private listed: readonly ListedRun[] = [];
  private listedAt = 0;
  /** When the story of a run was read. */
  private readonly read = new Map<string, number>();

  constructor(
    private readonly deployment: Deployment,
    private readonly job: DeployedJob,
    /** Tells that the containers of runs in progress cannot be found. */
    private readonly optional?: Optional,
  ) {}

  /** @param time of a line of the stream */
  async of(stream: string, time: Date): Promise<StreamOrigin | undefined> {
    const known = this.found.get(stream);
    if (known !== undefined) return known;
    const asked = this.unknown.get(stream);
    if (asked !== undefined && Date.now() - asked < AGAIN_MS) return undefined;
    await this.search(stream, time.getTime());
    if (!this.found.has(stream)) this.unknown.set(stream, Date.now());
    return this.found.get(stream);
  }

  private async search(stream: string, time: number): Promise<void> {
    const isListOld = this.listedAt === 0 || time > this.listedAt - TOLERANCE;
    if (isListOld && Date.now() - this.listedAt > LIST_MS) await this.list();
    const candidates = this.listed.filter((run) => wasInProgress(run, time) && !this.wasRead(run, time));
    for (let first = 0; first < Math.min(candidates.length, MOST_READ); first += AT_ONCE) {
      await bounded(candidates.slice(first, first + AT_ONCE), (run) => this.readStory(run));
      if (this.found.has(stream)) return;
    }
  }

  private async list(): Promise<void> {
    const listed: ListedRun[] = [];
    this.listedAt = Date.now();
    try {
      for await (const run of executionsOf(this.deployment, this.job, { pageSize: PAGE })) {
        listed.push(run);
        if (listed.length === MOST_LISTED) break;
      }
    } catch (error) {
      throw error instanceof JobNotDeployed ? this.deployment.notDeployed(`Job ${this.job.name}`) : error;
    }
    this.listed = listed;
  }

  /** Whether the story that has been read has all that began until a time. */
  private wasRead({ executionArn }: ListedRun, time: number): boolean {
    return (this.read.get(executionArn) ?? 0) > time + TOLERANCE;
  }

  private async readStory({ executionArn, name }: ListedRun): Promise<void> {
    const now = Date.now();
    const { attempts, ended } = await runStory(this.deployment, executionArn, this.optional);
    this.read.set(executionArn, ended === undefined ? now : Number.POSITIVE_INFINITY);
    for (const attempt of attempts) {
      for (const start of attempt.starts) {
        if (start.logStream !== undefined) this.found.set(start.logStream, { run: name, attempt, start });
      }
    }
  }
}

function wasInProgress({ started, ended }: ListedRun, time: number): boolean {
  return started.getTime() <= time + TOLERANCE && (ended === undefined || ended.getTime() >= time - TOLERANCE);
}
