/** Rows beyond what is visible, so that scrolling shows no gap. */
const MARGIN = 10;

/** More are rendered only where more are visible. */
const MOST = 60;

/** The rows from `from` up to but without `to`. */
export interface RowWindow {
  readonly from: number;
  readonly to: number;
}

/**
 * Which rows of equal height to render.
 *
 * @param top pixels of the list that are above the visible part; negative if the list begins below its upper edge
 * @param height pixels of the visible part
 */
export function rowWindow(top: number, height: number, rowHeight: number, count: number): RowWindow {
  const first = Math.floor(Math.max(0, top) / rowHeight);
  const last = Math.ceil(Math.max(0, top + height) / rowHeight);
  const margin = Math.max(0, Math.min(MARGIN, Math.floor((MOST - (last - first)) / 2)));
  const to = Math.min(count, last + margin);
  return { from: Math.max(0, Math.min(first - margin, to)), to };
}
