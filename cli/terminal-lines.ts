import { ConfigError } from '../modules/config/problem';
import { report, wrapped } from '../modules/config/report';

/** What a text is printed on: `process.stdout` or `process.stderr`. */
export interface Terminal {
  readonly isTTY?: boolean;
  readonly columns?: number;
}

/**
 * Breaks the lines of hints at a terminal's width, so that they go on below their text. A file or a pipe gets whole lines,
 * which are easier to search.
 */
export function terminalLines(text: string, { isTTY, columns }: Terminal): string {
  if (!isTTY || !columns) return text;
  return text
    .split('\n')
    .map((line) => (line.startsWith(HINT) ? wrappedHint(line, columns) : line))
    .join('\n');
}

const HINT = 'Hint: ';

function wrappedHint(line: string, columns: number): string {
  return HINT + wrapped(line.slice(HINT.length), columns - HINT.length).join(`\n${' '.repeat(HINT.length)}`);
}

/** What a person reads of an error: of a config's problems the report, broken at the terminal's width and coloured. */
export function errorLines(error: Error, terminal: Terminal): string {
  if (!(error instanceof ConfigError)) return error.message;
  const { isTTY, columns } = terminal;
  const width = isTTY && columns ? { columns } : {};
  return report(error.problems, error.source, { ...width, colors: hasColors(terminal) });
}

/** As https://no-color.org and Node.js have it: NO_COLOR wins, FORCE_COLOR colours files and pipes too, 0 and false turn it off. */
export function hasColors({ isTTY }: Terminal, { NO_COLOR, FORCE_COLOR, TERM } = process.env): boolean {
  if (NO_COLOR) return false;
  if (FORCE_COLOR !== undefined) return FORCE_COLOR !== '0' && FORCE_COLOR !== 'false';
  return isTTY === true && TERM !== 'dumb';
}
