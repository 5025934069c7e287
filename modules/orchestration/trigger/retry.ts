import { setTimeout as sleep } from 'node:timers/promises';
import type { Deadline } from './deadline';
import { StartError } from './start-error';

/** Maximum of the first wait in milliseconds, and minimum of every wait's maximum. */
const FIRST_WAIT_MS = 50;

/** Maximum of every wait, in milliseconds. */
const LONGEST_WAIT_MS = 1_000;

/**
 * Largest part of the remaining time that a wait can take. Functions that run out of time retry more often than those that have just
 * started, and so succeed first. `npm run burst` measures the effect: with 1,000 functions at the same time, and 150 executions accepted
 * per second, 3 in 1,000 run out of time. With waits of up to half a second for all, 34 did.
 */
const WAITS_IN_TIME_LEFT = 15;

/** Maximum timeout of an attempt, in milliseconds. */
const LONGEST_ATTEMPT_MS = 5_000;

/** Minimum timeout of an attempt, in milliseconds, even if less time is left. */
const SHORTEST_ATTEMPT_MS = 100;

/** Maximum of the wait after a number of failures, from 0. Doubles from 50 ms, and decreases again as the time runs out. */
export function longestWaitMs(failures: number, remainingMs: number): number {
  const share = Math.max(FIRST_WAIT_MS, remainingMs / WAITS_IN_TIME_LEFT);
  return Math.min(FIRST_WAIT_MS * 2 ** failures, LONGEST_WAIT_MS, share);
}

/** Whether enough time is left for a wait and another attempt. */
export function timeForAnother(remainingMs: number, waitMs: number): boolean {
  return remainingMs - waitMs >= SHORTEST_ATTEMPT_MS;
}

/**
 * Repeats attempts until one succeeds, one fails incurably, or the time is up. Waits are random from zero to a maximum (full jitter), so
 * that functions throttled together don't retry together.
 *
 * @param attempt Gets its timeout in milliseconds: at most half of the remaining time, so that a request without a response leaves
 *   time for another.
 * @throws StartError of the last attempt. If the time ran out, its message has the number of attempts.
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
