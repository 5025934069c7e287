import { setTimeout as sleep } from 'node:timers/promises';
import type { Deadline } from './deadline';
import { StartError } from './start-error';

/** First wait's upper bound in milliseconds, and the least that any has. */
const FIRST_WAIT_MS = 50;

/** Upper bound of every wait in milliseconds. */
const LONGEST_WAIT_MS = 1_000;

/**
 * A wait takes at most this part of the time that is left, so that functions whose time runs out ask more often than those that have just
 * begun, and come first. `npm run burst` shows what it is good for: with 1,000 functions at once, where AWS lets 150 executions start in a
 * second, 3 in 1,000 run out of time; with waits of up to half a second for all, 34 did.
 */
const WAITS_IN_TIME_LEFT = 15;

/** No attempt waits longer than this for its answer, in milliseconds. */
const LONGEST_ATTEMPT_MS = 5_000;

/** Shortest time that an attempt is given, in milliseconds, however little is left. */
const SHORTEST_ATTEMPT_MS = 100;

/** Bound of the wait after a number of failures, from 0: it doubles from 50 ms, and shrinks again as the time runs out. */
export function longestWaitMs(failures: number, remainingMs: number): number {
  const share = Math.max(FIRST_WAIT_MS, remainingMs / WAITS_IN_TIME_LEFT);
  return Math.min(FIRST_WAIT_MS * 2 ** failures, LONGEST_WAIT_MS, share);
}

/** Whether there is time for a wait and another attempt. */
export function timeForAnother(remainingMs: number, waitMs: number): boolean {
  return remainingMs - waitMs >= SHORTEST_ATTEMPT_MS;
}

/**
 * Makes attempts until one succeeds, one fails incurably, or the time is up. Waits between them are random from zero to
 * a bound (full jitter), so that functions throttled together do not come back together.
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
      const remainingMs = deadline.remainingMs();
      const waitMs = Math.random() * longestWaitMs(failures, remainingMs);
      if (!timeForAnother(remainingMs, waitMs)) {
        const attempts = failures === 0 ? '1 attempt' : `${failures + 1} attempts`;
        throw new StartError(error.code, `Out of time after ${attempts}: ${error.message}`, true, { cause: error });
      }
      await sleep(waitMs);
    }
  }
}
