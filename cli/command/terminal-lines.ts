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
 * Wraps the lines of hints at a terminal's width, aligned with their text. Lines for a file or a pipe are not wrapped,
 * so they are easier to search, unless `COLUMNS` is set.
 */
export function terminalLines(text: string, terminal: Terminal): string {
  const columns = columnsOf(terminal);
  if (columns === undefined) return text;
  return text
    .split('\n')
    .map((line) => (line.startsWith(HINT) ? wrappedHint(line, columns) : line))
    .join('\n');
}

const HINT = 'Hint: ';

function wrappedHint(line: string, columns: number): string {
  return HINT + wrapped(line.slice(HINT.length), columns - HINT.length).join(`\n${' '.repeat(HINT.length)}`);
}

/** An error as lines for the terminal. Problems of a config are a report, wrapped at the terminal's width and coloured. */
export function errorLines(error: Error, terminal: Terminal): string {
  if (!(error instanceof ConfigError)) return error.message;
  const columns = columnsOf(terminal);
  const width = columns === undefined ? {} : { columns };
  return report(statedProblems(error), error.source, { ...width, colors: hasColors(terminal) });
}
