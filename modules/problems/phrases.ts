// Not by Intl: its first use in a process reads the data of a language, which would take a twentieth of a small stack's synthesis.

/** `a`, `a and b`, `a, b and c` */
export function listed(items: Iterable<string>, word: 'and' | 'or'): string {
  const all = [...items];
  const last = all.pop() ?? '';
  return all.length === 0 ? last : `${all.join(', ')} ${word} ${last}`;
}

/** Items as a choice: `a`, `a or b`, `a, b or c`. */
export function either(items: Iterable<string>): string {
  return listed(items, 'or');
}

/** `1 job`, `1,200 resources`, `2 entries` */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}

/** A text with a capital at its start. */
export function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** A number with grouped digits: `24,576`. */
export function formatCount(count: number): string {
  const [whole = '', ...fraction] = String(count).split('.');
  return [whole.replace(/\B(?=(\d{3})+$)/g, ','), ...fraction].join('.');
}
