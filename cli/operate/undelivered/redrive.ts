import { errorMessage } from '../../../modules/problems/error-message';
import { AwsFault } from '../aws/fault';
import type { Deployment } from '../deployment';
import { type Undelivered, undecided } from './entry';
import type { QueueLook } from './queue-look';
import type { Starts } from './start';

/** What was done with one event. */
export interface Result {
  readonly messageId: string;
  readonly job?: string;
  /** The function that was invoked instead of a job. */
  readonly function?: string;
  readonly outcome: 'started' | 'invoked' | 'duplicate' | 'ignored' | 'deleted' | 'failed' | 'skipped' | 'gone';
  readonly run?: string;
  readonly executionArn?: string;
  /** Why it is still in its queue. */
  readonly reason?: string;
}

/** Failures in a row after which the rest is not tried: the reason is not that of one event. */
const MOST_FAILURES = 10;

/** Starts the runs of events, or deletes events, one by one. */
export class Handling {
  readonly results: Result[] = [];
  private failures = 0;

  /**
   * @param job of the events that several jobs might have got
   * @param tell is called with each result
   */
  constructor(
    private readonly deployment: Deployment,
    private readonly job: string | undefined,
    private readonly tell: (result: Result) => void,
  ) {}

  /** Whether nothing should be tried any more. */
  get isHopeless(): boolean {
    return this.failures >= MOST_FAILURES;
  }

  add(result: Result): void {
    this.failures = result.outcome === 'failed' ? this.failures + 1 : result.outcome === 'skipped' ? this.failures : 0;
    this.results.push(result);
    this.tell(result);
  }

  /** Starts the run of an event. Deletes the message only after there is one. */
  async start(entry: Undelivered, look: QueueLook, starts: Starts): Promise<void> {
    const { messageId, start, jobs, functions } = entry;
    if (start.kind === 'none') return this.add({ messageId, outcome: 'skipped', reason: start.why });
    if (functions.length > 0) return this.invoke(entry, look, starts);
    const name = jobs.length === 1 ? jobs[0] : jobs.find((candidate) => candidate === this.job);
    const job = name === undefined ? undefined : this.deployment.jobs.get(name);
    if (job === undefined) return this.add({ messageId, outcome: 'skipped', reason: undecided(entry) });
    try {
      const outcome = await starts.start(entry, job);
      if (outcome.outcome === 'ignored') {
        const reason = `${job.name} starts no run for such an event, for example a test event. Delete it.`;
        return this.add({ messageId, job: job.name, outcome: 'ignored', reason });
      }
      const reason = await this.removed(entry, look);
      this.add({ messageId, job: job.name, ...outcome, ...(reason !== undefined && { reason }) });
    } catch (error) {
      this.add({ messageId, job: job.name, outcome: 'failed', reason: errorMessage(error) });
    }
  }

  /** Deletes the message only after the function has ended without an error. */
  private async invoke(entry: Undelivered, look: QueueLook, starts: Starts): Promise<void> {
    const { messageId, functions } = entry;
    const why = undecided(entry);
    const deployed = this.deployment.functions.get(functions[0] ?? '');
    if (why !== undefined || deployed === undefined) return this.add({ messageId, outcome: 'skipped', reason: why });
    const { name } = deployed;
    try {
      await starts.invoke(entry, deployed);
      const reason = await this.removed(entry, look);
      this.add({ messageId, function: name, outcome: 'invoked', ...(reason !== undefined && { reason }) });
    } catch (error) {
      this.add({ messageId, function: name, outcome: 'failed', reason: errorMessage(error) });
    }
  }

  /** Why the message of a run that was started is still in its queue. Nothing is lost: it starts no second run. */
  private async removed({ messageId }: Undelivered, look: QueueLook): Promise<string | undefined> {
    try {
      await look.delete(messageId);
      return undefined;
    } catch (error) {
      return `The event could not be deleted: ${errorMessage(error)}`;
    }
  }

  async delete({ messageId, jobs: [job] }: Undelivered, look: QueueLook): Promise<void> {
    try {
      await look.delete(messageId);
      this.add({ messageId, job, outcome: 'deleted' });
    } catch (error) {
      if (!(error instanceof AwsFault)) throw error;
      this.add({ messageId, job, outcome: 'failed', reason: error.message });
    }
  }
}

const OUTCOMES = {
  started: 'started',
  invoked: 'invoked',
  duplicate: 'had started before',
  ignored: 'ignored by the job',
  deleted: 'deleted',
  skipped: 'left, because it cannot be sent again',
  failed: 'failed',
  gone: 'not in the queue any more',
} as const satisfies { readonly [outcome in Result['outcome']]: string };

/** Whether an event is still in its queue, against what was wanted. */
export function isLeft({ outcome, reason }: Result): boolean {
  return ['failed', 'skipped'].includes(outcome) || (outcome !== 'ignored' && reason !== undefined);
}

/** A result as a line. */
export function resultLine({ messageId, outcome, run, function: invoked, reason }: Result): string {
  const id = messageId.slice(0, 8);
  const what = [OUTCOMES[outcome], run ?? (outcome === 'invoked' ? invoked : undefined)].filter(Boolean).join(' ');
  return reason === undefined ? `${id}  ${what}` : `${id}  ${what}: ${reason}`;
}

/** How many events had each result. */
export function resultSummary(results: readonly Result[]): string {
  const counts = Object.entries(OUTCOMES).flatMap(([outcome, text]) => {
    const count = results.filter((result) => result.outcome === outcome).length;
    return count === 0 ? [] : [`${count} ${text}`];
  });
  return counts.length === 0 ? 'No event was found.' : `${counts.join(', ')}.`;
}
