import {
  type Alias,
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type Pair,
  parseDocument,
} from 'yaml';
import { errorMessage } from '../error-message';
import { cloudFormationTags } from './cloudformation-tags';
import { ConfigError, type Finding, type Place } from './problem';

/** A config file as text, read: its value, and where each part of the value stands. */
export interface YamlFile {
  readonly value: unknown;
  /** Where the property or list entry of a path stands; where it is missing, what it is missing from. Undefined for an empty file. */
  readonly locate: (path: readonly PropertyKey[]) => Place | undefined;
}

/**
 * Reads YAML 1.2, with anchors, merge keys (`<<`) and the short forms of CloudFormation's functions (`!Ref`, `!GetAtt`, ...). JSON is YAML too.
 *
 * @throws ConfigError with every error of syntax, each with its line and column.
 */
export function readYaml(text: string, source: string): YamlFile {
  const lines = new LineCounter();
  // A byte order mark, which some editors put first, is skipped by the parser.
  const document = parseDocument(text, {
    lineCounter: lines,
    prettyErrors: false,
    merge: true,
    customTags: cloudFormationTags,
    stringKeys: true,
  });
  const mistakes = [...document.errors, ...document.warnings];
  if (mistakes.length > 0) {
    const problems = mistakes.map(({ code, message, pos: [offset] }) => {
      const place = placeAt(lines, offset);
      return { path: '', place, ...finding(code, message, text.split(/\r?\n/)[place.line - 1] ?? '') };
    });
    throw new ConfigError(problems, source);
  }
  return { value: value(document, source), locate: (path) => locate(document, path, lines) };
}

/** Aliases are expanded here, and only here does it show that one expands beyond all measure. */
function value(document: Document, source: string): unknown {
  try {
    return document.toJS();
  } catch (error) {
    const found = errorMessage(error);
    const accepted = 'aliases of anchors that stand above them, at most 100 values of each';
    throw new ConfigError(
      [{ path: '', found, accepted, fix: 'set the anchor before it, or write the value out' }],
      source,
    );
  }
}

/** What is found where the parser's own message speaks to programmers, by its code. */
const FOUND: { readonly [code: string]: string } = { MULTIPLE_DOCS: 'a second document' };

/** What a person can do about a mistake whose message speaks of the parser's own terms, by its code. */
const FIXES: { readonly [code: string]: string } = {
  BAD_INDENT: 'indent it like its neighbours',
  BLOCK_AS_IMPLICIT_KEY: 'put a text that holds ": " in quotes, or start a new line after the key',
  BLOCK_IN_FLOW: 'close the bracket that is open before it',
  DUPLICATE_KEY: 'remove one of the two',
  MISSING_CHAR: 'add it; in [ ] and { } a directive such as $ResourceParam(...) must stand in double quotes',
  MULTIPLE_DOCS: 'keep one document: remove the line ---',
  TAB_AS_INDENT: 'indent with spaces',
  TAG_RESOLVE_FAILED: 'write the value without the tag, or in quotes if it begins with !',
  UNEXPECTED_TOKEN: 'remove it or put the text in quotes; in [ ] and { } a directive must stand in double quotes',
};

function finding(code: string, message: string, line: string): Finding {
  const what = FOUND[code] ?? message;
  const found = line.trim() === '' ? what : `${what}: ${line.trim()}`;
  return { found, accepted: 'YAML', fix: FIXES[code] ?? 'correct it there' };
}

function locate(document: Document, path: readonly PropertyKey[], lines: LineCounter): Place | undefined {
  let node: unknown = document.contents;
  let start: unknown = node;
  for (const key of path) {
    const [place, inner] = child(resolved(node, document), key);
    if (place === undefined) break;
    start = place;
    node = inner;
  }
  const offset = (start as Node | null)?.range?.[0];
  return offset === undefined ? undefined : placeAt(lines, offset);
}

function resolved(node: unknown, document: Document): unknown {
  return isAlias(node) ? (node as Alias).resolve(document) : node;
}

/** A property's key and value, or a list entry twice. */
function child(node: unknown, key: PropertyKey): [place: unknown, inner: unknown] {
  if (isSeq(node) && typeof key === 'number') return [node.items[key], node.items[key]];
  if (!isMap(node)) return [undefined, undefined];
  const pair = node.items.find((item: Pair) => isScalar(item.key) && String(item.key.value) === String(key));
  return [pair?.key, pair?.value];
}

function placeAt(lines: LineCounter, offset: number): Place {
  const { line, col } = lines.linePos(offset);
  return { line, column: col };
}
