import { useEffect, useMemo, useState } from 'preact/hooks';
import type { RunLocation, RunRow } from '../../../model/run';
import { tell } from '../api/client';

/** Milliseconds without scrolling before the histories of visible runs are asked for. */
const REST = 300;

/** Milliseconds after which the history of a run in progress is asked for again. */
const FRESH = 10_000;

/** As many as the server answers for at once. */
const MOST = 60;

const SEPARATOR = '\n';

/** Histories that were read. One of an ended run never changes. */
const known = new Map<string, { readonly row: RunRow; readonly at: number }>();
const listeners = new Set<() => void>();

/** Rows with what was read of their histories. */
export function useCompleted(place: RunLocation, rows: readonly RunRow[]): readonly RunRow[] {
  const [round, setRound] = useState(0);
  useEffect(() => {
    const follow = () => setRound((number) => number + 1);
    listeners.add(follow);
    return () => void listeners.delete(follow);
  }, []);
  return useMemo(
    () => (place === 'aws' ? rows.map((row) => ({ ...known.get(row.id)?.row, ...row })) : rows),
    [place, rows, round],
  );
}

/** Has the histories of these rows read if they were listed without: of the visible ones, a moment after scrolling has stopped. */
export function useHistories(place: RunLocation, rows: readonly RunRow[]): void {
  const missing = place === 'aws' ? rows.filter(isMissing).slice(0, MOST) : [];
  const ids = missing.map(({ id }) => id).join(SEPARATOR);
  useEffect(() => {
    if (ids === '') return;
    const leaving = new AbortController();
    const timer = setTimeout(async () => {
      try {
        const asked = { ids: ids.split(SEPARATOR) };
        const answer = await tell<{ readonly runs: readonly RunRow[] }>('/api/runs/details', asked, leaving.signal);
        for (const row of answer.runs) known.set(row.id, { row, at: Date.now() });
        for (const listener of listeners) listener();
      } catch {
        // The rows stay as they were listed: the list says what AWS refuses.
      }
    }, REST);
    return () => {
      clearTimeout(timer);
      leaving.abort();
    };
  }, [ids]);
}

/** Whether a row was listed without its history, and it was not read since. */
export function isUnread(row: RunRow): boolean {
  return row.bars === undefined && !known.has(row.id);
}

function isMissing(row: RunRow): boolean {
  const found = known.get(row.id);
  if (found === undefined) return row.bars === undefined;
  if (found.row.outcome !== 'running') return false;
  return row.outcome !== 'running' || Date.now() - found.at > FRESH;
}
