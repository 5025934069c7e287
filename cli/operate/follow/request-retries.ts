import { setTimeout as delay } from 'node:timers/promises';
import type { Report } from '../../run-report/report';
import { AwsFault, isPassing } from '../aws/fault';

/** Failures of a request, each after the SDK's own tries, after which it is given up. */
const MOST_FAILURES = 5;

const PAUSE_MS = 5_000;

/** Repeats requests that AWS throttles or does not answer: a run that is followed goes on meanwhile. */
export class RequestRetries {
  private isTold = false;

  constructor(
    private readonly report: Pick<Report, 'tell'>,
    private readonly pauseMs = PAUSE_MS,
  ) {}

  async run<T>(request: () => Promise<T>): Promise<T> {
    for (let failures = 1; ; failures++) {
      try {
        return await request();
      } catch (error) {
        if (!(error instanceof AwsFault) || !isPassing(error) || failures === MOST_FAILURES) throw error;
        if (!this.isTold) this.report.tell({ type: 'note', text: `AWS does not answer ${error.action}, trying again` });
        this.isTold = true;
        await delay(this.pauseMs);
      }
    }
  }
}
