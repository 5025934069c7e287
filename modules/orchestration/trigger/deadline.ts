/** The time by which the response must be ready, before Lambda ends the function without one. */
export interface Deadline {
  /** Milliseconds left. Negative after the deadline. */
  remainingMs(): number;
}

/**
 * Time reserved for the response and the log line, in milliseconds. If Lambda ends the function, a web caller gets a 502 without a
 * message, and the log doesn't show the reason.
 */
export const RESERVE_MS = 500;

/** The deadline of an invocation that has `remainingMs` milliseconds left before Lambda ends it. */
export function deadlineIn(remainingMs: number): Deadline {
  const end = performance.now() + remainingMs - RESERVE_MS;
  return { remainingMs: () => end - performance.now() };
}
