const SPACE = /[ \t\n\r]+/y;
const STRING = /"[^"\\]*(?:\\.[^"\\]*)*"/y;
const WORD = /[^ \t\n\r"{}[\],:]+/y;

/** A JSON text without spaces between its values, which are kept as they are written. The text must be JSON. */
export function compactJson(text: string): string {
  const parts: string[] = [];
  for (const token of tokens(text)) parts.push(token);
  return parts.join('');
}

/** A JSON text with a line for each value, indented by 2. Values are kept as they are written. The text must be JSON. */
export function formattedJson(text: string): string {
  const parts: string[] = [];
  let depth = 0;
  let before = '';
  const line = () => `\n${'  '.repeat(depth)}`;
  for (const token of tokens(text)) {
    const opens = before === '{' || before === '[';
    if (token === '}' || token === ']') {
      depth--;
      if (!opens) parts.push(line());
    } else if (opens || before === ',') {
      parts.push(line());
    }
    parts.push(token === ':' ? ': ' : token);
    if (token === '{' || token === '[') depth++;
    before = token;
  }
  return parts.join('');
}

/** JSON on several lines; other text as it is. */
export function laidOut(text: string): string {
  try {
    JSON.parse(text);
    return formattedJson(text);
  } catch {
    return text;
  }
}

function* tokens(text: string): Generator<string> {
  for (let at = 0; at < text.length; ) {
    const character = text.charAt(at);
    const pattern =
      character === '"' ? STRING : /[\s]/.test(character) ? SPACE : /[{}[\],:]/.test(character) ? undefined : WORD;
    let token = character;
    if (pattern !== undefined) {
      pattern.lastIndex = at;
      token = pattern.exec(text)?.[0] ?? character;
    }
    if (pattern !== SPACE) yield token;
    at += token.length;
  }
}

/** Size of a text in UTF-8, in bytes. */
export function byteLength(text: string): number {
  return new TextEncoder().encode(text).length;
}

/** "293 bytes", "12.1 KB", "1.2 MB": 1 KB is 1,000 bytes. */
export function sizeText(bytes: number): string {
  if (bytes === 1) return '1 byte';
  if (bytes < 1_000) return `${bytes} bytes`;
  const kilobytes = bytes / 1_000;
  return kilobytes < 999.95 ? `${kilobytes.toFixed(1)} KB` : `${(kilobytes / 1_000).toFixed(1)} MB`;
}
