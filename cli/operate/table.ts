import { stripVTControlCharacters } from 'node:util';
import { wrapped } from '../../modules/problems/wrapped';
import { visibleText } from '../command/visible-text';

/** A column of a table. */
export interface Column<Row> {
  /** In uppercase. */
  readonly title: string;
  /** The whole value, without colors. Empty if there is none. */
  readonly value: (row: Row) => string;
  /** A shorter value for a terminal on which the whole ones do not fit. */
  readonly short?: (row: Row) => string;
  /** Colors the value. */
  readonly color?: (text: string, row: Row) => string;
  /** Where the value goes if the table is too wide: to a line below the row, or nowhere. @default it keeps its column */
  readonly narrow?: 'below' | 'omitted';
  /** The value in the line below. @default the whole value */
  readonly below?: (row: Row) => string;
}

const GAP = '  ';
const INDENT = 4;

/** The smallest width of a last column whose values are wrapped. A narrower one is hard to read. */
const MIN_WRAPPED = 40;

/** The width of a terminal. Undefined for a file or a pipe, in which values are whole. */
export function tableWidth(stream: { readonly isTTY?: boolean; readonly columns?: number }): number | undefined {
  if (!stream.isTTY) return undefined;
  return stream.columns || Number(process.env.COLUMNS) || 80;
}

/**
 * A table: a header and a line for each row. On a terminal that is too narrow, first the last column is wrapped, then the short values
 * are printed, then some columns are omitted, and then some move below their row, the last one first. No value is cut.
 *
 * @param width of the terminal. Undefined for whole values in one line
 */
export function table<Row>(columns: readonly Column<Row>[], rows: readonly Row[], width: number | undefined): string[] {
  if (width === undefined) return lines(laidOut(columns, rows, false), columns, rows);
  const necessary = columns.filter(({ narrow }) => narrow !== 'omitted');
  for (const [left, isShort] of [
    [columns, false],
    [columns, true],
    [necessary, true],
  ] as const) {
    const layout = fitting(laidOut(left, rows, isShort), left, width);
    if (layout !== undefined) return lines(layout, left, rows);
  }
  const movable = necessary.filter(({ narrow }) => narrow === 'below');
  for (let count = 1; ; count++) {
    const below = movable.slice(-count);
    const beside = necessary.filter((column) => !below.includes(column));
    const layout = laidOut(beside, rows, true);
    if (widthOf(layout) <= width || count >= movable.length) return linesWithMore(layout, beside, below, rows, width);
  }
}

/** A layout that fits into a width, if necessary with a last column whose values are wrapped. */
function fitting<Row>(layout: Layout, columns: readonly Column<Row>[], width: number): Layout | undefined {
  const missing = widthOf(layout) - width;
  if (missing <= 0) return layout;
  const last = (layout.widths.at(-1) ?? 0) - missing;
  if (columns.at(-1)?.narrow !== 'below' || last < MIN_WRAPPED) return undefined;
  return { ...layout, widths: [...layout.widths.slice(0, -1), last] };
}

/** A table whose rows have further lines. */
function linesWithMore<Row>(
  layout: Layout,
  beside: readonly Column<Row>[],
  below: readonly Column<Row>[],
  rows: readonly Row[],
  width: number,
): string[] {
  const [head = '', ...body] = lines(layout, beside, rows);
  return [
    head,
    ...body.flatMap((line, index) => {
      const row = rows[index] as Row;
      const texts = below.flatMap((column) => {
        const text = oneLine((column.below ?? column.value)(row));
        return text === '' ? [] : wrapped(text, width - INDENT).map((part) => painted(column, part, row));
      });
      return [line, ...texts.map((text) => ' '.repeat(INDENT) + text)];
    }),
  ];
}

interface Layout {
  readonly cells: readonly (readonly string[])[];
  readonly widths: readonly number[];
}

function laidOut<Row>(columns: readonly Column<Row>[], rows: readonly Row[], isShort: boolean): Layout {
  const cells = rows.map((row) => columns.map((column) => cellOf(column, row, isShort)));
  const widths = columns.map(({ title }, index) =>
    Math.max(title.length, ...cells.map((values) => lengthOf(values[index] ?? ''))),
  );
  return { cells, widths };
}

function widthOf({ widths }: Layout): number {
  return widths.reduce((sum, width) => sum + width, 0) + GAP.length * (widths.length - 1);
}

function lines<Row>({ cells, widths }: Layout, columns: readonly Column<Row>[], rows: readonly Row[]): string[] {
  const line = (texts: readonly string[]) =>
    texts
      .map((text, index) => text + ' '.repeat(Math.max(0, (widths[index] ?? 0) - lengthOf(text))))
      .join(GAP)
      .trimEnd();
  return [
    line(columns.map(({ title }) => title)),
    ...cells.flatMap((values, row) => rowLines(values, rows[row] as Row)),
  ];

  function rowLines(values: readonly string[], row: Row): string[] {
    const paint = (text: string, index: number) => painted(columns[index], text, row);
    const last = values.length - 1;
    const [first = '', ...more] = wrapped(values[last] ?? '', widths[last] ?? 0);
    const indent = values.slice(0, -1).map(() => '');
    return [
      line([...values.slice(0, -1), first].map(paint)),
      ...more.map((text) => line([...indent, paint(text, last)])),
    ];
  }
}

function cellOf<Row>({ value, short }: Column<Row>, row: Row, isShort: boolean): string {
  return oneLine(isShort && short !== undefined ? short(row) : value(row));
}

/** Text of others in one line, in which nothing controls the terminal. */
function oneLine(text: string): string {
  return visibleText(text.replace(/\s*[\r\n]+\s*/g, ' '), false);
}

function painted<Row>(column: Column<Row> | undefined, text: string, row: Row): string {
  return column?.color === undefined || text === '' ? text : column.color(text, row);
}

function lengthOf(text: string): number {
  return stripVTControlCharacters(text).length;
}
