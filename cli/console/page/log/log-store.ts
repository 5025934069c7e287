import type { LogLine } from '../../../model/console';
import { type LogFilter, type LogPage, PAGE_LINES } from '../../../model/log';

/** Lines that are asked for at once. */
const REQUEST_LINES = 300;

/** Lines that are kept. Beyond, those far from what is shown are forgotten. */
const KEPT_LINES = 6_000;

/** What is known of a log without its lines. */
export type LogTotals = Omit<LogPage, 'lines' | 'from'>;

/** Asks the server for lines. */
export type AskLines = (filter: LogFilter, from: number, count: number) => Promise<LogPage>;

/** The lines of a log that were read, by their position among those that the filter lets through. */
export class LogStore {
  private lines = new Map<number, LogLine>();
  private wanted?: { readonly first: number; readonly last: number };
  private isBusy = false;
  private mustLook = true;
  private isClosed = false;
  /** Undefined until the first answer. */
  totals?: LogTotals;
  problem?: string;

  /** @param onChange is called when lines, totals or the problem changed */
  constructor(
    readonly filter: LogFilter,
    private readonly ask: AskLines,
    private readonly onChange: () => void,
  ) {}

  line(position: number): LogLine | undefined {
    return this.lines.get(position);
  }

  /** Asks for what is missing of a range: only of the latest one, so that a scroll bar that is dragged leaves no queue. */
  want(first: number, last: number): void {
    this.wanted = { first, last };
    void this.work();
  }

  /** The log may have grown. `atEnd`: its last lines are to be shown. */
  look(): void {
    this.mustLook = true;
    void this.work();
  }

  /** Ignores answers that still come. */
  close(): void {
    this.isClosed = true;
  }

  private async work(): Promise<void> {
    if (this.isBusy) return;
    this.isBusy = true;
    try {
      for (let next = this.next(); next !== undefined && !this.isClosed; next = this.next()) {
        this.take(await this.ask(this.filter, ...next));
      }
    } catch (error) {
      this.problem = error instanceof Error ? error.message : String(error);
      this.mustLook = false;
      this.wanted = undefined;
      if (!this.isClosed) this.onChange();
    } finally {
      this.isBusy = false;
    }
  }

  /** What to ask for next: position and count. */
  private next(): [from: number, count: number] | undefined {
    if (this.mustLook) {
      this.mustLook = false;
      return [-1, REQUEST_LINES];
    }
    const { wanted, totals } = this;
    if (wanted === undefined || totals === undefined) return undefined;
    const last = Math.min(wanted.last, totals.total);
    for (let position = wanted.first; position < last; position += 1) {
      if (this.lines.has(position)) continue;
      const from = Math.max(0, position - 50);
      return [from, Math.min(PAGE_LINES, Math.max(REQUEST_LINES, last - from))];
    }
    return undefined;
  }

  private take(page: LogPage): void {
    if (this.isClosed) return;
    const { lines, from, ...totals } = page;
    // The file was replaced.
    if (totals.total < (this.totals?.total ?? 0)) this.lines = new Map();
    this.totals = totals;
    this.problem = undefined;
    for (const [index, line] of lines.entries()) this.lines.set(from + index, line);
    // What is missing then is not there any more.
    if (lines.length === 0) this.wanted = undefined;
    this.forget();
    this.onChange();
  }

  private forget(): void {
    if (this.lines.size <= KEPT_LINES) return;
    const middle = ((this.wanted?.first ?? 0) + (this.wanted?.last ?? 0)) / 2;
    for (const position of this.lines.keys()) {
      if (Math.abs(position - middle) > KEPT_LINES / 4) this.lines.delete(position);
    }
  }
}
