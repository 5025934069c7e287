import { stripVTControlCharacters } from 'node:util';
import { wrapped } from '../../modules/problems/wrapped';

/** A left part, and the lines to its right. */
export type Row = readonly [left: string, ...right: string[]];

/** Maximum width of the left column. A longer left part gets a separate line. */
const MAX_LEFT = 34;

/** The width of a terminal. The default is for files and pipes, which are often read on one. */
export function widthOf({ columns }: { columns?: number }): number {
  return columns || Number(process.env.COLUMNS) || 80;
}

/** Formats rows in two columns. Longer lines are wrapped, aligned with their column. */
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

function lengthOf(text: string): number {
  return stripVTControlCharacters(text).length;
}
