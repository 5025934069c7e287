import { setTimeout as sleep } from 'node:timers/promises';
import type { Deadline } from './deadline';
import { StartError } from './start-error';

/** First wait's upper bound in milliseconds; it doubles with each further one. */
const FIRST_WAIT_MS = 50;

/**
 * Upper bound of every wait in milliseconds. Step Functions refills its start quota hundreds of times a second, so a
 * longer wait would only waste the caller's patience: twenty throttled attempts pass in about five seconds.
 */
const LONGEST_WAIT_MS = 500;

/** No attempt waits longer than this for its answer, in milliseconds. */
const LONGEST_ATTEMPT_MS = 5_000;

/** Shortest time that an attempt is given, in milliseconds, however little is left. */
const SHORTEST_ATTEMPT_MS = 100;

/**
 * Makes attempts until one succeeds, one fails incurably, or the time is up. Waits between them are random from zero to
 * a doubling bound (full jitter), so that functions throttled together do not come back together.
 *
 * @param attempt Is given its own time limit in milliseconds: at most half of what is left, so that a request which
 *   nobody answers leaves time for another.
 * @throws StartError of the last attempt, with the number of attempts in its message when time ran out.
 */
export async function withRetries<T>(attempt: (timeoutMs: number) => Promise<T>, deadline: Deadline): Promise<T> {
  for (let failures = 0; ; failures++) {
    try {
      const timeoutMs = Math.min(LONGEST_ATTEMPT_MS, deadline.remainingMs() / 2);
      return await attempt(Math.max(SHORTEST_ATTEMPT_MS, Math.floor(timeoutMs)));
    } catch (error) {
      if (!(error instanceof StartError) || !error.curable) throw error;
      const waitMs = Math.random() * Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** failures);
      if (deadline.remainingMs() - waitMs < SHORTEST_ATTEMPT_MS) {
        const attempts = failures === 0 ? '1 attempt' : `${failures + 1} attempts`;
        throw new StartError(error.code, `Out of time after ${attempts}: ${error.message}`, true, { cause: error });
      }
      await sleep(waitMs);
    }
  }
}
