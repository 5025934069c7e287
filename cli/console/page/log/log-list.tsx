import type { ComponentChildren } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { copiedText } from './copied-text';
import { Line, type LineLook } from './log-line';
import { LogScroller } from './log-scroller';
import type { LogStore } from './log-store';

/** Keys that scroll the log while it has the focus, and do nothing else then. */
const SCROLL_KEYS = ['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'PageUp', 'PageDown', 'Home', 'End', ' '];

/** Those that lead to an end of the log. */
const ENDS: { readonly [key: string]: 'toStart' | 'toEnd' } = { Home: 'toStart', End: 'toEnd' };

/** A line to show, in the middle of the view. Each object is another jump. */
export interface Jump {
  readonly position: number;
}

/** The lines of a log: those that are in view, and a few more. */
export function LogList(props: {
  readonly store: LogStore;
  /** Counts the changes of the store. */
  readonly version: number;
  readonly look: LineLook;
  readonly isWrapped: boolean;
  /** Whether the end stays in view. */
  readonly isFollowing: boolean;
  readonly onFollowing: (isFollowing: boolean) => void;
  readonly jump?: Jump;
  /** Below the last line. */
  readonly note?: ComponentChildren;
  /** Above all, over the lines. */
  readonly children?: ComponentChildren;
}) {
  const { store, look, isWrapped, isFollowing, jump, note } = props;
  const box = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLDivElement>(null);
  const block = useRef<HTMLDivElement>(null);
  const [, render] = useState(0);
  const total = store.totals?.total ?? 0;
  const rows = total + (note === undefined ? 0 : 1);
  const scroller = useRef<LogScroller>(undefined);
  scroller.current ??= new LogScroller(() => render((count) => count + 1));
  const { current } = scroller;
  current.onFollowing = props.onFollowing;
  current.update({ rows, isWrapped, isFollowing });
  const { first, last } = current.window;

  useLayoutEffect(() => {
    if (box.current && canvas.current && block.current) {
      current.attach({ box: box.current, canvas: canvas.current, block: block.current });
    }
    return () => current.detach();
  }, []);
  useLayoutEffect(() => {
    current.place();
    store.want(first, Math.min(last, total));
  });
  useEffect(() => {
    if (jump !== undefined) current.jumpTo(jump.position);
  }, [jump]);

  const numbers = Array.from({ length: last - first }, (_, index) => first + index);
  return (
    <div class={`log-frame ${isWrapped ? 'wrapped' : ''} times-${look.times}`}>
      <div
        ref={box}
        class={rows > 3 ? 'log resizable' : 'log'}
        role="log"
        aria-live="off"
        aria-label="Log lines"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it is scrolled by keys
        tabIndex={0}
        onScroll={() => current.onScroll()}
        onKeyDown={(event) => {
          if (SCROLL_KEYS.includes(event.key)) event.stopPropagation();
          const toEnd = ENDS[event.key];
          if (toEnd !== undefined && !event.altKey && !event.metaKey && !event.shiftKey) {
            current[toEnd]();
            event.preventDefault();
          }
          const line = event.key === 'Enter' && jump !== undefined ? store.line(jump.position) : undefined;
          if (line !== undefined && line.mark === undefined) {
            look.onOpen(line);
            event.preventDefault();
          }
        }}
        onCopy={(event) => {
          const text = block.current === null ? undefined : copiedText(block.current);
          if (text === undefined) return;
          event.clipboardData?.setData('text/plain', text);
          event.preventDefault();
        }}
      >
        <div ref={canvas} class="log-canvas">
          <div ref={block} class="log-block">
            {numbers.map((row) =>
              row === total ? (
                <div key={row} class="log-note" data-row={row}>
                  {note}
                </div>
              ) : (
                <Line key={row} row={row} line={store.line(row)} isCurrent={jump?.position === row} look={look} />
              ),
            )}
          </div>
        </div>
      </div>
      {props.children}
    </div>
  );
}
