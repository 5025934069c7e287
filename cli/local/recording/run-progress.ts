import { stateMeaning } from '../../../modules/orchestration/state-names';
import { counted, formatCount } from '../../../modules/problems/phrases';
import type { Attempt, ItemCounts, RunOutcome, Start, StartOutcome, TriggerCall, Wait } from '../../model/run';
import { reasonText } from '../../run-report/reason-text';
import type { RecordedProgressEvent } from './format';

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };
type OpenAttempt = Mutable<Omit<Attempt, 'starts' | 'refusals'>> & {
  readonly starts: Mutable<Start>[];
  readonly refusals: Attempt['refusals'][number][];
};
type EventOf<Type extends RecordedProgressEvent['type']> = Extract<RecordedProgressEvent, { type: Type }>;

const NO_CHILDREN: ItemCounts = { waiting: 0, running: 0, succeeded: 0, failed: 0 };

/** How a run ended. */
export interface RunProgressEnd {
  readonly at: number;
  readonly outcome: Exclude<RunOutcome, 'running'>;
  readonly stoppedBy?: string;
  readonly error?: string;
  readonly reason?: string;
  readonly cause?: string;
}

/** What happened so far in a run on this machine, as attempts, starts and waits. */
export class RunProgress {
  readonly attempts: OpenAttempt[] = [];
  readonly waits: Mutable<Wait>[] = [];
  readonly notes: string[] = [];
  readonly trigger: Mutable<TriggerCall>;
  /** `docker`, `podman` or `plain process`. */
  by?: string;
  /** The image that the containers run, if there is one. */
  image?: string;
  end?: RunProgressEnd;
  /** Number of the attempt whose state the state machine is in. */
  private entered = 1;
  /** Free restart that the next start is. */
  private restart?: number;

  /** @param startedAt when the trigger function was invoked */
  constructor(startedAt: number) {
    this.trigger = { at: startedAt, duplicates: 0 };
  }

  next(progressEvent: RecordedProgressEvent): void {
    const { at } = progressEvent;
    switch (progressEvent.type) {
      case 'note':
        this.notes.push(progressEvent.text);
        break;
      case 'unused':
        this.notes.push(`${progressEvent.option} had no effect: the run ended first`);
        break;
      case 'image':
        this.image = progressEvent.image;
        break;
      case 'started':
        this.trigger.endedAt = at;
        break;
      case 'duplicate':
        this.trigger.duplicates++;
        break;
      case 'state':
        this.endWait(at);
        this.entered = stateMeaning(progressEvent.state)?.attempt ?? this.entered;
        break;
      case 'wait':
        this.wait(progressEvent);
        break;
      case 'refused':
        this.refused(progressEvent);
        break;
      case 'container':
        this.container(progressEvent);
        break;
      case 'items':
        this.container(progressEvent);
        this.addChildren({ waiting: progressEvent.children, running: 0, succeeded: 0, failed: 0 });
        break;
      case 'items-end': {
        const { succeeded, failed } = progressEvent;
        this.addChildren({ waiting: -succeeded - failed, running: 0, succeeded, failed });
        this.exit(itemsExit({ ...progressEvent, ...this.attempt?.children }));
        break;
      }
      case 'signal':
        this.signal(progressEvent);
        break;
      case 'made-to-fail':
        if (this.start !== undefined) this.start.isMadeToFail = true;
        break;
      case 'exit':
        this.exit(progressEvent);
        break;
      case 'restart':
        this.restart = progressEvent.run - 1;
        break;
      case 'result': {
        const { status, error, cause } = progressEvent;
        const reason = reasonText(cause);
        this.finish({
          at,
          outcome: status === 'SUCCEEDED' ? 'succeeded' : 'failed',
          ...(error !== undefined && { error }),
          ...(reason !== undefined && { reason }),
          ...(cause !== undefined && { cause }),
        });
        break;
      }
      case 'error':
        this.finish({ at, outcome: 'failed', reason: progressEvent.error });
        break;
      case 'stopped':
        this.finish({ at, outcome: 'stopped', stoppedBy: progressEvent.by });
        break;
    }
  }

  private get attempt(): OpenAttempt | undefined {
    return this.attempts.at(-1);
  }

  private get start(): Mutable<Start> | undefined {
    return this.attempt?.starts.at(-1);
  }

  private wait({ at, state, of, seconds, waited }: EventOf<'wait'>): void {
    this.endWait(at);
    const meaning = stateMeaning(state);
    // One loop of states runs all attempts of a job with `forEach`.
    const following = (this.attempt?.number ?? 0) + 1;
    const { kind, attempt = this.attempt?.children === undefined ? this.entered : following } = meaning ?? {};
    const isRetry = of === 'Wait' && kind === 'wait';
    this.waits.push({ kind: isRetry ? 'retry' : 'throttled', from: at, seconds, waited, before: attempt });
  }

  private endWait(at: number): void {
    const wait = this.waits.at(-1);
    if (wait !== undefined) wait.to ??= at;
  }

  private begin(number: number, at: number): OpenAttempt {
    this.endWait(at);
    const { attempt } = this;
    if (attempt?.number === number) return attempt;
    const begun: OpenAttempt = { number, outcome: 'queued', begunAt: at, refusals: [], starts: [] };
    this.attempts.push(begun);
    return begun;
  }

  private refused({ at, error }: EventOf<'refused'>): void {
    this.begin(this.entered, at).refusals.push({ at, ...(error !== undefined && { error }) });
  }

  private container({
    at,
    attempt,
    onDemand,
    by,
    memory,
  }: Pick<EventOf<'container'>, 'at' | 'attempt' | 'onDemand' | 'by' | 'memory'>): void {
    this.by = by;
    const open = this.begin(Number(attempt), at);
    const before = open.starts.at(-1);
    // The state machine moves only an interrupted attempt.
    if (onDemand && before?.onDemand === false && before.outcome === 'failed') before.outcome = 'interrupted';
    Object.assign(open, { outcome: 'running', endedAt: undefined, reason: undefined });
    if (memory !== undefined) open.memory = memory;
    open.starts.push({
      number: open.starts.length + 1,
      outcome: 'running',
      onDemand,
      startedAt: at,
      ...(this.restart !== undefined && { restart: this.restart }),
    });
    this.restart = undefined;
  }

  /** An attempt can have several arrays. */
  private addChildren(more: ItemCounts): void {
    const { attempt } = this;
    if (attempt === undefined) return;
    const { waiting, running, succeeded, failed } = attempt.children ?? NO_CHILDREN;
    attempt.children = {
      waiting: waiting + more.waiting,
      running: running + more.running,
      succeeded: succeeded + more.succeeded,
      failed: failed + more.failed,
    };
  }

  private signal({ at, signal, reason, grace }: EventOf<'signal'>): void {
    const { start } = this;
    if (start === undefined || signal !== 'SIGTERM') return;
    Object.assign(start, { signalAt: at, signalReason: reason, grace });
  }

  private exit({ at, outcome, exitCode, reason, hint }: EventOf<'exit'>): void {
    const { attempt, start } = this;
    if (attempt === undefined || start === undefined) return;
    const ended = { outcome, reason, ...(hint !== undefined && { hint }) };
    Object.assign(start, ended, { stoppedAt: at, ...(exitCode !== null && { exitCode }) });
    Object.assign(attempt, { outcome, reason, endedAt: at });
  }

  /** The run has ended, also if no progress event says so. */
  finish(end: RunProgressEnd): void {
    this.end = end;
    this.endWait(end.at);
    const { attempt, start } = this;
    if (attempt === undefined || attempt.endedAt !== undefined) return;
    const outcome = outcomeOfOpen(end, attempt);
    if (start !== undefined && start.stoppedAt === undefined) Object.assign(start, { outcome, stoppedAt: end.at });
    Object.assign(attempt, { outcome, endedAt: end.at, ...(end.reason !== undefined && { reason: end.reason }) });
  }
}

/** Outcome of an attempt that had not ended when its run did. */
function outcomeOfOpen({ outcome }: RunProgressEnd, { starts, refusals }: OpenAttempt): StartOutcome {
  if (outcome === 'stopped') return 'stopped';
  return starts.length === 0 && refusals.length > 0 ? 'refused' : 'not-started';
}

/** The end of an attempt of several items, like that of one container. */
export function itemsExit({ at, attempt, succeeded, failed, seconds }: EventOf<'items-end'>): EventOf<'exit'> {
  const outcome = failed > 0 ? 'failed' : 'succeeded';
  const reason = `${counted(failed, 'item')} of ${formatCount(succeeded + failed)} failed`;
  return { at, type: 'exit', attempt, outcome, exitCode: null, reason, seconds };
}
