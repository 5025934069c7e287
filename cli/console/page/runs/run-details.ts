import { useEffect, useState } from 'preact/hooks';
import type { Place, RunRow } from '../../model/run';
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

/** Completes rows that were listed without their history: those that are visible, a moment after scrolling has stopped. */
export function useDetails(place: Place, rows: readonly RunRow[]): readonly RunRow[] {
  const [, setRound] = useState(0);
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
        setRound((round) => round + 1);
      } catch {
        // The rows stay as they were listed: the list says what AWS refuses.
      }
    }, REST);
    return () => {
      clearTimeout(timer);
      leaving.abort();
    };
  }, [ids]);
  return place === 'aws' ? rows.map((row) => ({ ...known.get(row.id)?.row, ...row })) : rows;
}

function isMissing(row: RunRow): boolean {
  if (row.bars !== undefined) return false;
  const found = known.get(row.id);
  if (found === undefined) return true;
  return found.row.outcome === 'running' && Date.now() - found.at > FRESH;
}
