/** A piece of a text that is replaced, and what is selected afterwards. */
export interface Edit {
  readonly from: number;
  readonly to: number;
  readonly insert: string;
  readonly selection: readonly [from: number, to: number];
}

const INDENT = '  ';

/** Tab: indents the selected lines, or moves to the next stop. Undefined if nothing changes. */
export function tabEdit(text: string, from: number, to: number, isBack: boolean): Edit | undefined {
  const begin = text.lastIndexOf('\n', from - 1) + 1;
  if (!isBack && !text.slice(from, to).includes('\n')) {
    const insert = ' '.repeat(INDENT.length - ((from - begin) % INDENT.length));
    return { from, to, insert, selection: [from + insert.length, from + insert.length] };
  }
  // A selection that ends at the beginning of a line does not contain it.
  const last = to > from && text[to - 1] === '\n' ? to - 1 : to;
  const next = text.indexOf('\n', last);
  const end = next === -1 ? text.length : next;
  const lines = text.slice(begin, end).split('\n');
  const changed = lines.map((line) => (isBack ? line.replace(/^ {1,2}|^\t/, '') : line === '' ? '' : INDENT + line));
  const insert = changed.join('\n');
  if (insert === text.slice(begin, end)) return undefined;
  const first = (changed[0]?.length ?? 0) - (lines[0]?.length ?? 0);
  const start = Math.max(begin, from + first);
  return { from: begin, to: end, insert, selection: [start, Math.max(start, to + insert.length - (end - begin))] };
}

/** Enter: a new line with the indent of the last, and one more after an opening bracket. */
export function lineEdit(text: string, from: number, to: number): Edit {
  const begin = text.lastIndexOf('\n', from - 1) + 1;
  const before = text.slice(begin, from);
  const indent = /^[ \t]*/.exec(before)?.[0] ?? '';
  const opens = /[{[][ \t]*$/.test(before);
  const closes = /^[ \t]*[}\]]/.test(text.slice(to, to + 40));
  const insert = `\n${indent}${opens ? INDENT : ''}`;
  const at = from + insert.length;
  return { from, to, insert: opens && closes ? `${insert}\n${indent}` : insert, selection: [at, at] };
}

/** A key of the type instead of what is typed of it, with its colon if there is none. */
export function keyEdit(text: string, from: number, cursor: number, key: string): Edit {
  // The rest of a key that the cursor is in, and its closing quote.
  const rest = /^[^"\n:,{}[\]]*"?/.exec(text.slice(cursor, cursor + 200))?.[0].length ?? 0;
  const hasColon = /^\s*:/.test(text.slice(cursor + rest, cursor + rest + 40));
  const insert = `${JSON.stringify(key)}${hasColon ? '' : ': '}`;
  return { from, to: cursor + rest, insert, selection: [from + insert.length, from + insert.length] };
}
