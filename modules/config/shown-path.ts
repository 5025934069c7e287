import { isAbsolute, join, relative } from 'node:path';

/** A file's path as it opens from the folder that a person is in: relative to that folder, or absolute if the file is outside of it. */
export function shownPath(path: string): string {
  const shown = relative(callersFolder(), path);
  return isOutside(shown) ? path : shown;
}

/** npm runs a package's scripts in its own folder. INIT_CWD says in which folder below it they were called. */
function callersFolder(): string {
  const { INIT_CWD } = process.env;
  const current = process.cwd();
  return INIT_CWD && !isOutside(join(relative(current, INIT_CWD), '.')) ? INIT_CWD : current;
}

function isOutside(path: string): boolean {
  return isAbsolute(path) || /^\.\.([/\\]|$)/.test(path);
}
