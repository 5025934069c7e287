/** A colour or other style: the only control sequences that change nothing but the look of the following text. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const RENDITION = /\u001B\[[\d;:]*m/g;

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const CONTROL = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F]/g;

/**
 * A line with its control characters in caret notation, so it can't move the cursor, change the window's title or type an answer.
 *
 * @param colours whether to keep colours. They are reset at the end of the line
 */
export function visibleText(line: string, colours: boolean): string {
  const renditions = line.match(RENDITION) ?? [];
  const [first = '', ...others] = line.split(RENDITION).map((text) => text.replace(CONTROL, caret));
  if (!colours) return [first, ...others].join('');
  const text = others.reduce((joined, part, index) => `${joined}${renditions[index]}${part}`, first);
  return renditions.length === 0 ? text : `${text}\u001B[0m`;
}

function caret(character: string): string {
  const code = character.charCodeAt(0);
  if (code >= 0x80) return `\\x${code.toString(16)}`;
  return `^${String.fromCharCode(code ^ 0x40)}`;
}
