/** The call in a directive as it is written. */
export interface WrittenCall {
  readonly args: readonly string[];
  /** What follows the call. */
  readonly after: string;
}

/** A string in quotes, a parenthesis, a comma, or what is between these. */
const PARTS = /'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|[(),]|[^'"(),]+/g;

/** The arguments of a directive, which can be directives, and what follows. Undefined if the quotes or parentheses don't match. */
export function writtenCall(text: string): WrittenCall | undefined {
  const [start, ...parts] = text.trim().match(PARTS) ?? [];
  if (start === undefined || parts.join('') !== text.trim().slice(start.length)) return undefined;
  const written = [''];
  let depth = 0;
  for (const [index, part] of parts.entries()) {
    depth += part === '(' ? 1 : part === ')' ? -1 : 0;
    if (depth === 0) return { args: written.map((one) => one.trim()), after: parts.slice(index + 1).join('') };
    if (part === '(' && depth === 1) continue;
    if (part === ',' && depth === 1) written.push('');
    else written.push(`${written.pop()}${part}`);
  }
  return undefined;
}
