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
  return escapeBetween(text, markers);
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
  if (value !== null && typeof value === 'object' && Object.getPrototypeOf(value) === Object.prototype) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [literal(key), convert(item)]));
  }
  return value;
}

function escapeBetween(text: string, markers: string[]): string {
  const [marker, ...rest] = markers;
  if (marker === undefined) return text.replace(/[$%](?=\{)/g, (sign) => sign + sign);
  return text
    .split(marker)
    .map((part) => escapeBetween(part, rest))
    .join(marker);
}
