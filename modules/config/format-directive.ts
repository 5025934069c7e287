import { formatFound, foundValue } from '../problems/found';
import type { Finding } from '../problems/problem';
import { isDirective, type Outcome, parseDirective } from './directive';

/** Whether a string is Stacktape's `$Format('{}-{}', ...)`, well-formed or not. */
export function isFormat(text: string): boolean {
  return text.startsWith('$Format(');
}

/**
 * The text of `$Format('{}-{}', 'a', $Stage())`: each `{}` of the first argument stands for the value of a further one, in their order.
 *
 * @param resolve value of a directive among the arguments, undefined for one whose value only the deployed stack has
 */
export async function formatted(
  text: string,
  resolve: (directive: string) => Promise<Outcome | undefined>,
): Promise<Outcome> {
  const [first, ...others] = writtenArguments(text) ?? [];
  const pattern = first === undefined ? undefined : literal(first);
  if (typeof pattern !== 'string') return { finding: malformed(text) };
  if (INSIDE.test(pattern)) return { finding: inside(text) };
  const values: unknown[] = [];
  for (const written of others) {
    const outcome = isDirective(written) ? await resolve(written) : { value: literal(written) };
    if (outcome === undefined) return { finding: deployed(text, written) };
    if ('finding' in outcome) return outcome;
    values.push(outcome.value);
  }
  const parts = pattern.split('{}');
  if (parts.length !== values.length + 1 || !values.every(isScalar)) return { finding: malformed(text) };
  return { value: parts.map((part, index) => `${part}${values[index] ?? ''}`).join('') };
}

/** A directive in the braces, which would stay as text. */
const INSIDE = /\{\w+\(/;

function isScalar(value: unknown): boolean {
  return ['string', 'number', 'boolean'].includes(typeof value);
}

function literal(written: string): unknown {
  return parseDirective(`$Value(${written})`)?.args[0];
}

/** A string in quotes, a parenthesis, a comma, or what is between these. */
const PARTS = /'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|[(),]|[^'"(),]+/g;

/** The arguments as they are written; undefined if the quotes or parentheses don't match. */
function writtenArguments(text: string): string[] | undefined {
  const call = /^\$Format\((.*)\)$/s.exec(text)?.[1];
  const parts = call?.match(PARTS) ?? [];
  if (call === undefined || parts.join('') !== call) return undefined;
  const written = [''];
  let depth = 0;
  for (const part of parts) {
    depth += part === '(' ? 1 : part === ')' ? -1 : 0;
    if (depth < 0) return undefined;
    if (part === ',' && depth === 0) written.push('');
    else written.push(`${written.pop()}${part}`);
  }
  return depth === 0 ? written.map((one) => one.trim()) : undefined;
}

function malformed(text: string): Finding {
  return {
    found: foundValue(text),
    accepted: "$Format('{}-{}', ...) with a string, number, true, false or directive for each {}",
    fix: 'write as many values as the first string has {}, and strings in quotes',
  };
}

function deployed(text: string, directive: string): Finding {
  return {
    found: foundValue(text, `, where only the deployed stack has the value of ${formatFound(directive)}`),
    accepted: 'values that are known at synthesis',
    fix: 'set a separate variable or property to it, and put the text together in the job',
  };
}

function inside(text: string): Finding {
  return {
    found: foundValue(text),
    accepted: '{} for each value',
    fix: "write {} instead of each directive, and the directives after the string: $Format('{}-x', $Stage())",
  };
}
