import { barText, failureReason } from '../../run-report/items-text';
import type { ItemCounts, ItemEnd, ItemsSummary, Outcome } from '../../run-report/progress-event';
import type { Report } from '../../run-report/report';
import { secondsOf } from '../seconds';

/** Items that ended well whose times the end of a run shows. */
const SLOWEST = 3;

/** Failed items that a run's end has in full, for the table and for `--json`. */
const FAILURES = 50;

/** Between two lines about progress where there is no terminal, in milliseconds. */
const LINE_MS = 5_000;

/** Between two pictures of the bar, in milliseconds. */
const BAR_MS = 100;

/** How a child ended. */
export interface ChildEnd {
  readonly item: number;
  readonly attempt: number;
  readonly outcome: Outcome;
  readonly exitCode: number | null;
  readonly reason: string;
  readonly seconds: number;
  readonly hint?: string;
}

/** Counts the items of a run while they end, and shows it. */
export class ItemsProgress {
  private slowest: ItemEnd[] = [];
  /** By item: a later attempt can repeat it. */
  private readonly failures = new Map<number, ItemEnd>();
  private readonly counts = { succeeded: 0, failed: 0, running: 0, waiting: 0 };
  private began = 0;
  private shownAt = 0;
  private timer?: NodeJS.Timeout;

  constructor(private readonly report: Report) {}

  /** An array of children begins. */
  begin(children: number): void {
    Object.assign(this.counts, { succeeded: 0, failed: 0, running: 0, waiting: children });
    this.began = this.shownAt = performance.now();
    this.timer = setInterval(() => this.show(), BAR_MS);
    this.timer.unref();
  }

  started(): void {
    this.counts.waiting--;
    this.counts.running++;
  }

  ended(child: ChildEnd): void {
    const { item, attempt, outcome, seconds, reason, exitCode } = child;
    const { counts } = this;
    counts.running--;
    this.report.tell({ type: 'child', ...child, attempt: String(attempt) });
    if (outcome === 'succeeded') {
      counts.succeeded++;
      this.failures.delete(item);
      this.slowest = [...this.slowest, { item, attempt, seconds }]
        .sort((one, other) => other.seconds - one.seconds)
        .slice(0, SLOWEST);
    } else {
      counts.failed++;
      this.failures.set(item, { item, attempt, seconds, reason: failureReason({ exitCode, reason }) });
    }
    if (performance.now() - this.shownAt >= LINE_MS) this.line();
  }

  /** The array has ended. @param attempt that it was of */
  end(attempt: string): void {
    this.stop();
    const { succeeded, failed } = this.counts;
    const seconds = secondsOf(performance.now() - this.began);
    this.report.tell({ type: 'items-end', attempt, succeeded, failed, seconds });
  }

  /** Removes the bar, also if the array could not go on. */
  stop(): void {
    clearInterval(this.timer);
    this.report.progress(undefined);
  }

  /** @param result of the execution, if it has one */
  summary(result: Pick<ItemsSummary, 'items' | 'succeeded' | 'failed'>): ItemsSummary {
    return {
      ...result,
      failures: [...this.failures.values()].sort((one, other) => one.item - other.item).slice(0, FAILURES),
      slowest: this.slowest,
    };
  }

  private show(): void {
    const { room } = this.report;
    if (room !== undefined) this.report.progress(barText(this.counts, (performance.now() - this.began) / 1000, room));
  }

  private line(): void {
    this.shownAt = performance.now();
    const counts: ItemCounts = { ...this.counts };
    if (this.report.room === undefined) this.report.tell({ type: 'items-progress', ...counts });
  }
}
