import pc from 'picocolors';

/** What a text is printed to, for example `process.stdout`. */
interface Output {
  readonly isTTY?: boolean;
}

/** As in https://no-color.org and Node.js: NO_COLOR takes precedence, FORCE_COLOR also colors files and pipes unless it is 0 or false. */
export function hasColors({ isTTY }: Output, { NO_COLOR, FORCE_COLOR, TERM } = process.env): boolean {
  if (NO_COLOR) return false;
  if (FORCE_COLOR !== undefined) return FORCE_COLOR !== '0' && FORCE_COLOR !== 'false';
  return isTTY === true && TERM !== 'dumb';
}

/** The colors of standard output. By itself picocolors would also color the pipes and files of any process with a variable CI. */
export const colors = pc.createColors(hasColors(process.stdout));
