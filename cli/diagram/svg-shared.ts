import type { PictureItem } from '../model/stack';
import { box } from './folded';
import { PAD, text, WIDTH } from './svg-parts';
import { textWidth } from './text-width';

const ROW = 20;
const INSIDE = 12;
const LABEL = 130;
const SPACE = 20;
const SIZE = 11.5;

/** What jobs share, and what else is in the stack, in rows. */
export function sharedParts(
  items: readonly PictureItem[],
  top: number,
): { readonly drawn: string[]; readonly bottom: number } {
  const shared = items.filter(({ id }) => !id.startsWith('shared/resources/'));
  const others = items.filter(({ id }) => id.startsWith('shared/resources/'));
  const groups = [
    { title: 'Shared by all jobs', of: shared },
    { title: 'Also in the stack', of: others },
  ].filter(({ of }) => of.length > 0);
  const drawn: string[] = [];
  let y = top;
  for (const { title, of } of groups) {
    const rows = rowsOf(of);
    const height = rows.length * ROW + 2 * INSIDE - 4;
    drawn.push(`<rect class="card" x="${PAD}" y="${y}" width="${WIDTH - 2 * PAD}" height="${height}" rx="8"/>`);
    drawn.push(text(title, { x: PAD + 14, y: y + INSIDE + 12, size: 12, kind: 'strong', width: LABEL - 10 }));
    rows.forEach((row, index) => {
      const baseline = y + INSIDE + 12 + index * ROW;
      for (const { x, title: name, detail, nameWidth, detailWidth } of row) {
        drawn.push(text(name, { x, y: baseline, size: SIZE, kind: 'plain', width: nameWidth }));
        if (detail !== '')
          drawn.push(
            text(detail, { x: x + nameWidth + 5, y: baseline, size: SIZE, kind: 'muted', width: detailWidth }),
          );
      }
    });
    y += height + 12;
  }
  return { drawn, bottom: groups.length === 0 ? top : y - 12 };
}

interface Placed {
  readonly x: number;
  readonly title: string;
  readonly detail: string;
  readonly nameWidth: number;
  readonly detailWidth: number;
}

function rowsOf(items: readonly PictureItem[]): Placed[][] {
  const rows: Placed[][] = [[]];
  const start = PAD + 14 + LABEL;
  const end = WIDTH - PAD - 14;
  let x = start;
  for (const item of items) {
    const { title, detail } = box(item);
    const room = end - start;
    const nameWidth = Math.min(textWidth(title) * SIZE, room * 0.6);
    const detailWidth = Math.min(textWidth(detail) * SIZE, room - nameWidth - 5);
    const width = nameWidth + (detail === '' ? 0 : detailWidth + 5);
    if (x > start && x + width > end) {
      rows.push([]);
      x = start;
    }
    rows.at(-1)?.push({ x: round(x), title, detail, nameWidth: round(nameWidth), detailWidth: round(detailWidth) });
    x += width + SPACE;
  }
  return rows;
}

/** Upwards, so that a text is not cut for a fraction. */
function round(value: number): number {
  return Math.ceil(value * 100) / 100;
}
