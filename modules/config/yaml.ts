import {
  type Alias,
  type Document,
  type DocumentOptions,
  isAlias,
  isMap,
  isPair,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type Pair,
  parseDocument,
  type SchemaOptions,
  type ParseOptions as TextOptions,
  visit,
} from 'yaml';
import { ConfigError } from '../problems/config-error';
import { errorMessage } from '../problems/error-message';
import type { Finding, Position, StatedProblem } from '../problems/problem';
import { cloudFormationTags } from './cloudformation-tags';
import { Spelled } from './plain-data';

/** The content of a config file: its value, and the places of its parts. */
export interface YamlFile {
  /** Scalars that JavaScript would print differently are {@link Spelled}. */
  readonly value: unknown;
  /** Finds the place of a property or list entry. For a missing one, the place of its parent. Undefined for an empty file. */
  readonly locate: (path: readonly PropertyKey[]) => Position | undefined;
}

/**
 * Reads YAML 1.2, with anchors, merge keys (`<<`) and the short forms of CloudFormation's functions (`!Ref`, `!GetAtt`, ...).
 *
 * @throws ConfigError with every syntax error and every duplicate key, each with its line and column
 */
export function readYaml(text: string, source: string): YamlFile {
  return read(text, source, 'YAML', { merge: true, customTags: cloudFormationTags });
}

/**
 * Reads JSON with the YAML parser, which knows places, notations and duplicate keys. The string must be valid JSON.
 *
 * @throws ConfigError with every duplicate key
 */
export function readJsonText(text: string, source: string): YamlFile {
  return read(text, source, 'JSON', { schema: 'core' });
}

type Format = 'YAML' | 'JSON';

function read(
  text: string,
  source: string,
  format: Format,
  options: TextOptions & DocumentOptions & SchemaOptions,
): YamlFile {
  const lines = new LineCounter();
  // The parser skips a byte order mark, with which some editors start a file.
  const document = parseDocument(text, { ...options, lineCounter: lines, prettyErrors: false, stringKeys: true });
  const problems = mistakes(document, text, lines, format);
  if (problems.length > 0) throw new ConfigError(problems, source);
  keepSpellings(document);
  return { value: value(document, source), locate: (path) => locate(document, path, lines) };
}

function mistakes(document: Document, text: string, lines: LineCounter, format: Format): StatedProblem[] {
  const found = [...document.errors, ...document.warnings].map(({ code, message, pos: [offset] }): StatedProblem => {
    const place = placeAt(lines, offset);
    if (message === STACK_EXHAUSTED) return { keys: [], place, ...TOO_DEEP };
    if (code === 'DUPLICATE_KEY') return { ...twice(document, offset, lines), place };
    const line = text.split(/\r?\n/)[place.line - 1] ?? '';
    return { keys: [], place, ...finding(code, message, line) };
  });
  const { explicit, version } = document.directives?.yaml ?? {};
  if (format === 'YAML' && explicit && version !== '1.2') {
    found.push({
      keys: [],
      place: placeAt(lines, text.indexOf('%YAML')),
      code: 'invalid-syntax',
      found: `%YAML ${version}, in which yes is true and 012 is ten`,
      accepted: 'YAML 1.2',
      fix: 'remove the line, and write true and false',
    });
  }
  return found.sort((a, b) => order(a.place) - order(b.place));
}

/** The parser reports a JavaScript error with this message for a file that is nested too deeply. */
const STACK_EXHAUSTED = 'Maximum call stack size exceeded';

function order(place?: Position): number {
  return place === undefined ? 0 : place.line * 1e6 + place.column;
}

/** The finding for a duplicate key at an offset in the file. */
function twice(document: Document, offset: number, lines: LineCounter): Omit<StatedProblem, 'place'> {
  let key = '';
  let path: PropertyKey[] = [];
  let first: Position | undefined;
  visit(document, {
    Pair: (_, pair, above) => {
      if (!isScalar(pair.key) || pair.key.range?.[0] !== offset) return undefined;
      key = String(pair.key.value);
      path = pathOf(pair, above);
      const map = above.at(-1);
      const earlier = isMap(map)
        ? map.items.find((item: Pair) => isScalar(item.key) && item.key.value === key)
        : undefined;
      const start = (earlier?.key as Node | undefined)?.range?.[0];
      first = start === undefined ? undefined : placeAt(lines, start);
      return visit.BREAK;
    },
  });
  return {
    keys: path,
    found: `the key "${key}" a second time${first === undefined ? '' : `, after line ${first.line} column ${first.column}`}`,
    code: 'duplicate-name',
    message: `The key "${key}" is already set${first === undefined ? '' : ` at line ${first.line}, column ${first.column}`}.`,
    accepted: 'each key once',
    fix: 'remove or rename one of them',
  };
}

/** Keys and indices of the path to a pair, from the nodes above it. */
function pathOf(pair: Pair, above: readonly unknown[]): PropertyKey[] {
  return [...above, pair].flatMap((node, index, nodes): PropertyKey[] => {
    const parent = nodes[index - 1];
    if (isSeq(parent)) return [parent.items.indexOf(node)];
    return isPair(node) && isScalar(node.key) ? [String(node.key.value)] : [];
  });
}

/** `0123` is a number in YAML and `True` a boolean, but the author might have meant the string. */
function keepSpellings(document: Document): void {
  visit(document, {
    Scalar: (position, node) => {
      const { value, source } = node;
      const isText = value !== null && typeof value !== 'number' && typeof value !== 'boolean';
      if (position === 'key' || isText || source === undefined || source === String(value)) return;
      node.value = new Spelled(value, source);
    },
  });
}

/** Expands aliases. Only here can it show that an alias expands beyond the limit. */
function value(document: Document, source: string): unknown {
  try {
    return document.toJS();
  } catch (error) {
    throw new ConfigError([{ keys: [], ...(error instanceof RangeError ? TOO_DEEP : aliasFinding(error)) }], source);
  }
}

const TOO_DEEP: Finding = {
  code: 'out-of-range',
  message: 'The file has too many levels of lists and objects. It can have up to 200.',
  found: 'too many levels',
  accepted: 'up to 200 levels of lists and objects',
  fix: 'nest it less deeply',
};

function aliasFinding(error: unknown): Finding {
  const accepted = 'aliases of anchors that stand above them, at most 100 values of each';
  const fix = 'set the anchor before it, or write the value out; put a string that starts with * in quotes';
  const found = errorMessage(error);
  return { code: 'invalid-syntax', message: `The file is not valid YAML: ${found}`, found, accepted, fix };
}

/** Findings for parser messages in technical terms, by their code. */
const FOUND: { readonly [code: string]: string } = {
  BAD_ALIAS: 'a * without quotes, which begins an alias in YAML',
  MULTIPLE_DOCS: 'a second document',
};

/** Fixes for mistakes whose parser messages are in technical terms, by their code. */
const FIXES: { readonly [code: string]: string } = {
  BAD_ALIAS: 'put it in quotes: "*"',
  BAD_DQ_ESCAPE: 'double the backslash, or use single quotes',
  BAD_INDENT: 'indent it like its neighbours',
  BAD_SCALAR_START: 'put the string in quotes',
  BLOCK_AS_IMPLICIT_KEY: 'put a string that contains ": " in quotes, or start a new line after the key',
  BLOCK_IN_FLOW: 'close the bracket that is open before it',
  MISSING_CHAR: 'add it; in [ ] and { } a directive such as $ResourceParam(...) must stand in double quotes',
  MULTIPLE_DOCS: 'keep one document: remove the line ---',
  NON_STRING_KEY: 'write a string before the colon; put a string that starts with { or [ in quotes',
  TAB_AS_INDENT: 'indent with spaces',
  TAG_RESOLVE_FAILED: 'write the value without the tag, or in quotes if it begins with !',
  UNEXPECTED_TOKEN: 'remove it, or put the string in quotes. In [ ] and { } a directive must be in double quotes',
};

function finding(code: string, said: string, line: string): Finding {
  const what = FOUND[code] ?? said;
  // The rest of a line with a password can be the password.
  const safe = line.trim().replace(/(password["']?\s*[:=]).+/i, '$1 ...');
  const shown = safe.length > 120 ? `${safe.slice(0, 117)}...` : safe;
  const found = shown === '' ? what : `${what}: ${shown}`;
  const message = `The file is not valid YAML: ${what}${shown === '' ? '' : `\n${shown}`}`;
  return { code: 'invalid-syntax', message, found, accepted: 'YAML', fix: FIXES[code] ?? 'correct it' };
}

function locate(document: Document, path: readonly PropertyKey[], lines: LineCounter): Position | undefined {
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

/** The key and value of a property, or a list entry twice. */
function child(node: unknown, key: PropertyKey): [place: unknown, inner: unknown] {
  if (isSeq(node) && typeof key === 'number') return [node.items[key], node.items[key]];
  if (!isMap(node)) return [undefined, undefined];
  const pair = node.items.find((item: Pair) => isScalar(item.key) && String(item.key.value) === String(key));
  return [pair?.key, pair?.value];
}

function placeAt(lines: LineCounter, offset: number): Position {
  const { line, col } = lines.linePos(offset);
  return { line, column: col };
}
