import type { ComponentChild } from 'preact';
import { type LegendKind, legendOf } from '../../../model/timeline/overview';
import type { TimelineRow } from '../../../model/timeline/row';
import { Icon } from '../parts/icon';

const WORDS: Readonly<Record<LegendKind, string>> = {
  queue: 'In queue',
  starting: 'Starting',
  running: 'Running, by outcome',
  live: 'Running now',
  interrupted: 'Spot interruption',
  tail: 'SIGTERM to exit',
  stopped: 'Stopped',
  limit: 'Timeout',
  refusal: 'Submission refused',
  end: 'Ended without a container',
  wait: 'Wait',
  unknown: 'Not recorded',
  restart: 'Free restart',
  'on-demand': 'Moved to on-demand',
};

/** What the shapes mean that occur. */
export function Legend({ rows }: { readonly rows: readonly TimelineRow[] }) {
  const kinds = legendOf(rows);
  if (kinds.length === 0) return null;
  return (
    <ul class="legend" aria-label="Legend">
      {kinds.map((kind) => (
        <li key={kind}>
          <i aria-hidden="true">{sample(kind, rows)}</i>
          {WORDS[kind]}
        </li>
      ))}
    </ul>
  );
}

function sample(kind: LegendKind, rows: readonly TimelineRow[]): ComponentChild {
  switch (kind) {
    case 'running':
      return outcomes(rows).map((outcome) => <b key={outcome} class={`interval part ${outcome}`} />);
    case 'live':
      return <b class="interval part running" />;
    case 'interrupted':
      return (
        <>
          <b class="mark notice" />
          <b class="interval low interrupted" />
        </>
      );
    case 'limit':
    case 'end':
      return <b class={`mark ${kind}`} />;
    case 'refusal':
      return (
        <>
          <b class="interval queue" />
          <b class="mark refusal" />
        </>
      );
    case 'restart':
      return <b class="dash" />;
    case 'on-demand':
      return (
        <span class="tone-od">
          <Icon name="on-demand" />
        </span>
      );
    default:
      return <b class={`interval part ${kind}`} />;
  }
}

/** The outcomes of containers that occur. */
function outcomes(rows: readonly TimelineRow[]): string[] {
  const kinds = new Set<string>(rows.flatMap(({ intervals }) => intervals).map(({ kind }) => kind));
  return ['succeeded', 'failed', 'timed-out'].filter((kind) => kinds.has(kind));
}
