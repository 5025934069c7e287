/** A text as one word of a POSIX shell. */
export function quoted(text: string): string {
  return `'${text.replace(/'/g, `'\\''`)}'`;
}

/**
 * Lines that make a folder for one build alone, named by the variable `work`: other builds run beside it. It goes with the shell, whatever ends
 * it. Below the current folder, since engines in a virtual machine see nothing of the system's own temporary one.
 */
export const WORK_FOLDER: readonly string[] = [
  'work=$(mktemp -d "$PWD/.build-XXXXXXXX")',
  `trap 'rm -rf "$work"' EXIT`,
  "trap 'exit 130' INT",
  "trap 'exit 143' HUP TERM",
];

/** Lines as one command of a shell that ends with the first that fails. */
export function script(lines: readonly string[]): string {
  return ['(set -e', ...lines, ')'].join('\n');
}
