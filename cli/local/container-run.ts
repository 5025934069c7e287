import { CONTAINER_STOP_SECONDS } from '../../modules/compute/user-data';
import { EXIT_ON_SIGTERM, STATUS_REASONS } from '../../modules/rules/job-ends';
import type { ContainerOutput } from '../run-report/container-output';
import type { Report } from '../run-report/report';
import type { ContainerSource, ContainerStart, RunningContainer } from './container';
import { exitHint } from './exit-hint';
import type { InjectedFaults, StopCause } from './injected-faults';
import type { JobRun } from './job-detail';
import type { LocalContainer } from './local-container';
import { secondsOf } from './seconds';

export const EXITED = 'Essential container in task exited';
/** The text of AWS Batch, which the state machine reads. */
export const TIMED_OUT = STATUS_REASONS.timedOut;
export const NOT_STARTED = 'Task failed to start';
const HOST_ENDED = `${STATUS_REASONS.hostGone} (instance i-00000000000000000) terminated.`;

/** For the log only: AWS Batch gives no such reasons. */
const STOP_WORDS: Readonly<Record<StopCause, string>> = { timeout: 'Timeout', interruption: 'Spot interruption' };

/** Characters of a container's output that are kept for a hint. */
const HINT_CHARACTERS = 2_000;

/** Maximum delay of a timer in Node.js. A longer one would fire at once. */
const MAX_DELAY_MS = 2_147_483_647;

/** Where containers run, and what is injected and reported meanwhile. */
export interface ContainerSetting {
  readonly container: LocalContainer;
  readonly source: ContainerSource;
  readonly faults: InjectedFaults;
  readonly report: Report;
}

/** A container of a job. */
export interface JobContainer extends Pick<ContainerStart, 'environment' | 'memory'> {
  readonly attempt: string;
  readonly timeoutSeconds: number | undefined;
  /** Position of its item in the run. Undefined for a job without `forEach`. */
  readonly item?: number;
  /** Takes its output. */
  readonly output: Pick<ContainerOutput, 'add' | 'end'>;
}

/** How a container ended, and what the log says of it. */
export interface EndedRun {
  readonly run: JobRun;
  readonly hint?: string;
  /** Seconds since SIGTERM. */
  readonly sinceSignal?: number;
  /** Whether it ended because of a Spot interruption. */
  readonly wasInterrupted?: boolean;
}

/**
 * Runs one container to its end, with its timeout and the faults that are injected.
 *
 * @throws UsageError if there is no container for it
 */
export async function runContainer(
  { container: { architecture }, source, faults, report }: ContainerSetting,
  { environment, memory, attempt, timeoutSeconds, item, output }: JobContainer,
): Promise<EndedRun> {
  let last = '';
  const container = await source.start({
    environment,
    memory,
    onOutput: (stream, chunk) => {
      last = (last + chunk.toString('latin1', Math.max(0, chunk.length - HINT_CHARACTERS))).slice(-HINT_CHARACTERS);
      return output.add(stream, chunk);
    },
  });
  const startedAt = Date.now();
  const stop = new ContainerStop(container, faults, report, item);
  if (timeoutSeconds !== undefined) stop.after(timeoutSeconds, 'timeout');
  const interruptAfter = faults.interruption();
  if (interruptAfter !== undefined) stop.after(interruptAfter, 'interruption');
  const { exitCode, reason, fault } = await container.ended;
  await output.end();
  if (fault !== undefined) throw fault;
  const { killed } = stop;
  const isInterrupted = stop.cause === 'interruption';
  const hint = exitHint({ exitCode, said: `${reason ?? ''}\n${last}`, killed, isInterrupted, architecture });
  const stoppedAt = Date.now();
  const sinceSignal = stop.signalledAt === undefined ? undefined : secondsOf(stoppedAt - stop.signalledAt);
  const run = { startedAt, stoppedAt, ...(reason !== undefined && { reason }) };
  if (exitCode === undefined) return { run: { ...run, statusReason: NOT_STARTED }, hint };
  if (isInterrupted && killed) return { run: { ...run, statusReason: HOST_ENDED }, sinceSignal, wasInterrupted: true };
  if (stop.cause === 'timeout') return { run: { ...run, exitCode, statusReason: TIMED_OUT }, sinceSignal };
  const made = exitCode === 0 && faults.fails(attempt);
  if (made && item === undefined) report.tell({ type: 'made-to-fail', attempt });
  return {
    run: { ...run, exitCode: made ? 1 : exitCode, statusReason: EXITED },
    hint,
    sinceSignal,
    wasInterrupted: isInterrupted && exitCode === EXIT_ON_SIGTERM,
  };
}

/** Stops a container as AWS does: with SIGTERM, and with SIGKILL if it is still running after a while. */
class ContainerStop {
  cause?: StopCause;
  /** Milliseconds since 1970. */
  signalledAt?: number;
  killed = false;
  private readonly timers: NodeJS.Timeout[] = [];

  constructor(
    private readonly container: RunningContainer,
    private readonly faults: InjectedFaults,
    private readonly report: Report,
    private readonly item: number | undefined,
  ) {
    void container.exited.then(() => {
      for (const timer of this.timers) clearTimeout(timer);
    });
  }

  /** Stops it after seconds, if it is still running then. */
  after(seconds: number, cause: StopCause): void {
    this.delay(seconds, () => this.begin(cause));
  }

  private delay(seconds: number, act: () => void): void {
    this.timers.push(setTimeout(act, Math.min(seconds * 1000, MAX_DELAY_MS)));
  }

  private begin(cause: StopCause): void {
    const grace = this.faults.grace ?? CONTAINER_STOP_SECONDS;
    const isFirst = this.cause === undefined;
    this.faults.stopped(cause);
    // A timeout during an interruption counts as a timeout.
    if (this.cause !== 'timeout') this.cause = cause;
    if (!isFirst) return;
    this.signalledAt = Date.now();
    this.signal('SIGTERM', STOP_WORDS[cause], grace);
    this.delay(grace, () => {
      this.killed = true;
      this.signal('SIGKILL', 'still running', grace);
    });
  }

  private signal(signal: 'SIGTERM' | 'SIGKILL', reason: string, grace: number): void {
    const of = this.item === undefined ? {} : { item: this.item };
    this.report.tell({ type: 'signal', signal, reason, grace, ...of });
    this.container.signal(signal);
  }
}
