import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { Change } from '../../../model/console';
import { type ReceivedChange, useChange } from './changes';
import { ask, OfflineError } from './client';

/** What was asked for. While it is asked for again, the last answer stays. */
export interface Answer<T> {
  readonly data?: T;
  /** Why there is no newer answer. That the console has stopped is said by the banner only. */
  readonly problem?: string;
  readonly isLoading: boolean;
  readonly reload: () => void;
}

/** Answers that were had, so that the browser's "back" shows its screen at once, as high as it was. */
const kept = new Map<string, unknown>();
const KEPT = 20;

/** Milliseconds between two questions for the same. */
const PAUSE = 200;

/**
 * Asks the server, and again when something of these types changes.
 *
 * @param path `/api/...` with its query; undefined asks nothing
 * @param concerns which of these changes matter. Default: all
 */
export function useAnswer<T>(
  path: string | undefined,
  types: readonly Change['type'][] = [],
  concerns: (change: Change) => boolean = () => true,
): Answer<T> {
  const [state, setState] = useState<{ readonly path?: string; readonly data?: T; readonly problem?: string }>({});
  const question = useRef<() => void>(undefined);
  const reload = useCallback(() => question.current?.(), []);
  useEffect(() => {
    if (path === undefined) return;
    const leaving = new AbortController();
    const { signal } = leaving;
    question.current = oneAtATime(signal, async () => {
      try {
        const data = await ask<T>(path, signal);
        keep(path, data);
        setState({ path, data });
      } catch (error) {
        if (signal.aborted) return;
        const problem = error instanceof OfflineError ? undefined : (error as Error).message;
        setState((before) => ({ path, data: before.path === path ? before.data : (kept.get(path) as T), problem }));
      }
    });
    question.current();
    return () => leaving.abort();
  }, [path]);
  useChange(types, (change: ReceivedChange) => {
    if (change.type === 'all' || concerns(change)) reload();
  });
  const isOfPath = state.path === path;
  const data = isOfPath ? state.data : path === undefined ? undefined : (kept.get(path) as T | undefined);
  return { data, problem: isOfPath ? state.problem : undefined, isLoading: !isOfPath && path !== undefined, reload };
}

/** Calls of the result while the work is in progress repeat it once, after a pause. */
function oneAtATime(signal: AbortSignal, work: () => Promise<void>): () => void {
  let isBusy = false;
  let isAgain = false;
  return async () => {
    isAgain = true;
    if (isBusy) return;
    isBusy = true;
    while (isAgain && !signal.aborted) {
      isAgain = false;
      await work();
      await new Promise((resolve) => setTimeout(resolve, PAUSE));
    }
    isBusy = false;
  };
}

function keep(path: string, data: unknown): void {
  kept.delete(path);
  kept.set(path, data);
  const [oldest] = kept.keys();
  if (kept.size > KEPT && oldest !== undefined) kept.delete(oldest);
}
