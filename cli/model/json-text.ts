/** A value in a JSON text, by its place in the text: numbers keep all their digits, and keys their order. */
export interface JsonNode {
  readonly kind: 'object' | 'list' | 'string' | 'number' | 'boolean' | 'null';
  /** Offset of its first character. */
  readonly from: number;
  /** Offset after its last character. */
  readonly to: number;
  /** In an object. */
  readonly key?: string;
  /** Of an object or a list. */
  readonly children?: readonly JsonNode[];
}

/** A place in a text, and what is wrong there. */
export interface TextProblem {
  readonly offset: number;
  /** Begins with a lower-case letter: "expected a comma". */
  readonly message: string;
}

/** What a text is, read as JSON. */
export interface ParsedJson {
  /** Undefined if the text is not JSON. */
  readonly root?: JsonNode;
  /** The first thing that is wrong. */
  readonly problem?: TextProblem;
  /** Keys that an object has twice. JSON allows them, and the last value counts. */
  readonly duplicates: readonly TextProblem[];
}

/** Duplicate keys that are reported. */
const MAX_DUPLICATES = 100;

/** Reads a JSON text of any depth. It accepts what JSON.parse accepts, and says where and why it accepts no more. */
export function parsedJson(text: string): ParsedJson {
  const reader = new Reader(text);
  try {
    const root = reader.document();
    return { root, duplicates: reader.duplicates };
  } catch (error) {
    if (!(error instanceof NotJson)) throw error;
    return { problem: { offset: error.offset, message: error.message }, duplicates: [] };
  }
}

class NotJson extends Error {
  constructor(
    readonly offset: number,
    message: string,
  ) {
    super(message);
  }
}

/** An object or a list that has not ended. */
interface Open {
  readonly kind: 'object' | 'list';
  readonly from: number;
  readonly key: string | undefined;
  readonly children: JsonNode[];
  readonly keys: Set<string>;
}

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const WORD = /[\p{L}\p{N}_$]+/uy;
/** All but quotes, backslashes and control characters. */
const PLAIN = /[ !#-[\]-\uffff]*/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;
const CONSTANTS: { readonly [word: string]: 'boolean' | 'null' } = { true: 'boolean', false: 'boolean', null: 'null' };

/** Reads with a list of what is open, not by recursion, which would end at some depth. */
class Reader {
  readonly duplicates: TextProblem[] = [];
  private at = 0;
  private readonly open: Open[] = [];

  constructor(private readonly text: string) {}

  document(): JsonNode {
    this.space();
    if (this.at === this.text.length) throw new NotJson(0, 'expected a value, for example {}');
    let key: string | undefined;
    for (;;) {
      const value = this.value(key);
      const ended = value === undefined ? undefined : this.close(value);
      if (ended !== undefined) {
        this.space();
        if (this.at < this.text.length) throw this.unexpected('expected nothing after the end of the event');
        return ended;
      }
      key = this.open.at(-1)?.kind === 'object' ? this.key() : undefined;
    }
  }

  /** A value; undefined after the beginning of an object or a list that has a value. */
  private value(key: string | undefined): JsonNode | undefined {
    const from = this.at;
    const character = this.text[from];
    if (character === '{' || character === '[') {
      const kind = character === '{' ? 'object' : 'list';
      this.at++;
      this.space();
      if (this.text[this.at] === (kind === 'object' ? '}' : ']')) {
        return { kind, from, to: ++this.at, key, children: [] };
      }
      this.open.push({ kind, from, key, children: [], keys: new Set() });
      return undefined;
    }
    if (character === '"') {
      this.string();
      return { kind: 'string', from, to: this.at, key };
    }
    return { kind: this.literal(), from, to: this.at, key };
  }

  /** Adds a value to what is open, closes what ends after it, and goes on to the next value; the outermost value if all is closed. */
  private close(value: JsonNode): JsonNode | undefined {
    let ended = value;
    for (;;) {
      const parent = this.open.at(-1);
      if (parent === undefined) return ended;
      parent.children.push(ended);
      this.space();
      const character = this.text[this.at];
      const end = parent.kind === 'object' ? '}' : ']';
      if (character === ',') {
        const comma = this.at++;
        this.space();
        const next = this.text[this.at];
        if (next === '}' || next === ']') throw new NotJson(comma, `expected no comma before ${next}`);
        return undefined;
      }
      if (character !== end) throw this.afterValue(parent, end);
      this.at++;
      this.open.pop();
      const { kind, from, key, children } = parent;
      ended = { kind, from, to: this.at, key, children };
    }
  }

  private afterValue({ kind, from }: Open, end: string): NotJson {
    const character = this.text[this.at];
    if (character === undefined) {
      const { line } = placeOf(this.text, from);
      return new NotJson(this.at, `expected ${end}: the ${kind} that begins in line ${line} does not end`);
    }
    if (character === '}' || character === ']') return new NotJson(this.at, `expected ${end} instead of ${character}`);
    if (character === ':') return new NotJson(this.at, 'expected a comma instead of a colon');
    return this.unexpected('expected a comma');
  }

  /** A key and its colon. */
  private key(): string {
    this.space();
    const from = this.at;
    if (this.text[from] !== '"') throw this.unexpected('expected a key in double quotes');
    this.string();
    const source = this.text.slice(from, this.at);
    const key: string = source.includes('\\') ? JSON.parse(source) : source.slice(1, -1);
    const keys = this.open.at(-1)?.keys;
    if (keys?.has(key) && this.duplicates.length < MAX_DUPLICATES) {
      this.duplicates.push({ offset: from, message: `${source} is there twice. The last value counts` });
    }
    keys?.add(key);
    this.space();
    if (this.text[this.at] !== ':') throw this.unexpected(`expected a colon after ${source}`);
    this.at++;
    this.space();
    return key;
  }

  private string(): void {
    const from = this.at++;
    for (;;) {
      this.skip(PLAIN);
      const character = this.text[this.at];
      if (character === '"') {
        this.at++;
        return;
      }
      if (character === undefined || character === '\n' || character === '\r') {
        throw new NotJson(from, 'the string does not end in its line. Write a line break as \\n');
      }
      if (character === '\\') {
        if (this.skip(ESCAPE) > 0) continue;
        const found = this.text.slice(this.at, this.at + 2);
        throw new NotJson(this.at, `${found} is not an escape sequence. Write a backslash as \\\\`);
      }
      throw new NotJson(
        this.at,
        character === '\t' ? 'expected \\t instead of a tab' : `expected ${escaped(character)} in a string`,
      );
    }
  }

  private literal(): 'number' | 'boolean' | 'null' {
    const from = this.at;
    if (this.skip(NUMBER) > 0) {
      const next = this.text[this.at] ?? '';
      if (!/[\w.+-]/.test(next)) return 'number';
      const number = /^[-+.\w]+/.exec(this.text.slice(from, from + 40))?.[0] ?? '';
      throw new NotJson(from, `${number} is not a number in JSON${numberFix(number)}`);
    }
    const word = this.word();
    const kind = Object.hasOwn(CONSTANTS, word) ? CONSTANTS[word] : undefined;
    if (kind === undefined) throw this.unexpected('expected a value');
    this.at += word.length;
    return kind;
  }

  /** Says of what commonly is in the wrong place what to write instead. */
  private unexpected(expected: string): NotJson {
    const character = this.text[this.at];
    if (character === undefined) return new NotJson(this.at, `${expected}, and the text ends`);
    const wrong = this.wrong(character);
    return new NotJson(this.at, wrong === undefined ? expected : `${expected}. ${wrong}`);
  }

  private wrong(character: string): string | undefined {
    if ("'\u2018\u2019\u201c\u201d\u00ab\u00bb`".includes(character)) return `JSON has double quotes (") only`;
    const two = this.text.slice(this.at, this.at + 2);
    if (two === '//' || two === '/*' || character === '#') return 'JSON has no comments';
    if (/[\s\u200b\u2060\ufeff]/u.test(character))
      return `Remove the character ${escaped(character).replace('\\u', 'U+')}`;
    const word = this.word();
    if (/^(true|false|null|none)$/i.test(word) && !Object.hasOwn(CONSTANTS, word)) {
      return `Found ${word}. JSON has true, false and null`;
    }
    if (/^(undefined|NaN|Infinity)$/.test(word)) return `${word} is not a value in JSON. Use null`;
    return word === '' || Object.hasOwn(CONSTANTS, word) || /^\d/.test(word) ? undefined : `Found ${word.slice(0, 40)}`;
  }

  private word(): string {
    WORD.lastIndex = this.at;
    return WORD.exec(this.text)?.[0] ?? '';
  }

  private space(): void {
    for (;;) {
      const code = this.text.charCodeAt(this.at);
      if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return;
      this.at++;
    }
  }

  /** @returns the number of characters */
  private skip(pattern: RegExp): number {
    pattern.lastIndex = this.at;
    const length = pattern.exec(this.text)?.[0].length ?? 0;
    this.at += length;
    return length;
  }
}

function numberFix(number: string): string {
  if (/^-?0\d/.test(number)) return '. Remove the leading zeros, or write it as a string';
  if (/\.$/.test(number)) return '. Add a digit after the point';
  return '';
}

/** `\u00a0` */
function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** Line and column of an offset, from 1. */
export function placeOf(text: string, offset: number): { readonly line: number; readonly column: number } {
  let line = 1;
  let begin = 0;
  for (let end = text.indexOf('\n'); end !== -1 && end < offset; end = text.indexOf('\n', begin)) {
    line++;
    begin = end + 1;
  }
  return { line, column: offset - begin + 1 };
}

/** "Line 4, column 12: expected a comma" */
export function placed(text: string, { offset, message }: TextProblem): string {
  const { line, column } = placeOf(text, offset);
  return `Line ${line}, column ${column}: ${message}`;
}
