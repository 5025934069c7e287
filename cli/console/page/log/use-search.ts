import { useEffect, useRef, useState } from 'preact/hooks';
import type { LogFilter, SearchMessage } from '../../../model/log';
import type { RunLocation } from '../../../model/run';
import { apiPath, askLines, OfflineError } from '../api/client';

/** What is looked for: a text, or lines that report errors. */
export type Query = { readonly text: string } | 'errors';

/** Which run's log. */
export interface LogOf {
  readonly place: RunLocation;
  readonly id: string;
}

/** What a search has found so far. */
export interface Found {
  /** Positions of the first 1,000 lines among those that the filter lets through. */
  readonly hits: readonly number[];
  readonly count: number;
  readonly isComplete: boolean;
  readonly problem?: string;
}

const NOTHING: Found = { hits: [], count: 0, isComplete: false };

/** Milliseconds after the last key. */
const PAUSE_MS = 120;

/** Milliseconds between two renderings of what streams in. */
const RENDER_MS = 100;

/** Milliseconds until a log that has grown is searched again. */
const AGAIN_MS = 2_000;

/**
 * Searches the log on the server, and again when it has grown. Another query, filter or component ends the search.
 *
 * @param total lines that the filter lets through so far
 */
export function useSearch(
  { place, id }: LogOf,
  query: Query | undefined,
  filter: LogFilter,
  total: number,
): Found | undefined {
  const [found, setFound] = useState<Found>(NOTHING);
  const [round, setRound] = useState(0);
  const searched = useRef<{ readonly what: string; readonly total: number }>({ what: '', total: 0 });
  const again = useRef<ReturnType<typeof setTimeout>>(undefined);
  const text = typeof query === 'object' ? query.text : '';
  const isForErrors = query === 'errors';
  const { start, stream } = filter;
  const what = JSON.stringify([place, id, text, isForErrors, start, stream]);
  useEffect(() => {
    // What was found stays until the same search has ended once more.
    const isAgain = searched.current.what === what;
    searched.current = { what, total };
    let latest = NOTHING;
    if (!isAgain) setFound(NOTHING);
    if (text === '' && !isForErrors) return;
    const leaving = new AbortController();
    const path = apiPath('/api/log/search', {
      place,
      id,
      start,
      stream,
      ...(isForErrors ? { errors: 1 } : { q: text }),
    });
    const update = (change: Partial<Found>) => {
      latest = { ...latest, ...change };
    };
    const hits: number[] = [];
    const take = (message: SearchMessage) => {
      if ('error' in message) update({ problem: message.error });
      else if ('index' in message) update({ hits, count: hits.push(message.index) });
      else update(message);
    };
    const render = isAgain ? undefined : setInterval(() => setFound(latest), RENDER_MS);
    const search = async () => {
      try {
        await askLines<SearchMessage>(path, take, { signal: leaving.signal });
      } catch (error) {
        if (!(error instanceof OfflineError)) update({ problem: (error as Error).message });
      }
      clearInterval(render);
      if (!leaving.signal.aborted) setFound({ ...latest, hits: [...hits] });
    };
    const begin = setTimeout(search, isForErrors ? 0 : PAUSE_MS);
    return () => {
      clearTimeout(begin);
      clearInterval(render);
      leaving.abort();
    };
  }, [what, round]);
  useEffect(() => {
    if (!found.isComplete || total <= searched.current.total) return;
    again.current ??= setTimeout(() => {
      again.current = undefined;
      setRound((count) => count + 1);
    }, AGAIN_MS);
  });
  useEffect(() => () => clearTimeout(again.current), []);
  return query === undefined ? undefined : found;
}
