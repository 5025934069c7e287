import type { RefObject } from 'preact';
import type { CursorPosition, Suggestion } from '../../../../model/event-check';
import { placeOf } from '../../../../model/json-text';
import { LINE_HEIGHT } from './gutter';

/** Keys that can be written where the cursor is. */
export interface Hints {
  readonly place: CursorPosition;
  readonly found: readonly Suggestion[];
  /** Of the one that Enter takes. */
  readonly index: number;
}

/** Keys that are visible. A list that scrolls could not be reached by the keyboard alone. */
const VISIBLE = 5;

/** A list of keys below the cursor. */
export function KeyHints(props: {
  readonly hints: Hints;
  readonly area: RefObject<HTMLTextAreaElement | null>;
  readonly onAccept: (suggestion: Suggestion) => void;
}) {
  const { found, index, place } = props.hints;
  const area = props.area.current;
  if (area === null) return null;
  const { line, column } = placeOf(area.value, place.from);
  const left = area.offsetLeft + 12 + (column - 1) * characterWidth(area) - area.scrollLeft;
  const below = 8 + line * LINE_HEIGHT - area.scrollTop;
  // Above the line if there is no room below it.
  const isAbove = below > area.clientHeight - 160 && below > 200;
  const position = isAbove ? { bottom: `${area.clientHeight - below + LINE_HEIGHT + 4}px` } : { top: `${below + 2}px` };
  const most = Math.max(8, (area.parentElement?.clientWidth ?? 0) - 340);
  const first = Math.max(0, Math.min(index - 2, found.length - VISIBLE));
  const visible = found
    .slice(first, first + VISIBLE)
    .map((suggestion, position) => ({ suggestion, each: first + position }));
  return (
    <div
      id="key-hints"
      class="key-hints"
      role="listbox"
      aria-label="Keys"
      style={{ left: `${Math.min(left, most)}px`, ...position }}
    >
      {visible.map(({ suggestion, each }) => (
        // The textarea keeps the focus and hears the keys.
        // biome-ignore lint/a11y/useKeyWithClickEvents: see above
        // biome-ignore lint/a11y/useFocusableInteractive: see above
        <div
          key={suggestion.key}
          id={`key-hint-${each}`}
          role="option"
          aria-selected={each === index}
          aria-posinset={each + 1}
          aria-setsize={found.length}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => props.onAccept(suggestion)}
        >
          <b class="mono">{suggestion.key}</b> <span class="small dim">{suggestion.types.join(' or ')}</span>
          <span class="small muted">{suggestion.meaning}</span>
        </div>
      ))}
    </div>
  );
}

/** Width of a character of the textarea's font, in pixels. */
function characterWidth(area: HTMLTextAreaElement): number {
  const context = document.createElement('canvas').getContext('2d');
  if (context === null) return 7.5;
  context.font = getComputedStyle(area).font;
  return context.measureText('0'.repeat(20)).width / 20;
}
