import { filteredRuns, filterOf } from '../../../cli/console/page/runs/filter';
import { RUN_OUTCOMES } from '../../../cli/model/outcome';
import type { RunOutcome, RunRow } from '../../../cli/model/run';
import type { Result } from './result';

const RUNS = 2000;

/** Filters that are as slow as any: each word is looked for in each run. */
const FILTERS: readonly Readonly<Record<string, string>>[] = [
  {},
  { job: 'job-3' },
  { outcome: 'failed' },
  { q: 'job-1 schedule succeeded' },
  { q: 'nothing' },
];

/** What the list of runs costs the browser. */
export function measureRunList(): readonly Result[] {
  const rows = Array.from({ length: RUNS }, (_, index) => row(index));
  const slowest = Math.max(...FILTERS.map((query) => milliseconds(() => filteredRuns(rows, filterOf(query)))));
  const bytes = Buffer.byteLength(JSON.stringify({ runs: rows.map(({ bars: _, ...rest }) => rest) }));
  return [
    { what: `Filter and sort ${RUNS.toLocaleString('en')} runs`, value: slowest, unit: 'ms', budget: 10 },
    { what: `Index of ${RUNS.toLocaleString('en')} runs`, value: bytes / 1024, unit: 'KB', budget: 500 },
  ];
}

/** The fastest of some times, because other programs can only slow it down. */
function milliseconds(work: () => void): number {
  const times = Array.from({ length: 10 }, () => {
    const start = performance.now();
    work();
    return performance.now() - start;
  });
  return Math.min(...times);
}

function row(index: number): RunRow {
  const startedAt = Date.UTC(2026, 10, 25) - index * 60_000;
  const outcome = RUN_OUTCOMES[1 + (index % 4)] as RunOutcome;
  return {
    id: `job-${index % 30}-${(index * 7919).toString(16).padStart(12, '0')}`,
    job: `job-${index % 30}`,
    outcome,
    startedAt,
    endedAt: startedAt + 50_000,
    source: index % 3 === 0 ? 'schedule' : 'by hand',
    attempt: 1 + (index % 3),
    maximum: 3,
    bars: [
      { kind: 'queue', from: 0, to: 5000 },
      { kind: 'failed', from: 5000, to: 20_000 },
      { kind: 'wait', from: 20_000, to: 25_000 },
      { kind: 'succeeded', from: 25_000, to: 50_000 },
    ],
  };
}
