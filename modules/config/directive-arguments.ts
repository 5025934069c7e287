import { formatFound, foundValue } from '../problems/found';
import type { Finding } from '../problems/problem';
import { directiveName, directiveText, isDirective, type Outcome } from './directive';

/**
 * A directive with the values of the directives among its arguments: `$Format('{}-x', 'test')` for `$Format('{}-x', $Stage())`. Undefined
 * for one without such arguments, and for one whose quotes or parentheses don't match.
 *
 * @param resolve value of an inner directive, undefined for one whose value only the deployed stack has
 */
export async function withArguments(
  text: string,
  resolve: (directive: string) => Promise<Outcome | undefined>,
): Promise<{ readonly text: string } | { readonly finding: Finding } | undefined> {
  const call = writtenCall(text);
  if (call === undefined || !call.args.some(isDirective)) return undefined;
  const args: string[] = [];
  for (const written of call.args) {
    const outcome = isDirective(written) ? await resolve(written) : { value: undefined };
    if (outcome === undefined) return { finding: deployed(text, written) };
    if ('finding' in outcome) return outcome;
    const argument = isDirective(written) ? argumentOf(outcome.value) : written;
    if (argument === undefined) return { finding: noArgument(text, written, outcome.value) };
    args.push(argument);
  }
  return { text: `$${directiveName(text)}(${args.join(', ')})${call.after}` };
}

/** A value as it is written among the arguments of a directive. Undefined for one that cannot be. */
function argumentOf(value: unknown): string | undefined {
  // The name is of no matter: what stands in the parentheses is the argument.
  if (typeof value === 'string') return directiveText('Value', value).slice('$Value('.length, -1);
  return value === null || ['number', 'boolean'].includes(typeof value) ? String(value) : undefined;
}

/** A string in quotes, a parenthesis, a comma, or what is between these. */
const PARTS = /'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|[(),]|[^'"(),]+/g;

/** The arguments of a directive as they are written, and what follows the call. Undefined if the quotes or parentheses don't match. */
function writtenCall(text: string): { readonly args: readonly string[]; readonly after: string } | undefined {
  const [start, ...parts] = text.trim().match(PARTS) ?? [];
  if (start === undefined || parts.join('') !== text.trim().slice(start.length)) return undefined;
  const written = [''];
  let depth = 0;
  for (const [index, part] of parts.entries()) {
    depth += part === '(' ? 1 : part === ')' ? -1 : 0;
    if (depth === 0) return { args: written.map((one) => one.trim()), after: parts.slice(index + 1).join('') };
    if (part === '(' && depth === 1) continue;
    if (part === ',' && depth === 1) written.push('');
    else written.push(`${written.pop()}${part}`);
  }
  return undefined;
}

function deployed(text: string, directive: string): Finding {
  return {
    found: foundValue(text, `, where only the deployed stack has the value of ${formatFound(directive)}`),
    accepted: 'values that are known at synthesis',
    fix: 'set a separate variable, property or output to it, and put the text together where it is read',
  };
}

function noArgument(text: string, directive: string, value: unknown): Finding {
  return {
    found: foundValue(text, `, where the value of ${formatFound(directive)} is ${formatFound(value)}`),
    accepted: 'a string, a number, true, false or null',
    fix: `name the part of the value that is meant: ${directive}.<name>`,
  };
}
