import type { PictureItem } from '../model/stack';

/** A box of a diagram: a title and a line below it. */
export interface DiagramBox {
  readonly title: string;
  readonly detail: string;
  /** Parts of the detail that are code. */
  readonly isCode?: boolean;
  /** Whether runs use it only after Spot interruptions. */
  readonly isFallback?: boolean;
}

/** More boxes than this in a column are folded. */
const MOST = 4;

/** The boxes of a column. Of many, only the first, and how many more there are. */
export function folded(items: readonly PictureItem[]): DiagramBox[] {
  // One more box is as large as the one that says how many more there are.
  const shown = items.length > MOST + 1 ? items.slice(0, MOST) : items;
  const hidden = items.length - shown.length;
  return [...shown.map(box), ...(hidden === 0 ? [] : [{ title: `${hidden} more`, detail: '' }])];
}

export function box({ title, detail, isFallback }: PictureItem): DiagramBox {
  return {
    title,
    detail: detail.map(({ text }) => text).join(''),
    ...(detail.length > 0 && detail.every(({ isCode }) => isCode) && { isCode: true }),
    ...(isFallback && { isFallback }),
  };
}
