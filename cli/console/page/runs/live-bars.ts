import type { MiniBar, RunRow } from '../../../model/run';

/** The bars of a run. What is in progress goes on to now. */
export function liveBars({ outcome, bars = [], startedAt }: RunRow, now: number): readonly MiniBar[] {
  const last = bars.at(-1);
  if (outcome !== 'running' || last === undefined || last.kind === 'succeeded' || last.kind === 'failed') return bars;
  return [...bars.slice(0, -1), { ...last, to: Math.max(last.to, now - startedAt) }];
}
