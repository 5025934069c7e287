import { failureReason } from '../../run-report/items-text';
import type { RecordedItemFailure, RecordedItems, RecordedProgressEvent } from './format';

/** Failures that `run.json` has. */
const FAILURES = 50;

type EventOf<Type extends RecordedProgressEvent['type']> = Extract<RecordedProgressEvent, { type: Type }>;

/** Counts the items of a run by what happens in it. */
export class ItemsTally {
  private count = 0;
  private succeeded = 0;
  /** By position. Those that an attempt repeats stay until they have ended again. */
  private readonly failures = new Map<number, RecordedItemFailure>();
  private array = { left: 0, jobs: 0, isRepeated: false };

  /** @returns whether it changes the counts */
  next(progressEvent: RecordedProgressEvent): boolean {
    if (progressEvent.type === 'items') this.begin(progressEvent);
    else if (progressEvent.type === 'child') this.ended(progressEvent);
    else return false;
    return true;
  }

  /** Undefined before the first attempt, and without `forEach`. */
  get items(): RecordedItems | undefined {
    if (this.count === 0) return undefined;
    const { count, succeeded, failures } = this;
    const { left, jobs, isRepeated } = this.array;
    const failed = Math.max(0, failures.size - (isRepeated ? left : 0));
    const running = Math.min(left, jobs);
    return {
      ...{ count, succeeded, failed, running, waiting: count - succeeded - failed - running },
      failures: [...failures.values()].sort((one, other) => one.index - other.index).slice(0, FAILURES),
    };
  }

  private begin({ items, children, jobs, attempt, onDemand }: EventOf<'items'>): void {
    this.count = items;
    this.array = { left: children, jobs, isRepeated: onDemand || Number(attempt) > 1 };
  }

  private ended({ item: index, attempt, outcome, reason, exitCode }: EventOf<'child'>): void {
    this.array.left--;
    if (outcome === 'succeeded') {
      this.succeeded++;
      this.failures.delete(index);
    } else {
      const code = exitCode === null ? {} : { exitCode };
      const why = failureReason({ exitCode, reason });
      this.failures.set(index, { index, reason: why, ...code, attempt: Number(attempt) });
    }
  }
}
