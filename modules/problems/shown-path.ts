import { isAbsolute, join, relative } from 'node:path';

/** A file's path for people: relative to the working folder, or absolute if the file is outside of it. */
export function shownPath(path: string): string {
  const shown = relative(callersFolder(), path);
  return isOutside(shown) ? path : shown;
}

/** npm runs scripts in the package's folder. INIT_CWD is the folder that npm was called in. */
function callersFolder(): string {
  const { INIT_CWD } = process.env;
  const current = process.cwd();
  return INIT_CWD && !isOutside(join(relative(current, INIT_CWD), '.')) ? INIT_CWD : current;
}

function isOutside(path: string): boolean {
  return isAbsolute(path) || /^\.\.([/\\]|$)/.test(path);
}
