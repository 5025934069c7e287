/** The moment by which an answer must be ready, so that Lambda does not cut the function off without one. */
export interface Deadline {
  /** Milliseconds left; negative once it has passed. */
  remainingMs(): number;
}

/**
 * Time that is kept for the answer and the log line, in milliseconds. A function that Lambda cuts off gives a web
 * caller a bare 502, and leaves no line that says why.
 */
export const RESERVE_MS = 500;

/** The deadline of an invocation that has `remainingMs` milliseconds left before Lambda ends it. */
export function deadlineIn(remainingMs: number): Deadline {
  const end = performance.now() + remainingMs - RESERVE_MS;
  return { remainingMs: () => end - performance.now() };
}
