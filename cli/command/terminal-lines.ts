import { type ConfigError, statedProblems } from '../../modules/problems/config-error';
import { report } from '../../modules/problems/report';
import { wrapped } from '../../modules/problems/wrapped';
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

/**
 * A message, wrapped at a terminal's width. Lines that are indented, such as commands and what another program printed, stay whole. For a file
 * or a pipe nothing is wrapped, which is easier to search, unless `COLUMNS` is set.
 */
export function messageText(message: string, terminal: Terminal): string {
  const columns = columnsOf(terminal);
  if (columns === undefined) return message;
  return message
    .split('\n')
    .flatMap((line) => (/^\s/.test(line) ? [line] : wrapped(line, columns)))
    .join('\n');
}

/** Prints a message for people to standard error, wrapped at its width. */
export function printMessage(message: string): void {
  console.error(messageText(message, process.stderr));
}

/** Problems of a config as a report, wrapped at a terminal's width and coloured. */
export function problemsText(error: ConfigError, terminal: Terminal): string {
  const columns = columnsOf(terminal);
  const width = columns === undefined ? {} : { columns };
  return report(statedProblems(error), error.source, { ...width, colors: hasColors(terminal) });
}
