import { placeOn, ticksOf } from '../../../model/timeline/axis';
import { timeText } from '../../../model/timeline/facts';
import './timeline.css';
import './timeline-shapes.css';
import { GridCell, ROW } from './grid-cell';
import { percent } from './percent';
import type { TimelineProps } from './timeline-props';
import { Row } from './timeline-row';

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
