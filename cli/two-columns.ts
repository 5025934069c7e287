import { stripVTControlCharacters } from 'node:util';

/** A left part, and the lines that stand to its right. */
export type Row = readonly [left: string, ...right: string[]];

/** Widest left column. A longer left part gets a line of its own. */
const MAX_LEFT = 34;

/** Columns of a terminal, or of a file or pipe that is read on one. */
export function widthOf({ columns }: { columns?: number }): number {
  return columns || Number(process.env.COLUMNS) || 80;
}

/** Rows in two columns; what does not fit into a line goes on below, at the column's left edge. */
export function twoColumns(rows: readonly Row[], width: number, indent = 2): string[] {
  const lefts = rows.map(([left]) => lengthOf(left)).filter((length) => length <= MAX_LEFT);
  const start = indent + Math.max(...lefts, 0) + 2;
  return rows.flatMap(([left, ...right]) => {
    const lines = right.flatMap((text) => wrapped(text, width - start));
    const gap = start - indent - lengthOf(left);
    const first = gap < 2 ? [] : lines.splice(0, 1);
    return [
      `${' '.repeat(indent)}${left}${first.map((text) => ' '.repeat(gap) + text).join('')}`,
      ...lines.map((text) => ' '.repeat(start) + text),
    ];
  });
}

/** A text in lines of a width; a longer word gets a line of its own. */
export function wrapped(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const longer = `${lines.at(-1)} ${word}`;
    if (lines.length > 0 && lengthOf(longer) <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

function lengthOf(text: string): number {
  return stripVTControlCharacters(text).length;
}
