import { setTimeout as sleep } from 'node:timers/promises';

/** How long something may take to come about where six test files share two cores. What has come about is not waited for. */
export const PATIENCE_MS = 600_000;

/**
 * Waits until something holds: an effect that comes a while after the answer that announces it.
 *
 * @param what says what was waited for, in the error
 */
export async function until(holds: () => boolean | Promise<boolean>, what: string): Promise<void> {
  for (const deadline = Date.now() + PATIENCE_MS; !(await holds()); await sleep(50)) {
    if (Date.now() > deadline) throw new Error(`waited ${PATIENCE_MS / 1000} s in vain for ${what}`);
  }
}
