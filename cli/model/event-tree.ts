import { counted, formatCount } from '../../modules/problems/phrases';
import { type JsonNode, parsedJson } from './json-text';

/** A line of an event's tree. */
export interface TreeRow {
  /** Unique in the tree, and the same as long as the event is: `0.3.1`. */
  readonly id: string;
  /** From 1. */
  readonly level: number;
  /** Name in its object, or index in its list. */
  readonly name?: string;
  readonly kind: JsonNode['kind'] | 'more';
  /** The value in a line: `"a"`, `{ 3 keys }`. */
  readonly preview: string;
  readonly isOpen?: boolean;
  /** `$.Records[0].body` */
  readonly path: string;
  /** The value as it is written in the event; of a string that contains JSON, that JSON. */
  readonly value: () => string;
  /** Of `more`: how many further lines there are. */
  readonly rest?: number;
  /** Position among its siblings from 1, and their number. */
  readonly position: number;
  readonly siblings: number;
}

/** What is folded and unfolded by a person. The rest is open as far as it is small. */
export interface TreeState {
  readonly toggled: ReadonlySet<string>;
  /** Children that are shown of a long list or object, by its ID. */
  readonly shown: ReadonlyMap<string, number>;
}

/** Children that are shown at first, and with each step. */
export const CHILDREN = 100;

/** A branch of fewer values is open at first, if it has few siblings. */
const SMALL = 40;
const FEW = 20;

/** Of a value in a line, in characters. */
const PREVIEW = 240;

/** Of a string in which JSON is looked for, in characters. */
const MAX_INNER = 64_000;

/** The lines of an event's tree that are visible. */
export function treeRows(text: string, root: JsonNode, state: TreeState): TreeRow[] {
  const rows: TreeRow[] = [];
  add(rows, { text, node: root, id: '0', path: '$', level: 1, position: 1, siblings: 1 }, state);
  return rows;
}

interface Branch {
  /** Text that the node is a part of. */
  readonly text: string;
  readonly node: JsonNode;
  readonly id: string;
  readonly path: string;
  readonly level: number;
  readonly name?: string;
  readonly position: number;
  readonly siblings: number;
}

function add(rows: TreeRow[], branch: Branch, state: TreeState): void {
  const { id, level, name, path, position, siblings } = branch;
  const inner = innerJson(branch);
  const { text, node } = inner ?? branch;
  const children = node.children ?? [];
  const hasChildren = children.length > 0;
  const isOpenAtFirst = inner === undefined && (level === 1 || (siblings <= FEW && isSmall(node)));
  const isOpen = hasChildren && isOpenAtFirst !== state.toggled.has(id);
  rows.push({
    id,
    level,
    ...(name !== undefined && { name }),
    kind: branch.node.kind,
    preview: inner === undefined ? preview(text, node) : `JSON ${preview(text, node)}`,
    ...(hasChildren && { isOpen }),
    path,
    value: () => text.slice(node.from, node.to),
    position,
    siblings,
  });
  if (!isOpen) return;
  const shown = state.shown.get(id) ?? CHILDREN;
  children.slice(0, shown).forEach((child, index) => {
    const step = node.kind === 'list' ? `[${index}]` : keyStep(child.key ?? '');
    add(
      rows,
      {
        text,
        node: child,
        id: `${id}.${index}`,
        path: `${path}${step}`,
        level: level + 1,
        name: node.kind === 'list' ? String(index) : (child.key ?? ''),
        position: index + 1,
        siblings: children.length,
      },
      state,
    );
  });
  const rest = children.length - shown;
  if (rest > 0) {
    const more = { level: level + 1, path, value: () => '', position: shown + 1, siblings: children.length };
    rows.push({ ...more, id: `${id}.more`, kind: 'more', preview: `${formatCount(rest)} more`, rest });
  }
}

/** The JSON in a string, as the bodies of messages have it. */
function innerJson({ text, node }: Branch): { readonly text: string; readonly node: JsonNode } | undefined {
  if (node.kind !== 'string' || node.to - node.from > MAX_INNER) return undefined;
  if (!/^"\s*[{[]/.test(text.slice(node.from, node.from + 20))) return undefined;
  const inner: string = JSON.parse(text.slice(node.from, node.to));
  const { root } = parsedJson(inner);
  return root === undefined || !root.children?.length ? undefined : { text: inner, node: root };
}

function preview(text: string, node: JsonNode): string {
  const { kind, from, to, children = [] } = node;
  if (kind === 'object' || kind === 'list') {
    const [open, close] = kind === 'object' ? ['{', '}'] : ['[', ']'];
    if (children.length === 0) return open + close;
    const unit = kind === 'object' ? 'key' : 'item';
    return `${open} ${counted(children.length, unit)} ${close}`;
  }
  return to - from <= PREVIEW ? text.slice(from, to) : `${text.slice(from, from + PREVIEW)}…`;
}

function isSmall(node: JsonNode): boolean {
  let count = 0;
  const open = [node];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    count += next.children?.length ?? 0;
    if (count > SMALL) return false;
    open.push(...(next.children ?? []));
  }
  return true;
}

/** `.body`, or `['detail-type']` */
function keyStep(key: string): string {
  return /^[A-Za-z_]\w*$/.test(key) ? `.${key}` : `['${key.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}']`;
}
