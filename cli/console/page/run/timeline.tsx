import type { Run } from '../../model/run';
import { placeOn, type Span, ticksOf } from '../../model/timeline/axis';
import { type TimeMode, timeText } from '../../model/timeline/facts';
import type { TimelineRow } from '../../model/timeline/row';
import './timeline.css';
import './timeline-shapes.css';
import { GridCell, ROW } from './grid-cell';
import { percent } from './percent';
import { Row } from './timeline-row';

/** What a timeline is told, and tells. */
export interface TimelineProps {
  readonly run: Run;
  readonly rows: readonly TimelineRow[];
  /** What is shown of the run's time. */
  readonly span: Span;
  readonly now: number;
  readonly times: TimeMode;
  /** The selected row, by its ID. */
  readonly selected: string | undefined;
  readonly onSelect: (id: string) => void;
  /** Opens or closes an attempt or a fold. */
  readonly onToggle: (id: string) => void;
}

/** Part of the axis within which two texts overlap. */
const NEAR = 0.045;

/** The rows of a run over one axis, as a tree that keys move in. */
export function Timeline(props: TimelineProps) {
  const { run, rows, span, now, times, selected } = props;
  const focusable = rows.some(({ id }) => id === selected) ? selected : rows[0]?.id;
  const ticks = ticksOf(span, run.startedAt).map(({ at, text }) => ({
    at,
    text: times === 'elapsed' ? text : timeText(at, run.startedAt, times),
  }));
  const tickClass = (at: number) => {
    const place = placeOn(span, at);
    const isBehindNow = isLive && Math.abs(place - placeOn(span, now)) < NEAR;
    return `tick ${place > 1 - NEAR ? 'last' : ''} ${isBehindNow ? 'behind' : ''}`;
  };
  const isLive = run.outcome === 'running' && now >= span.from && now <= span.to;
  return (
    <div class="tl" role="treegrid" aria-label="Timeline of the run" aria-readonly="true">
      <div class={`tl-row axis ${times}`} role={ROW}>
        <GridCell class="lab" role="columnheader">
          <span class="said">Part of the run</span>
        </GridCell>
        <GridCell class="ch" role="columnheader">
          <span class="said">Time</span>
          {ticks.map(({ at, text }) => (
            <span key={at} class={tickClass(at)} aria-hidden="true" style={{ left: percent(placeOn(span, at)) }}>
              {text}
            </span>
          ))}
          {isLive && (
            <b class="now-word" aria-hidden="true" style={{ left: percent(placeOn(span, now)) }}>
              now
            </b>
          )}
        </GridCell>
        <GridCell class="dur" role="columnheader">
          Duration
        </GridCell>
      </div>
      <div class="tl-grid" aria-hidden="true">
        {ticks.map(({ at }) => (
          <i key={at} style={{ left: percent(placeOn(span, at)) }} />
        ))}
        {isLive && <i class="now" style={{ left: percent(placeOn(span, now)) }} />}
      </div>
      {rows.map((row) => (
        <Row key={row.id} row={row} isSelected={row.id === selected} isFocusable={row.id === focusable} {...props} />
      ))}
    </div>
  );
}
