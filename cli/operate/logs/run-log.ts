import { setTimeout as sleep } from 'node:timers/promises';
import { capitalized, counted } from '../../../modules/problems/phrases';
import { colors } from '../../command/colors';
import { DONE, FAILED } from '../../command/exit-code';
import { nextCommand } from '../../command/next-command';
import { UsageError } from '../../command/usage-error';
import type { Deployment } from '../deployment';
import type { FoundRun } from '../find-run';
import { RequestRetries } from '../follow/request-retries';
import { runStory } from '../history';
import { itemStory } from '../items/item-story';
import { LogReader } from '../log-reader';
import { Optional } from '../optional';
import { statusColor, statusText } from '../run-label';
import type { ContainerStart, RunAttempt, RunStory } from '../run-story';
import { duration, localTime, secondsBetween } from '../time-text';
import type { LogLines } from './filter';
import { expired, type LogGroup, logGroupOf } from './log-group';
import type { LogOutput } from './log-output';
import { attemptTitle, endOfAttempt, endOfStart, hasStopped, waitingText } from './run-texts';

/** Milliseconds between two looks at a run that is followed. */
const PAUSE_MS = 2_000;

/** Milliseconds after a container's end in which its last lines can arrive. */
const LATEST_LINES_MS = 10_000;

/** Prints the log of one run: its attempts in order, and in each the starts of its container. */
export class RunLog {
  /** What has been printed, by attempt and start. */
  private readonly told = new Set<string>();
  private group: LogGroup | undefined;
  private readonly retries: RequestRetries;
  private readonly optional: Optional;

  constructor(
    private readonly deployment: Deployment,
    private readonly run: FoundRun,
    private readonly logGroup: string,
    private readonly lines: LogLines,
    private readonly output: LogOutput,
  ) {
    this.optional = new Optional((line) => output.note(line));
    this.retries = new RequestRetries({
      tell: (progressEvent) => output.note('text' in progressEvent ? progressEvent.text : ''),
    });
  }

  /** Prints what is there. Returns the exit code. */
  async print(): Promise<number> {
    const story = await this.story();
    this.refuseMissing(story);
    await this.title(story);
    for (const [index, attempt] of story.attempts.entries()) {
      if (!this.isWanted(attempt)) continue;
      await this.attemptBegins(attempt, index);
      for (const start of attempt.starts) {
        await this.start(index, attempt, start);
        await this.startEnds(index, attempt, start);
      }
      await this.attemptEnds(attempt, index);
    }
    if (isInProgress(story)) {
      const waiting = waitingText(story);
      const state = waiting === undefined ? 'The run goes on' : `The run goes on: ${waiting}`;
      const words = story.item === undefined ? [] : ['--item', String(story.item)];
      this.output.note(`${state}. Follow it: ${nextCommand('logs', [this.run.name, ...words, '--follow'])}`);
    }
    return DONE;
  }

  /** Prints until the run, or the attempt, has ended. Returns its exit code. */
  async follow(): Promise<number> {
    let story = await this.story();
    this.refuseMissing(story);
    await this.title(story);
    for (;;) {
      const isComplete = await this.printNew(story);
      const last = story.attempts.filter((attempt) => this.isWanted(attempt)).at(-1);
      if (isComplete && this.lines.attempt !== undefined && last?.outcome !== undefined && !goesOn(story, last)) {
        return last.outcome === 'succeeded' ? DONE : FAILED;
      }
      if (isComplete && !isInProgress(story)) return await this.end(story);
      await sleep(PAUSE_MS);
      story = await this.story();
    }
  }

  /** Prints what a story has more than the one before. Returns whether it is complete, so that the story's end may be told. */
  private async printNew(story: RunStory): Promise<boolean> {
    for (const [index, attempt] of story.attempts.entries()) {
      if (!this.isWanted(attempt) || this.told.has(`end ${index}`)) continue;
      await this.attemptBegins(attempt, index);
      for (const start of attempt.starts) {
        if (this.isNew(`log ${index} ${start.number}`)) {
          // A container that starts has no stream yet.
          if (start.logStream === undefined && !hasStopped(attempt, start)) {
            this.told.delete(`log ${index} ${start.number}`);
            return false;
          }
          await this.start(index, attempt, start);
          // Its end is in a newer story.
          if (!hasStopped(attempt, start)) return false;
        }
        await this.startEnds(index, attempt, start);
      }
      if (attempt.outcome === undefined) {
        const waiting = waitingText(story);
        if (waiting !== undefined && this.isNew(`waiting ${index} ${attempt.starts.length} ${waiting}`)) {
          this.output.note(`${capitalized(waiting)}.`);
        }
        return false;
      }
      await this.attemptEnds(attempt, index);
    }
    return true;
  }

  /** Prints the log of one start of a container. */
  private async start(index: number, attempt: RunAttempt, start: ContainerStart): Promise<void> {
    const { run, output } = this;
    const { logStream: stream, number } = start;
    if (number > 1) await output.tell(attemptTitle(attempt, start), this.document('start', attempt, start));
    let count = 0;
    if (stream !== undefined) {
      await this.sayExpired(start);
      for await (const { time, text } of this.linesOf(index, attempt, { ...start, logStream: stream })) {
        count += 1;
        await output.line({ run: run.name, attempt: attempt.number, start: number, stream, time, text });
      }
    }
    const { filter, since } = this.lines;
    // A container that never started has none, and the attempt's end says why.
    if (count === 0 && stream !== undefined)
      output.note(filter === undefined && since === undefined ? '(no lines)' : '(no such lines)');
  }

  private linesOf(index: number, attempt: RunAttempt, start: ContainerStart & { readonly logStream: string }) {
    const { since, filter, follow } = this.lines;
    const { logStream: stream } = start;
    const reader = new LogReader(this.deployment.clients, { logGroup: this.logGroup, stream, since, filter });
    const stopped = start.stopped ?? attempt.ended;
    const isRecent = stopped === undefined || Date.now() - stopped.getTime() < LATEST_LINES_MS;
    if (!follow || !isRecent) return reader.read();
    return reader.follow({
      every: PAUSE_MS,
      ended: () => this.hasStoppedNow(index, start),
      patiently: (request) => this.retries.run(request),
    });
  }

  private async startEnds(index: number, attempt: RunAttempt, start: ContainerStart): Promise<void> {
    const end = endOfStart(attempt, start);
    if (end === undefined || !this.isNew(`stop ${index} ${start.number}`)) return;
    await this.output.tell(
      end,
      { ...this.document('interruption', attempt, start), reason: start.reason },
      colors.yellow,
    );
  }

  private async hasStoppedNow(index: number, { number }: ContainerStart): Promise<boolean> {
    const story = await this.story();
    const attempt = story.attempts[index];
    const start = attempt?.starts[number - 1];
    if (attempt?.outcome !== undefined || story.ended !== undefined) return true;
    // AWS Batch can fail to describe it for a moment.
    return attempt !== undefined && start !== undefined && hasStopped(attempt, start);
  }

  private async title({ name, status, started, ended = new Date(), item }: RunStory): Promise<void> {
    const took = duration(secondsBetween(started, ended));
    const state = isInProgress({ status }) ? `running for ${took}` : `${statusText(status)} after ${took}`;
    const { job } = this.run;
    const document = { type: 'run', run: name, item, job: job.name, status, started: started.toISOString() };
    await this.output.tell(`${titleOf(name, item)}: ${state}, started ${localTime(started)}`, document);
    this.output.dayIsTold(started);
  }

  private async attemptBegins(attempt: RunAttempt, index: number): Promise<void> {
    if (!this.isNew(`begin ${index}`)) return;
    await this.output.tell(attemptTitle(attempt), this.document('attempt', attempt));
  }

  private async attemptEnds(attempt: RunAttempt, index: number): Promise<void> {
    const end = endOfAttempt(attempt);
    if (end === undefined || !this.isNew(`end ${index}`)) return;
    const color = attempt.outcome === 'succeeded' ? colors.green : colors.red;
    await this.output.tell(
      end,
      { ...this.document('end', attempt), outcome: attempt.outcome, reason: attempt.reason },
      color,
    );
  }

  private async end({ name, status, started, ended = new Date(), reason, item }: RunStory): Promise<number> {
    const isSuccess = status === 'SUCCEEDED';
    const text = `${titleOf(name, item)} ${statusText(status)} after ${duration(secondsBetween(started, ended))}`;
    const document = {
      type: 'result',
      run: name,
      item,
      status,
      ended: ended.toISOString(),
      reason: isSuccess ? undefined : reason,
    };
    const cause = isSuccess || reason === undefined ? '' : `: ${reason}`;
    await this.output.tell(text + cause, document, statusColor(status));
    return isSuccess ? DONE : FAILED;
  }

  private document(type: string, { number, maximum, onDemand }: RunAttempt, start?: ContainerStart) {
    const document = { type, run: this.run.name, attempt: number, maximumAttempts: maximum, onDemand };
    return start === undefined ? document : { ...document, start: start.number, stream: start.logStream };
  }

  /** Says once that the lines of an old container are gone. */
  private async sayExpired({ started = new Date() }: ContainerStart): Promise<void> {
    this.group ??= await logGroupOf(this.deployment, this.run.job, this.logGroup);
    const text = expired(this.group, started);
    if (text !== undefined && this.isNew('expired')) this.output.note(text);
  }

  /** @throws UsageError if the run has no such attempt, and will not have it */
  private refuseMissing(story: RunStory): void {
    const { attempt: wanted, follow } = this.lines;
    if (wanted === undefined || story.attempts.some(({ number }) => number === wanted)) return;
    const maximum = Math.max(...story.attempts.map(({ maximum }) => maximum), 0);
    const begun = new Set(story.attempts.map(({ number }) => number)).size;
    const had = counted(begun, 'attempt');
    const canCome = isInProgress(story) && (maximum === 0 || wanted <= maximum);
    if (canCome && follow) return;
    const more = isInProgress(story) ? ` so far, of ${maximum} at most` : '';
    const hint = canCome ? ' Wait for it with --follow.' : '';
    throw new UsageError(`Run ${story.name} has no attempt ${wanted}: it has had ${had}${more}.${hint}`);
  }

  private isWanted({ number }: RunAttempt): boolean {
    return this.lines.attempt === undefined || number === this.lines.attempt;
  }

  private isNew(key: string): boolean {
    if (this.told.has(key)) return false;
    this.told.add(key);
    return true;
  }

  /** @throws UsageError for a run with items, if none is selected */
  private story(): Promise<RunStory> {
    const { item } = this.lines;
    const read = async () => {
      const story = await runStory(this.deployment, this.run.executionArn, this.optional);
      if (item !== undefined) return itemStory(this.deployment, story, item);
      if (story.attempts.some(({ array }) => array !== undefined)) throw new UsageError(whichItem(story));
      return story;
    };
    return this.lines.follow ? this.retries.run(read) : read();
  }
}

function titleOf(name: string, item: number | undefined): string {
  return item === undefined ? name : `Item ${item} of ${name}`;
}

function isInProgress({ status }: Pick<RunStory, 'status'>): boolean {
  return status === 'RUNNING' || status === 'PENDING_REDRIVE';
}

/** A run with items has a container for each of them. */
function whichItem({ name, items }: RunStory): string {
  const [first] = items?.failures ?? [];
  const example = nextCommand('logs', [name, '--item', String(first?.index ?? 0)]);
  return `Each item of run ${name} has a separate log. Select one: ${example}`;
}

/** Whether an attempt that was interrupted goes on with on-demand capacity, or is submitted again. */
function goesOn(story: RunStory, { number, onDemand, outcome }: RunAttempt): boolean {
  if (!isInProgress(story)) return false;
  const isLatest = story.attempts.at(-1)?.number === number;
  return isLatest && (outcome === 'refused' || (outcome === 'interrupted' && !onDemand));
}
