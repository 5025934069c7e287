import { Token, Tokenization } from 'cdktf';

/**
 * A string that Terraform will read back exactly as it is written here: `${` and `%{` are doubled so that
 * Terraform does not take them for templates. CDKTF tokens inside the string keep their meaning.
 *
 * @see https://developer.hashicorp.com/terraform/language/expressions/strings#escape-sequences
 */
export function literal(text: string): string {
  if (!text.includes('${') && !text.includes('%{')) return text;
  // A token shows itself in a string as a marker that starts with `${` too: only what lies between markers is literal.
  const markers = Tokenization.reverseString(text).tokens.map((token) => Token.asString(token));
  if (markers.length === 0) return escaped(text);
  const pieces = text.split(new RegExp(`(${markers.map(quoted).join('|')})`));
  return pieces
    .map((piece, index) => {
      const isMarker = index % 2 === 1;
      if (isMarker) return piece;
      const meetsMarker = piece.endsWith('$') && index + 1 < pieces.length;
      // Together the `$` and the token's `${` would read as an escaped `${`.
      return escaped(piece) + (meetsMarker ? NOTHING : '');
    })
    .join('');
}

/** Reads as no character at all, and holds its neighbours apart. */
const NOTHING = '%{if true}%{endif}';

/**
 * CDKTF takes whatever stands between `${` and the next `}` for an expression, an escaped `${` included, and writes tokens in there, or
 * in the rest of the whole document if there is no `}`, without their own `${`. So a `${` that stays open must not look like one.
 */
function escaped(text: string): string {
  const directives = text.replace(/%(?=\{)/g, '%%');
  return staysOpen(text) ? directives.replace(/\$(?=\{)/g, `$$${NOTHING}`) : directives.replace(/\$(?=\{)/g, '$$$$');
}

function staysOpen(text: string): boolean {
  const depth = (text.match(/\$\{|\}/g) ?? []).reduce((open, sign) => Math.max(0, open + (sign === '}' ? -1 : 1)), 0);
  return depth > 0;
}

function quoted(marker: string): string {
  return marker.replace(/[$[\]{}.]/g, '\\$&');
}

/**
 * JSON text for an attribute that takes a JSON document (state machine definition, container properties, policy).
 * Every string of the document, keys included, is a {@link literal}; `undefined` properties are left out.
 *
 * `Fn.jsonencode` is not used: it breaks on quotes, backslashes and `%{`.
 */
export function jsonLiteral(document: unknown): string {
  return JSON.stringify(literals(document));
}

/** The same value with every string in it, keys included, made a {@link literal}. */
export function literals<T>(value: T): T {
  return convert(value) as T;
}

function convert(value: unknown): unknown {
  if (typeof value === 'string') return literal(value);
  if (Array.isArray(value)) return value.map(convert);
  if (typeof value === 'object' && value !== null && isPlain(value)) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [literal(key), convert(item)]));
  }
  return value;
}

/** Written as braces or read from a file; what has a class is CDKTF's to resolve. */
function isPlain(value: object): boolean {
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
