import { errorMessage } from '../problems/error-message';
import type { Position } from '../problems/problem';

/** What a thrown value says, and where in a file it was thrown. */
export interface Fault {
  readonly text: string;
  /** Undefined if it was thrown elsewhere, or if the text includes the place. Syntax errors of Node.js have no column. */
  readonly place?: Pick<Position, 'line'> & Partial<Position>;
}

/** What a thrown value says, with its place in a file unless the message already includes the path. */
export function faultIn(error: unknown, path: string): Fault {
  const text = errorMessage(error);
  if (!(error instanceof Error) || text.includes(path)) return { text };
  const frame = error.stack?.split('\n').find((line) => line.includes(path)) ?? '';
  const [, line, column] = /:(\d+)(?::(\d+))?\)?$/.exec(frame) ?? [];
  if (line === undefined) return { text };
  return { text, place: { line: Number(line), ...(column !== undefined && { column: Number(column) }) } };
}

/** A fault in one line: `no credentials (line 1 column 30)`. */
export function faultText({ text, place }: Fault): string {
  if (place === undefined) return text;
  return `${text} (line ${place.line}${place.column === undefined ? '' : ` column ${place.column}`})`;
}

/** The place for a report, which has a column. */
export function faultPosition({ place }: Fault): Position | undefined {
  return place && { column: 1, ...place };
}
