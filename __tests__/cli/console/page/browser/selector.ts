/** What a selector looks at. */
interface Selectable {
  readonly localName: string;
  readonly classes: readonly string[];
  readonly parentElement: Selectable | null;
  getAttribute(name: string): string | null;
}

/** One element of a path: `.send-button`, `a`, `[data-row="a2.1"]`. */
const PARTS = /\[([\w-]+)(?:="((?:[^"\\]|\\.)*)")?\]|([.#]?)([\w-]+)/g;

/** Whether an element is what a selector names, as far as the page's selectors go: names, classes, IDs, attributes, descendants, lists. */
export function isSelected(element: Selectable, selector: string): boolean {
  return split(selector, ',').some((path) => hasPath(element, split(path, ' ')));
}

function hasPath(element: Selectable, path: readonly string[]): boolean {
  const [last = '', ...before] = [...path].reverse();
  if (!isOne(element, last)) return false;
  if (before.length === 0) return true;
  const rest = before.reverse();
  for (let above = element.parentElement; above !== null; above = above.parentElement) {
    if (hasPath(above, rest)) return true;
  }
  return false;
}

function isOne(element: Selectable, compound: string): boolean {
  const matches = [...compound.matchAll(PARTS)];
  if (matches.map(([whole]) => whole).join('') !== compound) throw new Error(`The selector ${compound} is not known`);
  return matches.every(([, attribute, value, sign, name = '']) => {
    if (attribute !== undefined) {
      const has = element.getAttribute(attribute);
      return value === undefined ? has !== null : has === value.replace(/\\(.)/g, '$1');
    }
    if (sign === '.') return element.classes.includes(name);
    return sign === '#' ? element.getAttribute('id') === name : element.localName === name;
  });
}

/** The parts between separators that are in no brackets. */
function split(text: string, separator: string): string[] {
  const parts = [''];
  let depth = 0;
  for (const letter of text) {
    if (letter === '[') depth += 1;
    if (letter === ']') depth -= 1;
    if (letter === separator && depth === 0) parts.push('');
    else parts[parts.length - 1] += letter;
  }
  return parts.map((part) => part.trim()).filter((part) => part !== '');
}
