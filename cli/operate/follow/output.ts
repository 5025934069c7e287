import { setTimeout as delay } from 'node:timers/promises';
import type { Report } from '../../run-report/report';
import { AwsFault, isDenied } from '../aws/fault';
import type { DeployedJob, Deployment } from '../deployment';
import { LogReader } from '../log-reader';
import type { RunStory } from '../run-story';
import type { RequestRetries } from './request-retries';

/** Seconds until CloudWatch Logs has the last lines of a container that has ended: they are sent every 5 seconds. */
const LATEST_LINES_SECONDS = 6;

const PAUSE_MS = 1_000;

/** The output of a run's containers, out of CloudWatch Logs. Nothing is shown twice, and nothing is left out. */
export class ContainerOutput {
  private readonly readers = new Map<string, LogReader>();
  private readonly ended = new Set<string>();
  private isOff = false;

  constructor(
    private readonly deployment: Deployment,
    private readonly job: DeployedJob,
    private readonly report: Report,
    private readonly retries: RequestRetries,
  ) {
    if (job.logGroupName !== undefined) return;
    this.isOff = true;
    report.tell({ type: 'note', text: 'logging is disabled for this job, so its output is only on the instance' });
  }

  /** Shows the new lines of the containers that run. Returns whether there were some. */
  async showNew({ attempts }: RunStory): Promise<boolean> {
    const start = attempts.at(-1)?.starts.at(-1);
    if (start?.logStream === undefined || start.started === undefined) return false;
    return this.show(start.logStream);
  }

  /** Shows what is left of the output of a container that ended. */
  async finish(stream: string, endedAt: Date): Promise<void> {
    if (this.isOff || this.ended.has(stream)) return;
    const latest = endedAt.getTime() + LATEST_LINES_SECONDS * 1000;
    // A read that began after that time sees all of it.
    for (let isLast = false; !isLast; ) {
      isLast = Date.now() >= latest;
      await this.show(stream);
      if (!isLast) await delay(PAUSE_MS);
    }
    this.ended.add(stream);
    this.readers.delete(stream);
  }

  private async show(stream: string): Promise<boolean> {
    if (this.isOff || this.ended.has(stream)) return false;
    const reader = this.readers.get(stream) ?? this.readerOf(stream);
    this.readers.set(stream, reader);
    try {
      for (let hasNew = false; ; hasNew = true) {
        const lines = await this.retries.run(() => reader.next());
        if (lines.length === 0) return hasNew;
        for (const { time, text } of lines) await this.report.lines(text, time);
      }
    } catch (error) {
      if (!(error instanceof AwsFault) || !isDenied(error)) throw error;
      this.isOff = true;
      this.report.tell({ type: 'note', text: `the output cannot be shown: ${error.message}` });
      return false;
    }
  }
  private readerOf(stream: string): LogReader {
    return new LogReader(this.deployment.clients, { logGroup: this.job.logGroupName ?? '', stream });
  }
}
