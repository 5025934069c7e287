import type { Span } from './axis';
import type { IntervalKind } from './intervals';
import type { TimelineRow } from './row';

/** What a legend explains. */
export type LegendKind =
  | 'queue'
  | 'starting'
  | 'running'
  | 'live'
  | 'interrupted'
  | 'tail'
  | 'stopped'
  | 'limit'
  | 'refusal'
  | 'end'
  | 'wait'
  | 'unknown'
  | 'restart'
  | 'on-demand';

const ORDER: readonly LegendKind[] = [
  'queue',
  'starting',
  'running',
  'live',
  'interrupted',
  'tail',
  'stopped',
  'limit',
  'refusal',
  'end',
  'wait',
  'unknown',
  'restart',
  'on-demand',
];

/** The kinds that occur in rows, in the order of a legend. */
export function legendOf(rows: readonly TimelineRow[]): LegendKind[] {
  const found = new Set<LegendKind>();
  for (const { intervals, marks, connector } of rows) {
    for (const { kind } of intervals) for (const legend of legendKind(kind)) found.add(legend);
    for (const { kind } of marks) found.add(kind === 'notice' ? 'interrupted' : kind);
    if (connector !== undefined) found.add(connector.kind);
  }
  return ORDER.filter((kind) => found.has(kind));
}

function legendKind(kind: IntervalKind): LegendKind[] {
  switch (kind) {
    case 'succeeded':
    case 'failed':
    case 'timed-out':
      return ['running'];
    case 'running':
      return ['live'];
    case 'bracket':
      return [];
    default:
      return [kind];
  }
}

/** Above these, a timeline gets an overview in which a part can be selected. */
const MOST_ROWS = 40;
const GREATEST_RATIO = 200;

/** Kinds of intervals in which a container runs. */
const RUNNING: readonly IntervalKind[] = ['succeeded', 'failed', 'timed-out', 'interrupted', 'stopped', 'running'];

/** Whether a timeline has more rows than fit, or a container that is too short to be seen. */
export function needsOverview(rows: readonly TimelineRow[], span: Span): boolean {
  if (rows.length > MOST_ROWS) return true;
  const lengths = rows
    .flatMap(({ intervals }) => intervals)
    .filter(({ kind, isLive }) => RUNNING.includes(kind) && !isLive)
    .map(({ from, to }) => to - from);
  return lengths.length > 1 && (span.to - span.from) / Math.max(1, Math.min(...lengths)) > GREATEST_RATIO;
}
