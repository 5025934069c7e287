import type { RunLocation } from '../../model/run';

/** Milliseconds between two looks at lists, capacity and the number of undelivered events. */
const LIST_MS = 15_000;
const COUNT_MS = 60_000;

/** Milliseconds between two looks at a run: more often in the first minute. */
const FIRST_MS = 2_000;
const LATER_MS = 5_000;
const FIRST_MINUTE = 60_000;

const TICK_MS = 500;

/** What is looked at again and again while a page shows it. */
export interface Watched {
  /** Whether a page shows what is in AWS. A hidden one does not count. */
  readonly isShown: () => boolean;
  /** Runs that pages show. */
  readonly runs: () => readonly { readonly place: RunLocation; readonly id: string }[];
  readonly lookAtLists: () => Promise<void>;
  readonly lookAtCount: () => Promise<void>;
  /** @returns whether the run goes on */
  readonly lookAtRun: (id: string) => Promise<boolean>;
}

interface Look {
  readonly since: number;
  next: number;
  isOver: boolean;
}

/** Looks at AWS at intervals, as long as somebody looks at the page. */
export class Live {
  private timer?: NodeJS.Timeout;
  private isLooking = false;
  private nextLists = 0;
  private nextCount = 0;
  private readonly looks = new Map<string, Look>();

  constructor(private readonly watched: Watched) {}

  /** Begins if somebody looks, and ends if nobody does. */
  followersChanged(): void {
    if (!this.watched.isShown()) this.close();
    else this.timer ??= setInterval(() => void this.tick(), TICK_MS).unref();
  }

  close(): void {
    clearInterval(this.timer);
    this.timer = undefined;
  }

  /** @param now milliseconds since 1970 */
  async tick(now = Date.now()): Promise<void> {
    if (this.isLooking) return;
    this.isLooking = true;
    try {
      if (now >= this.nextLists) {
        this.nextLists = now + LIST_MS;
        await this.watched.lookAtLists();
      }
      if (now >= this.nextCount) {
        this.nextCount = now + COUNT_MS;
        await this.watched.lookAtCount();
      }
      await this.lookAtRuns(now);
    } finally {
      this.isLooking = false;
    }
  }

  private async lookAtRuns(now: number): Promise<void> {
    const shown = new Set(this.watched.runs().flatMap(({ place, id }) => (place === 'aws' ? [id] : [])));
    for (const id of this.looks.keys()) if (!shown.has(id)) this.looks.delete(id);
    for (const id of shown) {
      // A page that has just been opened asks itself.
      const look = this.looks.get(id) ?? { since: now, next: now + FIRST_MS, isOver: false };
      this.looks.set(id, look);
      if (look.isOver || now < look.next) continue;
      look.next = now + (now - look.since < FIRST_MINUTE ? FIRST_MS : LATER_MS);
      look.isOver = !(await this.watched.lookAtRun(id));
    }
  }
}
