import { useRef, useState } from 'preact/hooks';
import { durationText } from '../../../model/duration';
import { placeOn, type Span } from '../../../model/timeline/axis';
import type { TimelineRow } from '../../../model/timeline/row';
import { Button } from '../parts/button';
import { percent } from './percent';

/** Pixels of a drag below which it is a click. */
const CLICK = 4;

/** The least part of the whole that can be selected. */
const LEAST = 0.002;

/** Part of the window by which a key moves it. */
const STEP = 0.25;

/** All rows in a narrow strip. A drag selects the part of the time that the timeline shows; keys move it and make it wider. */
export function Overview(props: {
  readonly rows: readonly TimelineRow[];
  readonly whole: Span;
  /** What the timeline shows. Undefined: all. */
  readonly part: Span | undefined;
  readonly onPart: (part: Span | undefined) => void;
}) {
  const { rows, whole, part, onPart } = props;
  const box = useRef<HTMLDivElement>(null);
  const [drag, setDrag] = useState<{ readonly from: number; readonly to: number } | undefined>();
  const at = (clientX: number) => {
    const { left, width } = box.current?.getBoundingClientRect() ?? { left: 0, width: 1 };
    return Math.min(1, Math.max(0, (clientX - left) / width));
  };
  const select = (from: number, to: number) => {
    const [left, right] = [Math.max(0, Math.min(from, to)), Math.min(1, Math.max(from, to))];
    if (right - left < LEAST || (left <= 0 && right >= 1)) return onPart(undefined);
    const length = whole.to - whole.from;
    onPart({ from: whole.from + left * length, to: whole.from + right * length });
  };
  const shown = part ?? whole;
  const [left, right] =
    drag === undefined
      ? [placeOn(whole, shown.from), placeOn(whole, shown.to)]
      : [Math.min(drag.from, drag.to), Math.max(drag.from, drag.to)];
  const onKeyDown = (event: KeyboardEvent) => {
    const width = right - left;
    const middle = (left + right) / 2;
    const moves: Readonly<Record<string, () => void>> = {
      ArrowLeft: () => select(...moved(left, width, -STEP * width)),
      ArrowRight: () => select(...moved(left, width, STEP * width)),
      '+': () => select(middle - width / 4, middle + width / 4),
      '-': () => select(middle - width, middle + width),
      Escape: () => onPart(undefined),
    };
    const move = moves[event.key === '=' ? '+' : event.key];
    if (move === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    move();
  };
  return (
    <div class="overview">
      <div
        ref={box}
        class="overview-box"
        role="slider"
        tabIndex={0}
        aria-label="Part of the run that the timeline shows"
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round(left * 100)}
        aria-valuetext={
          part === undefined
            ? 'All of it'
            : `From ${durationText(part.from - whole.from)} to ${durationText(part.to - whole.from)}`
        }
        title="Drag to zoom. Arrow keys move, + and - zoom, Esc shows all."
        onKeyDown={onKeyDown}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          setDrag({ from: at(event.clientX), to: at(event.clientX) });
        }}
        onPointerMove={(event) => {
          if (drag !== undefined) setDrag({ ...drag, to: at(event.clientX) });
        }}
        onPointerUp={() => {
          const width = box.current?.clientWidth ?? 1;
          if (drag !== undefined && Math.abs(drag.to - drag.from) * width > CLICK) select(drag.from, drag.to);
          setDrag(undefined);
        }}
        onPointerCancel={() => setDrag(undefined)}
      >
        {bars(rows, whole)}
        <i class="overview-part" style={{ left: percent(left), width: percent(right - left) }} />
      </div>
      {part !== undefined && (
        <Button small onClick={() => onPart(undefined)}>
          Show all
        </Button>
      )}
    </div>
  );
}

/** A window of the same width elsewhere. */
function moved(left: number, width: number, by: number): [from: number, to: number] {
  const from = Math.min(1 - width, Math.max(0, left + by));
  return [from, from + width];
}

/** Rows above each other, a few pixels each. */
function bars(rows: readonly TimelineRow[], whole: Span) {
  const drawn = rows.filter(({ kind }) => kind !== 'trigger' && kind !== 'wait');
  return drawn.map((row, index) =>
    row.intervals
      .filter(({ kind }) => kind !== 'bracket' && kind !== 'queue' && kind !== 'unknown')
      .map(({ kind, from, to }, part) => (
        <i
          key={`${row.id} ${part}`}
          class={`interval ${kind}`}
          style={{
            left: percent(placeOn(whole, from)),
            width: percent(placeOn(whole, to) - placeOn(whole, from)),
            top: percent((index + 0.5) / drawn.length),
          }}
        />
      )),
  );
}
