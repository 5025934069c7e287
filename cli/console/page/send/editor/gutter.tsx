import { useMemo } from 'preact/hooks';

/** Height of a line in pixels, as in send.css. */
export const LINE_HEIGHT = 20;

/** Lines that are drawn: more than the highest editor has. */
const DRAWN = 60;

/** Line numbers of the lines that are visible. */
export function Gutter(props: {
  readonly text: string;
  /** How far the text is scrolled, in pixels. */
  readonly top: number;
  readonly marks: ReadonlyMap<number, 'bad' | 'warn'>;
}) {
  const count = useMemo(() => lineCount(props.text), [props.text]);
  const first = Math.floor(props.top / LINE_HEIGHT);
  const numbers = Array.from({ length: Math.min(DRAWN, count - first) }, (_, index) => first + index + 1);
  return (
    <div class="gutter" aria-hidden="true" style={{ width: `${String(count).length * 8 + 24}px` }}>
      <div style={{ transform: `translateY(${first * LINE_HEIGHT - props.top}px)` }}>
        {numbers.map((number) => (
          <span key={number} class={props.marks.get(number)}>
            {number}
          </span>
        ))}
      </div>
    </div>
  );
}

function lineCount(text: string): number {
  let count = 1;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) count++;
  return count;
}
