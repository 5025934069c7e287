import { durationText } from '../../../model/duration';
import { stripHeights } from '../../../model/mini-bars';
import { outcomeLook } from '../../../model/outcome';
import type { RunRow } from '../../../model/run';
import './bars.css';

const MOST = 20;

/** The last 20 runs, the newest on the right: as high as the logarithm of their durations, colored and capped by their outcome. */
export function RunStrip({ runs, now }: { readonly runs: readonly RunRow[]; readonly now: number }) {
  const shown = [...runs].sort((a, b) => a.startedAt - b.startedAt).slice(-MOST);
  const heights = stripHeights(shown.map(({ startedAt, endedAt }) => (endedAt ?? now) - startedAt));
  const missing = Array.from({ length: MOST - shown.length }, (_, index) => index);
  return (
    <span class="strip" role="img" aria-label={summary(shown)}>
      {missing.map((index) => (
        <i key={`none ${index}`} class="none" />
      ))}
      {shown.map((run, index) => (
        <i
          key={run.id}
          class={run.outcome}
          style={{ height: `${(heights[index] ?? 0) * 100}%` }}
          title={`${outcomeLook(run.outcome).word}, ${durationText((run.endedAt ?? now) - run.startedAt)}`}
        />
      ))}
    </span>
  );
}

/** `Last 20 runs: 17 succeeded, 3 failed` */
function summary(runs: readonly RunRow[]): string {
  if (runs.length === 0) return 'No runs yet';
  const counts = new Map<string, number>();
  for (const { outcome } of runs) {
    const word = outcomeLook(outcome).word.toLowerCase();
    counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  const parts = [...counts].map(([word, count]) => `${count} ${word}`).join(', ');
  return runs.length === 1 ? `Last run: ${parts.slice(2)}` : `Last ${runs.length} runs: ${parts}`;
}
