import type { Run, Start } from '../../model/run';

type Remembered = Pick<Start, 'startingAt' | 'instanceType' | 'zone'>;

/** What AWS does not keep about the starts of containers, and was seen while their runs were watched. */
export class RememberedStarts {
  private readonly runs = new Map<string, Map<string, Remembered>>();

  /**
   * A run, to which is added what was seen of it before.
   *
   * @param now milliseconds since 1970
   */
  added(executionArn: string, run: Run, now = Date.now()): Run {
    const seen = this.runs.get(executionArn) ?? new Map<string, Remembered>();
    const attempts = run.attempts.map((attempt) => ({
      ...attempt,
      starts: attempt.starts.map((start) => {
        const key = `${attempt.number}.${start.number}`;
        const before = seen.get(key);
        const isStarting = start.outcome === 'starting' && start.startedAt === undefined;
        const all: Remembered = {
          startingAt: start.startingAt ?? before?.startingAt ?? (isStarting ? now : undefined),
          instanceType: start.instanceType ?? before?.instanceType,
          zone: start.zone ?? before?.zone,
        };
        if (Object.values(all).some((value) => value !== undefined)) seen.set(key, all);
        return { ...start, ...defined({ ...all, startingAt: within(all.startingAt, start) }) };
      }),
    }));
    if (seen.size > 0) this.runs.set(executionArn, seen);
    return { ...run, attempts };
  }
}

/** The clock of this machine and those of AWS differ. */
function within(at: number | undefined, { queuedAt = 0, startedAt = Number.POSITIVE_INFINITY }: Start) {
  return at === undefined ? undefined : Math.min(Math.max(at, queuedAt), startedAt);
}

function defined<T extends object>(value: T): Partial<T> {
  return Object.fromEntries(Object.entries(value).filter(([, item]) => item !== undefined)) as Partial<T>;
}
