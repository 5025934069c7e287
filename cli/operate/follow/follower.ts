import { setTimeout as delay } from 'node:timers/promises';
import { DONE, FAILED } from '../../command/exit-code';
import { printMessage } from '../../command/terminal-lines';
import { countsText } from '../../model/words/items';
import type { BatchJob } from '../../run-report/batch-job';
import { Report } from '../../run-report/report';
import { duration } from '../../run-report/report-lines';
import { AwsFault, isDenied } from '../aws/fault';
import { batchJobs } from '../batch-jobs';
import type { Deployment } from '../deployment';
import type { FoundRun } from '../find-run';
import { describeExecution } from '../history';
import type { RunStory } from '../run-story';
import { jobsWithoutDetail, storyOf } from '../story';
import { Changes } from './changes';
import { GrowingHistory } from './growing-history';
import { ContainerOutput } from './output';
import { RequestRetries } from './request-retries';

export interface FollowOptions {
  readonly json: boolean;
  /** What sent the event, if the command knows it better than the event shows. */
  readonly source?: string;
  /** Whether the run had been started before. @default false */
  readonly isDuplicate?: boolean;
}

/** Milliseconds between two looks at a run: short while something happens, and longer while nothing does. */
const PACE = { shortest: 1_000, longest: 5_000, factor: 1.5 };

/** How long the container of a stopped run is waited for: by then, Amazon ECS has killed it. */
const STOPPED_CONTAINER_MS = 150_000;

/** A run as it was at one moment. */
interface Look {
  readonly story: RunStory;
  /** Whether AWS Batch still has a job of it that has not ended. */
  readonly hasLiveJob: boolean;
}

/** Follows one run and reports what happens. */
export class Follower {
  private readonly history: GrowingHistory;
  private readonly changes = new Changes();
  private report: Report | undefined;
  private canDescribeJobs = true;
  private latest = new Date(0);

  constructor(
    private readonly deployment: Deployment,
    private readonly run: FoundRun,
    private readonly options: FollowOptions,
  ) {
    this.history = new GrowingHistory(deployment, run.executionArn);
  }

  /** Reports until the run has ended. Returns the exit code. */
  async toTheEnd(): Promise<number> {
    const { startDate: began } = await describeExecution(this.deployment, this.run.executionArn);
    const report = new Report(process.stdout, { json: this.options.json, began });
    this.report = report;
    const retries = new RequestRetries(report);
    const output = new ContainerOutput(this.deployment, this.run.job, report, retries);
    let pause = PACE.shortest;
    for (let isFirst = true; ; isFirst = false) {
      const { story, hasLiveJob } = await retries.run(() => this.look());
      if (isFirst) this.begin(story);
      // The container of a run that was stopped writes until it ends.
      const isWindingUp = hasLiveJob && story.ended !== undefined && since(story.ended) < STOPPED_CONTAINER_MS;
      const hasChanged = await this.tell(isWindingUp ? withoutStop(story) : story, output);
      if (story.ended !== undefined && !isWindingUp) return this.end(story);
      const hasOutput = await output.showNew(story);
      pause = hasChanged || hasOutput ? PACE.shortest : Math.min(PACE.longest, pause * PACE.factor);
      report.countDown(passingText(story));
      await delay(pause);
    }
  }

  /** Says why nothing more is reported, though the run has not ended. */
  leave(text: string): void {
    this.report?.countDown(undefined);
    printMessage(text);
  }

  private async look(): Promise<Look> {
    // In this order: an execution that ends between the two has no end in the story, instead of an end without its last attempt.
    const execution = await describeExecution(this.deployment, this.run.executionArn);
    await this.history.read();
    const { events } = this.history;
    const jobs = await this.jobs(jobsWithoutDetail(events));
    const hasLiveJob = [...jobs.values()].some(({ status }) => status !== 'SUCCEEDED' && status !== 'FAILED');
    return { story: storyOf(execution, events, jobs), hasLiveJob };
  }

  /** What AWS Batch knows. Without its permission, the history alone tells the run, without its time in the queue. */
  private async jobs(ids: readonly string[]): Promise<ReadonlyMap<string, BatchJob>> {
    if (!this.canDescribeJobs) return new Map();
    try {
      return await batchJobs(this.deployment, ids);
    } catch (error) {
      if (!(error instanceof AwsFault) || !isDenied(error)) throw error;
      this.canDescribeJobs = false;
      const text = `The log of each attempt comes at its end, without its time in the queue: ${error.message}`;
      this.report?.tell({ type: 'note', text });
      return new Map();
    }
  }

  private begin({ name, started, event }: RunStory): void {
    const source = this.options.source ?? event.source ?? 'stored event';
    this.report?.tell({ type: 'event', source, bytes: event.bytes }, started);
    const claimCheck = event.s3Uri !== undefined;
    if (this.options.isDuplicate) this.report?.tell({ type: 'duplicate', executionName: name }, started);
    else this.report?.tell({ type: 'started', executionName: name, claimCheck }, started);
  }

  private async tell(story: RunStory, output: ContainerOutput): Promise<boolean> {
    const changes = this.changes.next(story);
    for (const { progressEvent, at = new Date(), endOf } of changes) {
      if (endOf !== undefined) await output.finish(endOf.stream, endOf.at);
      this.report?.tell(progressEvent, this.inOrder(at));
    }
    return changes.length > 0;
  }

  private end(story: RunStory): number {
    const { name, status, started, ended = new Date(), attempts, error, reason } = story;
    if (status === 'RUNNING' || status === 'PENDING_REDRIVE') throw new Error(`an ended run is ${status}`);
    const ran = new Set(attempts.flatMap(({ number, jobId }) => (jobId === undefined ? [] : [number])));
    const seconds = Math.round(ended.getTime() - started.getTime()) / 1000;
    const failure = status === 'SUCCEEDED' ? {} : { error, cause: reason };
    this.report?.tell(
      { type: 'result', executionName: name, status, attempts: ran.size, seconds, ...failure },
      this.inOrder(ended),
    );
    return status === 'SUCCEEDED' ? DONE : FAILED;
  }

  /** Times of two services can be in another order than what happened. */
  private inOrder(at: Date): Date {
    this.latest = at > this.latest ? at : this.latest;
    return this.latest;
  }
}

/** The story without the stop of its attempts, whose containers write on: they have begun, and not ended. */
function withoutStop(story: RunStory): RunStory {
  const attempts = story.attempts.map((attempt) =>
    attempt.outcome === 'stopped' ? { ...attempt, outcome: undefined, ended: undefined, reason: undefined } : attempt,
  );
  return { ...story, attempts };
}

function since(time: Date): number {
  return Date.now() - time.getTime();
}

/** What a run waits for at the moment. */
function passingText({ attempts, waits, items }: RunStory): string | undefined {
  const wait = waits.at(-1);
  if (wait !== undefined && wait.to === undefined) return `waiting for ${duration(since(wait.from) / 1000)}`;
  if (items !== undefined) return countsText(items.counts);
  const attempt = attempts.at(-1);
  if (attempt?.batchStatus !== 'RUNNABLE' && attempt?.batchStatus !== 'STARTING') return undefined;
  const queued =
    attempt.starts
      .map(({ stopped }) => stopped)
      .filter(Boolean)
      .at(-1) ?? attempt.submitted;
  if (queued === undefined) return undefined;
  const waiting = duration(since(queued) / 1000);
  return attempt.batchStatus === 'RUNNABLE'
    ? `in the queue for ${waiting}`
    : `starting, ${waiting} since the submission`;
}
