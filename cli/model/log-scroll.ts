/** Height of a line in pixels. Wrapped ones are higher. */
export const ROW_HEIGHT = 20;

/** Browsers limit the height of an element; Firefox at about 17.8 million pixels. Beyond this, scrolling is proportional. */
export const MAX_HEIGHT = 8_000_000;

/** Rows in the page, at most. */
export const MAX_ROWS = 400;

/** Rows above and below what is visible. */
const OVERSCAN = 40;

/** A row, and the scroll position at which its top is at the top of the view. Both can have fractions. */
export interface Anchor {
  readonly row: number;
  readonly scroll: number;
}

/** Rows from `first` to before `last`. */
export interface Window {
  readonly first: number;
  readonly last: number;
}

/** Height of all rows. `rowHeight` is an estimate if lines are wrapped. */
export function canvasHeight(rows: number, rowHeight = ROW_HEIGHT): number {
  return Math.min(MAX_HEIGHT, Math.ceil(rows * rowHeight));
}

/** Whether each row has a place that depends on nothing else. */
export function isExact(rows: number, isWrapped: boolean): boolean {
  return !isWrapped && rows * ROW_HEIGHT <= MAX_HEIGHT;
}

/** The row at the top of the view, if the scroll bar is at a position of its way. */
export function rowInProportion(scroll: number, rows: number, height: number, view: number): number {
  const way = height - view;
  if (way <= 0) return 0;
  return Math.min(1, Math.max(0, scroll / way)) * Math.max(0, rows - view / ROW_HEIGHT);
}

/** The position of the scroll bar for a row at the top of the view. */
export function scrollInProportion(row: number, rows: number, height: number, view: number): number {
  const last = rows - view / ROW_HEIGHT;
  if (last <= 0) return 0;
  return Math.min(1, Math.max(0, row / last)) * Math.max(0, height - view);
}

/**
 * The rows to have in the page.
 *
 * @param top the first visible row
 * @param view height of the view in pixels
 * @param held rows that must stay, such as those that are selected, as far as they fit
 */
export function windowAt(top: number, view: number, rows: number, held?: Window): Window {
  const visible = Math.min(MAX_ROWS - 2 * OVERSCAN, Math.ceil(view / ROW_HEIGHT) + 1);
  const first = Math.max(0, Math.min(Math.floor(top) - OVERSCAN, rows - visible - 2 * OVERSCAN));
  const last = Math.min(rows, first + visible + 2 * OVERSCAN);
  if (held === undefined) return { first, last };
  const both = { first: Math.min(first, held.first), last: Math.min(rows, Math.max(last, held.last)) };
  return both.last - both.first <= MAX_ROWS ? both : { first, last };
}
