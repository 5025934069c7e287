/** Quotes a string as one word of a POSIX shell. */
export function quoted(text: string): string {
  return `'${text.replace(/'/g, `'\\''`)}'`;
}

/**
 * Shell lines that create a folder for one build and set the variable `work` to its path. Other builds can run at the same time. The shell
 * removes the folder when it ends. The folder is in the current one, because engines in a virtual machine cannot read the system's temporary folder.
 */
export const WORK_FOLDER: readonly string[] = [
  'work=$(mktemp -d "$PWD/.build-XXXXXXXX")',
  `trap 'rm -rf "$work"' EXIT`,
  "trap 'exit 130' INT",
  "trap 'exit 143' HUP TERM",
];

/** Joins lines into one shell command that ends with the first failure. */
export function script(lines: readonly string[]): string {
  return ['(set -e', ...lines, ')'].join('\n');
}
