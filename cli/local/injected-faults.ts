import type { Faults } from './arguments';

/** Why a container is stopped. */
export type StopCause = 'timeout' | 'interruption';

/** The faults that the options of one execution inject, and which of them have had an effect so far. */
export class InjectedFaults {
  /** Numbers of the attempts that ran. */
  readonly attempts = new Set<string>();
  private readonly stops = new Set<StopCause>();
  private toRefuse: number;
  private toInterrupt: boolean;

  constructor(private readonly faults: Faults) {
    this.toRefuse = faults.throttle;
    this.toInterrupt = faults.interruptAfter !== undefined;
  }

  /** Seconds after which each attempt times out. @default the job's own */
  get timeoutAfter(): number | undefined {
    return this.faults.timeoutAfter;
  }

  /** Seconds between SIGTERM and SIGKILL. @default as on the instances */
  get grace(): number | undefined {
    return this.faults.grace;
  }

  /** Whether the submission that comes now is refused. */
  refuses(): boolean {
    if (this.toRefuse <= 0) return false;
    this.toRefuse--;
    return true;
  }

  /** Seconds after which the container that starts now is interrupted. Only the first one is. */
  interruption(): number | undefined {
    if (!this.toInterrupt) return undefined;
    this.toInterrupt = false;
    return this.faults.interruptAfter;
  }

  /** Whether an attempt counts as failed even if its container succeeds. */
  fails(attempt: string): boolean {
    return this.faults.failAttempts.includes(Number(attempt));
  }

  /** A container is stopped. */
  stopped(cause: StopCause): void {
    this.stops.add(cause);
  }

  /** Options that have had no effect so far. */
  get unused(): string[] {
    const { interruptAfter, timeoutAfter, failAttempts } = this.faults;
    return [
      ...(interruptAfter === undefined || this.stops.has('interruption') ? [] : ['--interrupt-after']),
      ...(timeoutAfter === undefined || this.stops.has('timeout') ? [] : ['--timeout-after']),
      ...failAttempts
        .filter((attempt) => !this.attempts.has(String(attempt)))
        .map((attempt) => `--fail-attempts ${attempt}`),
      ...(this.toRefuse > 0 ? ['--throttle'] : []),
    ];
  }
}
