import { durationText } from '../../../model/duration';
import type { MiniBar } from '../../../model/run';
import './bars.css';
import { percent } from './percent';

/** What a bar of each kind is called. */
const WORDS: Readonly<Record<MiniBar['kind'], string>> = {
  queue: 'in queue',
  wait: 'wait',
  running: 'running',
  succeeded: 'succeeded',
  failed: 'failed',
  interrupted: 'interrupted',
  unknown: 'not recorded',
};

/** The shape of a run in a line, as wide as its box and 18 px high. Its row says the rest. */
export function MiniTimeline({ bars }: { readonly bars: readonly MiniBar[] }) {
  if (bars.length === 0) return <span class="mini" />;
  const end = Math.max(1, ...bars.map(({ to }) => to));
  return (
    <span class="mini" role="img" aria-label={summary(bars)}>
      {bars.map(({ kind, from, to }, index) => (
        <i
          key={index}
          class={`interval ${kind}`}
          style={{ left: percent(Math.max(0, from / end)), width: percent((to - from) / end) }}
          title={`${WORDS[kind]}, ${durationText(to - from)}`}
        />
      ))}
    </span>
  );
}

/** `Timeline: 2 failed, 1 succeeded` */
function summary(bars: readonly MiniBar[]): string {
  const kinds: readonly MiniBar['kind'][] = ['failed', 'interrupted', 'succeeded', 'running'];
  const counts = kinds.flatMap((kind) => {
    const count = bars.filter((bar) => bar.kind === kind).length;
    return count === 0 ? [] : [`${count} ${WORDS[kind]}`];
  });
  return `Timeline: ${counts.length === 0 ? 'no container has started' : counts.join(', ')}`;
}
