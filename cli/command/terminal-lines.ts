import { ConfigError, statedProblems } from '../../modules/problems/config-error';
import { report, wrapped } from '../../modules/problems/report';
import { hasColors } from './colors';

/** The width at which lines are wrapped, as in the report of a run. Undefined for a file or a pipe, unless `COLUMNS` is set. */
function columnsOf({ isTTY, columns }: Terminal): number | undefined {
  const given = Number(process.env.COLUMNS) || undefined;
  return isTTY ? columns || given || USUAL_COLUMNS : given;
}

/** Of a terminal that does not tell its width. */
const USUAL_COLUMNS = 80;

/** The stream that a text is printed to: `process.stdout` or `process.stderr`. */
export interface Terminal {
  readonly isTTY?: boolean;
  readonly columns?: number;
}

/**
 * A hint, wrapped at a terminal's width and aligned with its text. For a file or a pipe it is one line, which is easier to search, unless
 * `COLUMNS` is set.
 */
export function hintText(hint: string, terminal: Terminal): string {
  const columns = columnsOf(terminal);
  if (columns === undefined) return HINT + hint;
  return HINT + wrapped(hint, columns - HINT.length).join(`\n${' '.repeat(HINT.length)}`);
}

const HINT = 'Hint: ';

/** An error as lines for the terminal. Problems of a config are a report, wrapped at the terminal's width and coloured. */
export function errorLines(error: Error, terminal: Terminal): string {
  if (!(error instanceof ConfigError)) return error.message;
  const columns = columnsOf(terminal);
  const width = columns === undefined ? {} : { columns };
  return report(statedProblems(error), error.source, { ...width, colors: hasColors(terminal) });
}
