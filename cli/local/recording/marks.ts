import { stateMeaning } from '../../../modules/orchestration/state-names';
import { counted, formatCount } from '../../../modules/problems/phrases';
import type { LogMark } from '../../model/console';
import type { RetryPolicy } from '../../model/run';
import { withMoreMemory } from '../../model/words/memory';
import { isOutOfMemory } from '../../model/words/reason';
import { duration } from '../../run-report/report-lines';
import type { RecordedProgressEvent } from './format';
import { itemsExit } from './run-progress';

/** A mark and its place in the log. */
export interface LocatedMark {
  /** When it happened: milliseconds since 1970. */
  readonly at: number;
  /** `2.3`; empty before the first start. */
  readonly start: string;
  readonly mark: LogMark;
}

type EventOf<Type extends RecordedProgressEvent['type']> = Extract<RecordedProgressEvent, { type: Type }>;

/** One container of an attempt begins, or those of its items. */
type Begin = Pick<EventOf<'container'>, 'at' | 'attempt' | 'onDemand' | 'memory'>;

/** Turns what happens in a run into the marks between the lines of its log. */
export class Marks {
  /** The start whose output comes now. */
  start = '';
  private attempt = '';
  private starts = 0;
  private isOnDemand = false;
  private restarts = 0;
  private madeToFail = false;
  /** MiB of the container. */
  private memory?: number;
  /** The end of an attempt. What comes next belongs to its mark. */
  private ended: EventOf<'exit'> | undefined;

  constructor(private readonly policy: RetryPolicy) {}

  /** The marks that a progress event leads to. */
  next(progressEvent: RecordedProgressEvent): LocatedMark[] {
    switch (progressEvent.type) {
      case 'signal':
        return [this.placed(progressEvent.at, signalMark(progressEvent))];
      case 'made-to-fail':
        this.madeToFail = true;
        return [];
      case 'exit':
        return this.exit(progressEvent);
      case 'restart':
        return this.restart();
      case 'state':
        return this.state(progressEvent);
      case 'wait':
        return stateMeaning(progressEvent.state)?.kind === 'wait' ? this.end(this.nextText(progressEvent)) : [];
      case 'container':
      case 'items':
        return this.container(progressEvent);
      case 'items-end':
        return this.exit(itemsExit(progressEvent));
      case 'refused': {
        const { at, error = '', injected } = progressEvent;
        const detail = `${error}${injected ? ' (--throttle)' : ''}`.trim();
        return [...this.end(), this.placed(at, { kind: 'note', title: 'Submission refused', detail })];
      }
      case 'duplicate':
        return [this.note(progressEvent.at, 'Duplicate event', 'The second delivery started nothing')];
      case 'unused':
        return [
          ...this.end(),
          this.note(progressEvent.at, 'No effect', `${progressEvent.option}: the run ended first`),
        ];
      case 'note':
        return [this.note(progressEvent.at, 'Note', progressEvent.text)];
      case 'result':
        return this.result(progressEvent);
      case 'error':
        return [
          ...this.end(),
          this.placed(progressEvent.at, { kind: 'failed', title: 'Failed', detail: progressEvent.error }),
        ];
      case 'stopped':
        return [
          ...this.end(),
          this.placed(progressEvent.at, { kind: 'stopped', title: 'Stopped', detail: progressEvent.by }),
        ];
      default:
        return [];
    }
  }

  private placed(at: number, mark: LogMark): LocatedMark {
    return { at, start: this.start, mark };
  }

  private note(at: number, title: string, detail: string): LocatedMark {
    return this.placed(at, { kind: 'note', title, detail });
  }

  private exit(exit: EventOf<'exit'>): LocatedMark[] {
    this.ended = exit;
    return [];
  }

  private restart(): LocatedMark[] {
    const { ended } = this;
    this.ended = undefined;
    this.restarts++;
    if (ended === undefined) return [];
    const title = `Free restart ${this.restarts} of ${this.policy.freeRestarts}`;
    return [
      this.placed(ended.at, { kind: 'restart', title, detail: `${exitText(ended)}. The attempt is not used up` }),
    ];
  }

  private state({ state }: EventOf<'state'>): LocatedMark[] {
    const meaning = stateMeaning(state);
    // The state of an array says nothing of its attempt.
    if (meaning?.kind !== 'job' || meaning.attempt === undefined) return [];
    if (meaning.onDemand) return this.interrupted();
    return String(meaning.attempt) === this.ended?.attempt ? [] : this.end(this.nextText());
  }

  private container({ at, attempt, onDemand, memory }: Begin): LocatedMark[] {
    const continues = attempt === this.attempt;
    const moves = onDemand && !this.isOnDemand && continues;
    const before = this.end();
    this.memory = memory;
    this.starts = continues ? this.starts + 1 : 1;
    if (!continues || moves) this.restarts = 0;
    Object.assign(this, { attempt, isOnDemand: onDemand, start: `${attempt}.${this.starts}` });
    if (!moves) return before;
    const detail = `Attempt ${attempt} continues: no free restart was left`;
    return [...before, this.placed(at, { kind: 'on-demand', title: 'Moved to on-demand', detail })];
  }

  /** The start on Spot capacity that the attempt goes on after. */
  private interrupted(): LocatedMark[] {
    const { ended } = this;
    this.ended = undefined;
    if (ended === undefined) return [];
    return [this.placed(ended.at, { kind: 'interrupted', title: 'Interrupted', detail: exitText(ended) })];
  }

  /** What comes after an attempt that has ended. */
  private nextText(wait?: EventOf<'wait'>): string | undefined {
    const { ended, memory, policy } = this;
    if (ended === undefined) return undefined;
    const next = `Attempt ${Number(ended.attempt) + 1} starts`;
    const more = withMoreMemory(policy, { memory, reason: ended.reason });
    if (wait === undefined) return `${next} at once${more}`;
    const { seconds, waited } = wait;
    const shortened = waited < seconds ? `, shortened to ${duration(waited)}` : '';
    return `${next} in ${duration(seconds)}${shortened}${more && `,${more}`}`;
  }

  /** The mark of an attempt that has ended. @param then what comes next */
  private end(then?: string): LocatedMark[] {
    const { ended, madeToFail } = this;
    if (ended === undefined) return [];
    this.ended = undefined;
    this.madeToFail = false;
    if (ended.outcome === 'succeeded') return [];
    const fault = madeToFail ? ' (--fail-attempts)' : '';
    const detail = [`${exitText(ended)}${fault}`, ended.hint?.replace(/\.$/, ''), then].filter(Boolean).join('. ');
    return [this.placed(ended.at, { ...ending(ended), detail })];
  }

  private result({ at, status, attempts, error, items }: EventOf<'result'>): LocatedMark[] {
    const done = items && `${formatCount(items.succeeded)} of ${counted(items.items, 'item')} succeeded`;
    const code = done ?? (this.ended === undefined ? '' : exitText(this.ended));
    const before = this.end();
    if (status === 'SUCCEEDED') return [this.placed(at, { kind: 'succeeded', title: 'Succeeded', detail: code })];
    const title = attempts === 0 ? 'Failed before an attempt started' : `Failed after ${counted(attempts, 'attempt')}`;
    return [...before, this.placed(at, { kind: 'failed', title, detail: error ?? '' })];
  }
}

function ending({ attempt, outcome }: EventOf<'exit'>): Pick<LogMark, 'kind' | 'title'> {
  switch (outcome) {
    case 'timed-out':
      return { kind: 'timed-out', title: `Attempt ${attempt} timed out` };
    case 'not-started':
      return { kind: 'failed', title: `Attempt ${attempt} did not start` };
    default:
      return { kind: 'failed', title: `Attempt ${attempt} failed` };
  }
}

/** `exit code 1`, or why there is none. */
function exitText({ exitCode, reason, outcome }: EventOf<'exit'>): string {
  // Sentences follow it.
  const why = exitCode !== null && isOutOfMemory(reason) ? ', out of memory' : '';
  const code = exitCode === null ? reason.replace(/\.$/, '') : `exit code ${exitCode}${why}`;
  return outcome === 'interrupted' && exitCode !== null ? `${code} after a Spot interruption` : code;
}

function signalMark({ signal, reason, grace }: EventOf<'signal'>): LogMark {
  if (signal === 'SIGKILL') return { kind: 'note', title: 'Killed', detail: `SIGKILL sent: ${reason}` };
  const kind = reason === 'Timeout' ? 'timed-out' : 'interrupted';
  return { kind, title: reason, detail: `SIGTERM sent, ${duration(grace)} to exit` };
}
