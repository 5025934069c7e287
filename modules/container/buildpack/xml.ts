import { DOMParser, type Element } from '@xmldom/xmldom';

/** An element of an XML document, without its namespace. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: { readonly [name: string]: string };
  /** Trimmed text of the element and its children. */
  readonly text: string;
  readonly children: readonly XmlElement[];
}

/** The root of a document. Undefined if the document is not well-formed. */
export function parseXml(document: string): XmlElement | undefined {
  try {
    const parser = new DOMParser({ onError: (level, message) => level !== 'warning' && fail(message) });
    const root = parser.parseFromString(document.replace(/^\uFEFF/, '').trimStart(), 'text/xml').documentElement;
    return root === null ? undefined : element(root);
  } catch {
    return undefined;
  }
}

/** The elements at a path below an element, such as `build`, `plugins`, `plugin`. */
export function elementsAt(element: XmlElement, ...path: readonly string[]): XmlElement[] {
  return path.reduce<XmlElement[]>(
    (found, name) => found.flatMap(({ children }) => children.filter((child) => child.name === name)),
    [element],
  );
}

/** The text of the first element at a path. Undefined if there is none. */
export function textAt(element: XmlElement, ...path: readonly string[]): string | undefined {
  return elementsAt(element, ...path)[0]?.text;
}

function element(node: Element): XmlElement {
  return {
    name: node.localName ?? node.nodeName,
    attributes: Object.fromEntries(Array.from(node.attributes, ({ name, value }) => [name, value])),
    text: (node.textContent ?? '').trim(),
    children: Array.from(node.children, element),
  };
}

function fail(message: string): never {
  throw new Error(message);
}
