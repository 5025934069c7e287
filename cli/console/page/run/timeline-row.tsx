import { durationText } from '../../../model/duration';
import { placeOn, type Span } from '../../../model/timeline/axis';
import { intervalText } from '../../../model/timeline/facts';
import type { Interval, Mark } from '../../../model/timeline/intervals';
import type { TimelineRow } from '../../../model/timeline/row';
import { Chip, OutcomeChip } from '../parts/chip';
import { Icon } from '../parts/icon';
import { GridCell } from './grid-cell';
import { percent } from './percent';
import type { TimelineProps } from './timeline-props';

/** What a point of a row is called. */
const MARK_WORDS: Readonly<Record<Mark['kind'], string>> = {
  notice: 'Spot interruption',
  refusal: 'Submission refused',
  limit: 'Timeout',
  end: 'Ended without a container',
};

/** Characters that fit into a bar of 56 pixels. */
const SHORT = 9;

/** A row: what it is, its bars, how long it took. */
export function Row(
  props: TimelineProps & { readonly row: TimelineRow; readonly isSelected: boolean; readonly isFocusable: boolean },
) {
  const { row, span, isSelected, isFocusable, onSelect, onToggle } = props;
  const { id, kind, level, isOpen, isLive, from, to } = row;
  const intervals = row.intervals.filter((interval) => isVisible(interval.from, interval.to, span));
  const marks = row.marks.filter(({ at }) => isVisible(at, at, span));
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keys of the tree are those of the whole screen
    // biome-ignore lint/a11y/useSemanticElements: elements of a table lose their meaning when CSS lays them out
    <div
      class={`tl-row ${kind} ${isOpen === true ? 'open' : ''}`}
      role="row"
      data-row={id}
      aria-level={level}
      aria-label={row.name}
      aria-selected={isSelected}
      aria-expanded={isOpen}
      tabIndex={isFocusable ? 0 : -1}
      onClick={() => onSelect(id)}
    >
      <GridCell class="lab" role="gridcell">
        <span class="l1">
          {level === 1 && kind !== 'wait' ? <b>{row.label}</b> : <span>{row.label}</span>}
          {row.outcome !== undefined && <OutcomeChip outcome={row.outcome}>{row.outcomeWord}</OutcomeChip>}
          {isOpen !== undefined && <FoldButton row={row} onToggle={onToggle} />}
        </span>
        {(row.detail !== '' || row.onDemand) && (
          <span class="l2" title={row.detail}>
            {row.onDemand && (
              <Chip icon="on-demand" tone="od">
                On-demand
              </Chip>
            )}
            {row.onDemand && ' '}
            {row.detail}
          </span>
        )}
      </GridCell>
      <GridCell class="ch" role="gridcell">
        {row.connector !== undefined && isVisible(row.connector.at, row.connector.at, span) && (
          <i
            class={`connector ${row.connector.kind}`}
            style={{ left: percent(placeOn(span, row.connector.at)) }}
            aria-hidden="true"
          />
        )}
        {kind === 'trigger' && isVisible(from, from, span) && (
          <i class="ring" style={{ left: percent(placeOn(span, from)) }} />
        )}
        {intervals.map((interval, index) => (
          <Bar key={index} interval={interval} {...props} />
        ))}
        {marks.map(({ kind: mark, at }, index) => (
          <i key={index} class={`mark ${mark}`} style={{ left: percent(placeOn(span, at)) }} title={MARK_WORDS[mark]} />
        ))}
        <Tip {...props} />
      </GridCell>
      <GridCell class="dur" role="gridcell">
        {to === undefined ? (
          <span class="dim">{kind === 'trigger' ? '' : 'unknown'}</span>
        ) : (
          durationText(isLive ? wholeSeconds(to - from) : to - from)
        )}
      </GridCell>
    </div>
  );
}

function FoldButton({ row, onToggle }: { readonly row: TimelineRow; readonly onToggle: (id: string) => void }) {
  const what = row.kind === 'fold' ? row.label : `the starts of ${row.label.toLowerCase()}`;
  return (
    <button
      type="button"
      class="fold"
      tabIndex={-1}
      aria-label={`${row.isOpen ? 'Hide' : 'Show'} ${what}`}
      onClick={(event) => {
        event.stopPropagation();
        onToggle(row.id);
      }}
    >
      <Icon name="chevron" size={12} />
    </button>
  );
}

function Bar({ interval, span }: TimelineProps & { readonly interval: Interval }) {
  const { kind, from, to, text, isLive } = interval;
  const left = placeOn(span, from);
  const label = isLive && kind === 'running' ? durationText(wholeSeconds(to - from)) : text;
  return (
    <span
      class={`interval ${kind} ${isLive ? 'live' : ''}`}
      style={{ left: percent(left), width: percent(placeOn(span, to) - left) }}
    >
      {label !== undefined && <span class={`interval-text ${label.length > SHORT ? 'long' : ''}`}>{label}</span>}
    </span>
  );
}

/** Start, end and duration of each part, for a pointer or the focus on the row. */
function Tip({ row, run, times }: TimelineProps & { readonly row: TimelineRow }) {
  const parts = row.intervals.filter(({ kind }) => kind !== 'bracket').slice(0, 6);
  if (parts.length === 0) return null;
  return (
    <span class="tip" aria-hidden="true">
      {parts.map((interval, index) => (
        <span key={index}>{intervalText(interval, run.startedAt, times)}</span>
      ))}
    </span>
  );
}

/** Whether something is within what is shown. */
function isVisible(from: number, to: number, span: Span): boolean {
  return to >= span.from && from <= span.to;
}

/** Tenths of a live timer would flicker. */
function wholeSeconds(milliseconds: number): number {
  return Math.floor(Math.max(0, milliseconds) / 1000) * 1000;
}
