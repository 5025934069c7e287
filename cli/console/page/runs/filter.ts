import { outcomeLook, RUN_OUTCOMES } from '../../../model/outcome';
import type { RunOutcome, RunRow } from '../../../model/run';

/** Which runs a list shows. Undefined: all. It is the query of the address. */
export interface RunFilter {
  readonly job?: string;
  readonly outcome?: RunOutcome;
  readonly source?: string;
  /** Words that are all in the run's ID, job, source or outcome. */
  readonly q?: string;
}

/** Reads the query of an address. An outcome that does not exist filters nothing. */
export function filterOf(query: Readonly<Record<string, string>>): RunFilter {
  const outcome = RUN_OUTCOMES.find((name) => name === query.outcome);
  return {
    ...(query.job && { job: query.job }),
    ...(outcome && { outcome }),
    ...(query.source && { source: query.source }),
    ...(query.q && { q: query.q }),
  };
}

/** The runs that a filter leaves: those in progress first, then the newest first. */
export function filteredRuns(rows: readonly RunRow[], filter: RunFilter): readonly RunRow[] {
  const words = (filter.q ?? '').toLowerCase().split(/\s+/).filter(Boolean);
  return rows
    .filter(
      (row) =>
        (filter.job === undefined || row.job === filter.job) &&
        (filter.outcome === undefined || row.outcome === filter.outcome) &&
        (filter.source === undefined || row.source === filter.source) &&
        (words.length === 0 || hasWords(row, words)),
    )
    .sort((a, b) => rank(a) - rank(b) || b.startedAt - a.startedAt || (a.id < b.id ? -1 : 1));
}

/** What the values of a property are, for a choice: each once, in alphabetical order. */
export function valuesOf(rows: readonly RunRow[], property: 'job' | 'source'): readonly string[] {
  const values = new Set(rows.map((row) => row[property]).filter((value) => value !== undefined));
  return [...values].sort((a, b) => a.localeCompare(b));
}

function hasWords(row: RunRow, words: readonly string[]): boolean {
  const text = `${row.id} ${row.job} ${row.source ?? ''} ${outcomeLook(row.outcome).word}`.toLowerCase();
  return words.every((word) => text.includes(word));
}

function rank({ outcome }: RunRow): number {
  return outcome === 'running' ? 0 : 1;
}
