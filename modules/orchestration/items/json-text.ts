import type { PathStep } from '../../rules/items';

/**
 * Finds values in a JSON text, and gives them as they are written: JSON.parse would round 1635734407.123456789. The text must be valid.
 */

/** The text of the value at a path, or undefined if there is none. The path can go on inside of a string that contains JSON. */
export function valueText(text: string, steps: readonly PathStep[]): string | undefined {
  let value = text.trim();
  for (const step of steps) {
    value = decoded(value);
    const list = value.startsWith('[');
    if (list !== (typeof step === 'number')) return undefined;
    let found: string | undefined;
    // As with JSON.parse, the last of two members with the same name counts.
    for (const [key, member] of members(value)) if (key === step) found = member;
    if (found === undefined) return undefined;
    value = found;
  }
  return value;
}

/** The texts of a list's items, each in one line. Undefined if the text is no list, and no string that contains one. */
export function listTexts(text: string): string[] | undefined {
  const list = decoded(text);
  if (!list.startsWith('[')) return undefined;
  return Array.from(members(list), ([, item]) => oneLine(item));
}

/** A line feed in valid JSON is never part of a string. */
function oneLine(text: string): string {
  return text.replace(/[\r\n]+/g, ' ');
}

/** The JSON in a string, or the text itself. */
function decoded(text: string): string {
  if (!text.startsWith('"')) return text;
  const content: unknown = JSON.parse(text);
  if (typeof content !== 'string') return text;
  try {
    JSON.parse(content);
    return content.trim();
  } catch {
    return text;
  }
}

/** The members of an object or list, with their keys. Nothing for another value. */
export function* members(text: string): Generator<readonly [key: PathStep, text: string]> {
  if (!/^[[{]/.test(text)) return;
  const list = text.startsWith('[');
  let at = blankEnd(text, 1);
  for (let index = 0; at < text.length && text[at] !== ']' && text[at] !== '}'; index++) {
    let key: PathStep = index;
    if (!list) {
      const end = stringEnd(text, at);
      key = JSON.parse(text.slice(at, end)) as string;
      // The colon.
      at = blankEnd(text, blankEnd(text, end) + 1);
    }
    const end = valueEnd(text, at);
    yield [key, text.slice(at, end)];
    at = blankEnd(text, end);
    if (text[at] === ',') at = blankEnd(text, at + 1);
  }
}

function blankEnd(text: string, from: number): number {
  let at = from;
  while (' \t\r\n'.includes(text[at] ?? 'x')) at++;
  return at;
}

/** The index after the closing quote. */
function stringEnd(text: string, from: number): number {
  for (let at = from + 1; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === '"') return at + 1;
  }
  return text.length;
}

function valueEnd(text: string, from: number): number {
  const first = text[from];
  if (first === '"') return stringEnd(text, from);
  if (first !== '{' && first !== '[') {
    let at = from;
    while (at < text.length && !' \t\r\n,]}'.includes(text[at] ?? '')) at++;
    return at;
  }
  let depth = 0;
  for (let at = from; at < text.length; at++) {
    const character = text[at];
    if (character === '"') at = stringEnd(text, at) - 1;
    else if (character === '{' || character === '[') depth++;
    else if (character === '}' || character === ']') {
      depth--;
      if (depth === 0) return at + 1;
    }
  }
  return text.length;
}
