import { stripVTControlCharacters } from 'node:util';

/** What a line of a report or a hint begins with; what follows it is a text that may take several lines. */
const LABEL = /^( {3}(?:found|accepted|fix) +| {13}(?=\S)|\d+\. |Hint: )/;

/**
 * Breaks the lines of reports and hints at a terminal's width, so that they go on below their text. A file or a pipe gets whole lines,
 * which are easier to search.
 */
export function terminalLines(text: string, { isTTY, columns }: { isTTY?: boolean; columns?: number }): string {
  if (!isTTY || !columns) return text;
  return text
    .split('\n')
    .map((line) => broken(line, columns))
    .join('\n');
}

function broken(line: string, columns: number): string {
  const [label] = LABEL.exec(line) ?? [];
  if (label === undefined) return line;
  const lines: string[] = [];
  for (const word of line.slice(label.length).split(' ')) {
    const longer = `${lines.at(-1)} ${word}`;
    const fits = label.length + stripVTControlCharacters(longer).length <= columns;
    if (lines.length > 0 && fits) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  // An entry's number is short, and its second line stands where the labels do.
  const indent = ' '.repeat(/^\d/.test(label) ? 3 : label.length);
  return label + lines.join(`\n${indent}`);
}
