import { setTimeout as sleep } from 'node:timers/promises';
import { StartError } from '../../../orchestration/trigger/start-error';

/** Connection strings that cannot be written as long as somebody doesn't change something. The state machine doesn't repeat it. */
class ConnectionStringsError extends Error {
  override readonly name = 'ConnectionStringsError';
}

/** Milliseconds between two tries. */
const PAUSE_MS = 2_000;

/** Milliseconds that are kept for a last try. */
const LAST_TRY_MS = 40_000;

/**
 * Repeats what is refused while the permissions of a new role are not known everywhere, which takes some seconds.
 *
 * @param remainingMs milliseconds until the function ends
 * @throws ConnectionStringsError for what stays refused, or that no repetition can cure. What can pass is thrown as it is
 */
export async function whenAllowed<T>(act: () => Promise<T>, remainingMs: number): Promise<T> {
  const end = performance.now() + remainingMs - LAST_TRY_MS;
  for (;;) {
    try {
      return await act();
    } catch (error) {
      const answer = [error, (error as Error).cause].find((one) => one instanceof StartError);
      if (answer?.curable) throw error;
      const isRefused = answer?.code === 'AccessDeniedException';
      if (!isRefused || performance.now() > end) {
        throw new ConnectionStringsError((error as Error).message, { cause: error });
      }
      await sleep(PAUSE_MS);
    }
  }
}
