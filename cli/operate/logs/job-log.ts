import { setTimeout as sleep } from 'node:timers/promises';
import { executionNameStart } from '../../../modules/orchestration/trigger/execution-name';
import { colors } from '../../command/colors';
import { DONE } from '../../command/exit-code';
import { nextCommand } from '../../command/next-command';
import { isTriggerName } from '../../model/earlier-run';
import { cut } from '../../run-report/report-lines';
import type { DeployedJob, Deployment } from '../deployment';
import { executionsOf, JobNotDeployed, type ListedRun } from '../execution-list';
import { RequestRetries } from '../follow/request-retries';
import { type LogLine, LogReader } from '../log-reader';
import { Optional } from '../optional';
import { statusColor, statusText } from '../run-label';
import { duration, localTime, secondsBetween } from '../time-text';
import type { LogLines } from './filter';
import { expired, logGroupOf } from './log-group';
import type { LogOutput } from './log-output';
import { attemptTitle } from './run-texts';
import { RunWatch } from './run-watch';
import { RunsOfStreams } from './runs-of-streams';

const DAY = 24 * 60 * 60 * 1000;

/** Characters that tell a run's hash, or the end of a stream's name, from others. */
const SHORT = 8;

const LONGEST_LABEL = 24;

/** Milliseconds between two looks at the runs. */
const LOOK_MS = 5_000;

const COLORS = [colors.cyan, colors.magenta, colors.yellow, colors.green, colors.blue];

/** Prints the logs of all runs of a job, by time. */
export class JobLog {
  private readonly since: Date;
  private readonly runs: RunsOfStreams;
  private readonly retries: RequestRetries;
  /** Streams whose run has been told. */
  private readonly told = new Set<string>();
  /** A color for each run. */
  private readonly colors = new Map<string, (text: string) => string>();

  constructor(
    private readonly deployment: Deployment,
    private readonly job: DeployedJob,
    private readonly logGroup: string,
    private readonly lines: LogLines,
    private readonly output: LogOutput,
  ) {
    this.since = lines.since ?? new Date(Date.now() - DAY);
    this.runs = new RunsOfStreams(deployment, job, new Optional((line) => output.note(line)));
    this.retries = new RequestRetries({
      tell: (progressEvent) => output.note('text' in progressEvent ? progressEvent.text : ''),
    });
  }

  /** Prints what is there. Returns the exit code. */
  async print(): Promise<number> {
    await this.begin();
    let count = 0;
    for await (const line of this.reader().read()) {
      count += 1;
      await this.line(line);
    }
    if (count === 0) await this.sayNone();
    return DONE;
  }

  /** Prints what is there and what comes, without end. */
  async follow(): Promise<never> {
    await this.begin();
    const [never] = await Promise.all([this.followLines(), this.followRuns()]);
    return never;
  }

  private async followLines(): Promise<never> {
    const patiently = <T>(request: () => Promise<T>) => this.retries.run(request);
    for await (const line of this.reader().follow({ patiently })) await this.line(line);
    throw new Error('a job has no end');
  }

  /** Tells the starts and the ends of runs: those without a container have no lines. */
  private async followRuns(): Promise<never> {
    const watch = new RunWatch(this.deployment, this.job);
    for (;;) {
      for (const { run, hasEnded } of await this.retries.run(() => watch.next()))
        await (hasEnded ? this.runEnded(run) : this.runStarted(run));
      await sleep(LOOK_MS);
    }
  }

  private runStarted({ name, started }: ListedRun): Promise<void> {
    return this.output.tell(`${name} started`, { type: 'started', run: name, time: started.toISOString() });
  }

  private runEnded({ name, status, started, ended = new Date() }: ListedRun): Promise<void> {
    const text = `${name} ${statusText(status)} after ${duration(secondsBetween(started, ended))}`;
    return this.output.tell(
      text,
      { type: 'result', run: name, status, ended: ended.toISOString() },
      statusColor(status),
    );
  }

  private reader(): LogReader {
    const { logGroup, since } = this;
    return new LogReader(this.deployment.clients, { logGroup, since, filter: this.lines.filter });
  }

  private async begin(): Promise<void> {
    const group = await logGroupOf(this.deployment, this.job, this.logGroup);
    const text = expired(group, this.since);
    if (text !== undefined) this.output.note(text);
  }

  private async line({ time, stream, text }: LogLine): Promise<void> {
    const { run, attempt, start } = (await this.retries.run(() => this.runs.of(stream, time))) ?? {};
    const place = { run, attempt: attempt?.number, start: start?.number, stream };
    // A run can be found later than the first lines of its stream.
    if (!this.told.has(`${run} ${stream}`)) {
      this.told.add(`${run} ${stream}`);
      const isKnown = run !== undefined && attempt !== undefined;
      const title = isKnown ? `${run}: ${attemptTitle(attempt, start)}` : `Container of no known run: ${stream}`;
      await this.output.tell(title, { type: 'container', ...place });
    }
    const label = run === undefined ? stream.slice(-SHORT) : this.shortName(run);
    await this.output.line({ ...place, time, text }, this.colored(run ?? stream, label));
  }

  /** What tells a run from the job's others, on a terminal: the beginning of its hash. A pipe gets the name. */
  private shortName(run: string): string {
    if (!this.output.isTerminal) return run;
    const start = executionNameStart(this.job.name);
    const own = run.startsWith(start) ? run.slice(start.length) : run;
    return isTriggerName(run) ? own.slice(0, SHORT) : cut(own, LONGEST_LABEL);
  }

  private colored(key: string, text: string): string {
    const color = this.colors.get(key) ?? COLORS[this.colors.size % COLORS.length] ?? colors.cyan;
    this.colors.set(key, color);
    return color(text);
  }

  /** Says where lines might be instead. */
  private async sayNone(): Promise<void> {
    const newest = await this.newestRun();
    const { filter, since } = this.lines;
    const what = filter === undefined ? 'lines' : 'such lines';
    const period = since === undefined ? 'in the last day' : `since ${localTime(since)}`;
    this.output.note(`Job ${this.job.name} has written no ${what} ${period}.`);
    if (newest === undefined)
      this.output.note(`It has had no runs. Start one: ${nextCommand('start', [this.job.name])}`);
    else if (filter === undefined) {
      this.output.note(`Its newest run started ${localTime(newest.started)}: ${nextCommand('logs', [newest.name])}`);
    }
  }

  /** @throws CommandFailure if the job is not deployed */
  private async newestRun(): Promise<ListedRun | undefined> {
    try {
      const { value } = await executionsOf(this.deployment, this.job, { pageSize: 1 }).next();
      return value;
    } catch (error) {
      throw error instanceof JobNotDeployed ? this.deployment.notDeployed(`Job ${this.job.name}`) : error;
    }
  }
}
