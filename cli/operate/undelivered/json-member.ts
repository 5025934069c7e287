/**
 * A member of a JSON object, as it is written there: parsing would round numbers of more than 17 digits.
 *
 * @param text valid JSON
 * @returns undefined if it is no object or has no such member. If it has several, the last, as for JSON.parse
 */
export function jsonMember(text: string, name: string): string | undefined {
  let at = skipSpace(text, 0);
  if (text[at] !== '{') return undefined;
  let found: string | undefined;
  at = skipSpace(text, at + 1);
  while (text[at] === '"') {
    const keyEnd = stringEnd(text, at);
    const key: unknown = JSON.parse(text.slice(at, keyEnd));
    const start = skipSpace(text, skipSpace(text, keyEnd) + 1);
    const end = valueEnd(text, start);
    if (key === name) found = text.slice(start, end);
    at = skipSpace(text, end);
    if (text[at] !== ',') break;
    at = skipSpace(text, at + 1);
  }
  return found;
}

function skipSpace(text: string, from: number): number {
  let at = from;
  while (' \t\r\n'.includes(text[at] ?? 'x')) at++;
  return at;
}

/** Index behind a string that begins at an index. */
function stringEnd(text: string, from: number): number {
  for (let at = from + 1; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === '"') return at + 1;
  }
  return text.length;
}

/** Index behind a value that begins at an index. */
function valueEnd(text: string, from: number): number {
  let depth = 0;
  for (let at = from; at < text.length; at++) {
    const character = text[at] ?? '';
    if (character === '"') {
      at = stringEnd(text, at) - 1;
      if (depth === 0) return at + 1;
    } else if ('{['.includes(character)) depth++;
    else if ('}]'.includes(character)) {
      // The end of the object that a number or a literal is in.
      if (depth === 0) return trimmedEnd(text, at);
      if (--depth === 0) return at + 1;
    } else if (character === ',' && depth === 0) return trimmedEnd(text, at);
  }
  return trimmedEnd(text, text.length);
}

function trimmedEnd(text: string, end: number): number {
  let at = end;
  while (' \t\r\n'.includes(text[at - 1] ?? 'x')) at--;
  return at;
}
