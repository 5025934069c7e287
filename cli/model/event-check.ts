import type { EventFacts, KnownKey } from '../../triggers/event-facts';
import { knownKeys } from './event-shape';
import type { JsonNode, TextProblem } from './json-text';

/** Differences that are reported. */
const MAX_DIFFERENCES = 20;

/** Items of a list that are looked at: a batch has at most 10,000 of one shape. */
const MAX_ITEMS = 100;

/**
 * How an event differs from those that its source sends: keys that are missing or have a value of another type.
 *
 * @param facts of the source
 */
export function shapeDifferences(facts: EventFacts, root: JsonNode): TextProblem[] {
  const known = knownKeys(facts, keysOf(root));
  if (known.length === 0) return [];
  if (root.kind !== 'object') {
    return [{ offset: root.from, message: `the event is ${named(root.kind)}. Its source sends an object` }];
  }
  const differences: Difference[] = [];
  for (const key of known) {
    const steps = stepsOf(key.path);
    differences.push(...differencesAt(key, steps, [{ node: root, path: '' }]));
  }
  const sorted = together(differences).sort((one, other) => one.offset - other.offset);
  return sorted.slice(0, MAX_DIFFERENCES).map(({ offset, message }) => ({ offset, message }));
}

interface Difference extends TextProblem {
  /** The key that is missing. */
  readonly missing?: string;
}

/** Keys of one object that are named one by one if they are missing. */
const FEW = 3;

/** Many keys that one object lacks are one difference. */
function together(differences: readonly Difference[]): Difference[] {
  const lacking = new Map<number, string[]>();
  for (const { offset, missing } of differences) {
    if (missing !== undefined) lacking.set(offset, [...(lacking.get(offset) ?? []), missing]);
  }
  const many = [...lacking].filter(([, keys]) => keys.length > FEW);
  const others = differences.filter(
    ({ offset, missing }) => missing === undefined || (lacking.get(offset)?.length ?? 0) <= FEW,
  );
  const combined = many.map(([offset, keys]) => ({
    offset,
    message: `${keys.length} keys are missing that its source sends: ${keys.join(', ')}`,
  }));
  return [...combined, ...others];
}

interface Found {
  readonly node: JsonNode;
  /** `Records[0].body` */
  readonly path: string;
}

function differencesAt(key: KnownKey, steps: readonly string[], roots: readonly Found[]): Difference[] {
  const last = steps.at(-1) ?? '';
  const parents = steps.slice(0, -1).reduce(childrenAt, roots);
  return parents.flatMap((parent) => {
    const values = childrenAt([parent], last);
    if (values.length === 0 && key.isRequired && last !== '[]' && parent.node.kind === 'object') {
      const missing = joined(parent.path, last);
      return [{ offset: parent.node.from, message: `${missing} is missing. ${key.meaning}`, missing }];
    }
    return values
      .filter(({ node }) => !accepts(key.types, node.kind))
      .map(({ node, path }) => ({
        offset: node.from,
        message: `${path} is ${named(node.kind)}. Its source sends ${key.types.map(named).join(' or ')}`,
      }));
  });
}

function childrenAt(parents: readonly Found[], step: string): Found[] {
  return parents.flatMap(({ node, path }) => {
    const children = node.children ?? [];
    if (step === '[]') {
      if (node.kind !== 'list') return [];
      return children.slice(0, MAX_ITEMS).map((child, index) => ({ node: child, path: `${path}[${index}]` }));
    }
    if (node.kind !== 'object') return [];
    // The last of two with one name counts.
    const named = step === '*' ? children : children.filter(({ key }) => key === step).slice(-1);
    return named.map((child) => ({ node: child, path: joined(path, child.key ?? '') }));
  });
}

function accepts(types: KnownKey['types'], kind: JsonNode['kind']): boolean {
  return types.includes('any') || types.includes(kind);
}

/** `Records[].body` is Records, [], body. Names have no dots. */
function stepsOf(path: string): string[] {
  return path.match(/\[\]|[^.[\]]+/g) ?? [];
}

function keysOf({ children = [] }: JsonNode): string[] {
  return children.flatMap(({ key }) => key ?? []);
}

function joined(path: string, key: string): string {
  return path === '' ? key : `${path}.${key}`;
}

function named(kind: string): string {
  if (kind === 'null') return 'null';
  return /^[aeiou]/.test(kind) ? `an ${kind}` : `a ${kind}`;
}

/** A key that can be written where the cursor is. */
export interface Suggestion extends KnownKey {
  readonly key: string;
}

/** Where the cursor is in a text that can be incomplete. */
export interface CursorPosition {
  /** `Records[]` */
  readonly path: string;
  /** The key that the cursor is in, as far as it is typed, and where its quote is. */
  readonly typed: string;
  readonly from: number;
}

/**
 * The place of a key that is being typed.
 *
 * @returns undefined if the cursor is not in a key
 */
export function keyAt(text: string, cursor: number): CursorPosition | undefined {
  const open: { step: string | undefined; isList: boolean }[] = [];
  let lastKey: string | undefined;
  let awaitsKey = false;
  for (let at = 0; at < cursor; at++) {
    const character = text[at];
    if (character === '"') {
      let end = at + 1;
      while (end < cursor && text[end] !== '"') end += text[end] === '\\' ? 2 : 1;
      const content = text.slice(at + 1, end);
      if (end >= cursor) {
        if (!awaitsKey) return undefined;
        return {
          path: open.map(({ step, isList }) => (step ?? '') + (isList ? '[]' : '')).reduce(joinedSteps, ''),
          typed: content,
          from: at,
        };
      }
      if (awaitsKey) lastKey = content;
      at = end;
    } else if (character === '{' || character === '[') {
      open.push({ step: lastKey, isList: character === '[' });
      lastKey = undefined;
      awaitsKey = character === '{';
    } else if (character === '}' || character === ']') {
      open.pop();
      awaitsKey = false;
    } else if (character === ',') {
      awaitsKey = open.at(-1)?.isList === false;
    } else if (character === ':') {
      awaitsKey = false;
    }
  }
  return undefined;
}

function joinedSteps(path: string, step: string): string {
  if (path === '' || step === '') return path + step;
  return `${path}.${step}`;
}

/** Keys that the source's events have at a place, and that begin with what is typed. */
export function suggestions(
  facts: EventFacts,
  rootKeys: readonly string[],
  { path, typed }: CursorPosition,
): Suggestion[] {
  const start = path === '' ? '' : `${path}.`;
  return knownKeys(facts, rootKeys)
    .filter((known) => known.path.startsWith(start))
    .map((known) => ({ ...known, key: known.path.slice(start.length) }))
    .filter(({ key }) => key !== '' && !/[.[\]*]/.test(key))
    .filter(({ key }) => key.toLowerCase().startsWith(typed.toLowerCase()));
}

/** What is known of the key that the cursor is in or that its value has, for a line below the editor. */
export function knownAt(facts: EventFacts, root: JsonNode, cursor: number): KnownKey | undefined {
  const known = knownKeys(facts, keysOf(root));
  let node = root;
  let path = '';
  let best: KnownKey | undefined;
  for (;;) {
    const child = node.children?.find(({ from, to, key }) => from - keyLength(key) <= cursor && cursor <= to);
    if (child === undefined) return best;
    path = node.kind === 'list' ? `${path}[]` : joined(path, child.key ?? '');
    const any = path.replace(/[^.]+$/, '*');
    best = known.find((each) => each.path === path) ?? known.find((each) => each.path === any) ?? best;
    node = child;
  }
}

/** Quotes, colon and a space. */
function keyLength(key: string | undefined): number {
  return key === undefined ? 0 : key.length + 4;
}
