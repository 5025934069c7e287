import { ConfigError, statedProblems } from '../../modules/problems/config-error';
import { report, wrapped } from '../../modules/problems/report';
import { hasColors } from './colors';

/** The stream that a text is printed to: `process.stdout` or `process.stderr`. */
export interface Terminal {
  readonly isTTY?: boolean;
  readonly columns?: number;
}

/**
 * Wraps the lines of hints at a terminal's width, aligned with their text. Lines for a file or a pipe are not wrapped,
 * so they are easier to search.
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

/** An error as lines for the terminal. Problems of a config are a report, wrapped at the terminal's width and coloured. */
export function errorLines(error: Error, terminal: Terminal): string {
  if (!(error instanceof ConfigError)) return error.message;
  const { isTTY, columns } = terminal;
  const width = isTTY && columns ? { columns } : {};
  return report(statedProblems(error), error.source, { ...width, colors: hasColors(terminal) });
}
