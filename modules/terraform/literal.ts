import { Token, Tokenization } from 'cdktf';
import { NOTHING } from './template';

/**
 * A string that Terraform reads exactly as it is written here: doubles `${` and `%{` so that Terraform doesn't read them as templates.
 * CDKTF tokens inside the string keep their meaning.
 *
 * @see https://developer.hashicorp.com/terraform/language/expressions/strings#escape-sequences
 */
export function literal(text: string): string {
  if (!text.includes('${') && !text.includes('%{')) return text;
  // A token in a string is a marker that also starts with `${`. Only the parts between markers are literal.
  const markers = Tokenization.reverseString(text).tokens.map((token) => Token.asString(token));
  if (markers.length === 0) return escaped(text);
  const pieces = text.split(new RegExp(`(${markers.map(quoted).join('|')})`));
  return pieces
    .map((piece, index) => {
      const isMarker = index % 2 === 1;
      if (isMarker) return piece;
      const meetsMarker = piece.endsWith('$') && index + 1 < pieces.length;
      // The `$` and the token's `${` together would read as an escaped `${`.
      return escaped(piece) + (meetsMarker ? NOTHING : '');
    })
    .join('');
}

/**
 * CDKTF reads everything between `${` and the next `}` as an expression, even after an escaped `${`. It writes tokens there, or in the
 * rest of the whole document if there is no `}`, without their own `${`. So an unclosed `${` must not look like the start of an
 * expression.
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
 * A string for an attribute that expects a JSON document (state machine definition, container properties, policy).
 * Every string of the document, including keys, is a {@link literal}. `undefined` properties are omitted.
 *
 * `Fn.jsonencode` is not used: it breaks on quotes, backslashes and `%{`.
 */
export function jsonLiteral(document: unknown): string {
  return JSON.stringify(literals(document));
}

/** The same value with every string in it, including keys, as a {@link literal}. */
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

/** Object literals and values read from files. CDKTF resolves instances of classes. */
function isPlain(value: object): boolean {
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
