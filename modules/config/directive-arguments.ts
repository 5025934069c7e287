import { formatFound, foundValue } from '../problems/found';
import type { Finding } from '../problems/problem';
import { directiveName, directiveText, isDirective, type Outcome } from './directive';
import { formatCall, isFormat } from './format-directive';
import { writtenCall } from './written-call';

/**
 * A directive with the values of the directives among its arguments: `$Format('{}-x', 'test')` for `$Format('{}-x', $Stage())`. Undefined
 * for one without such arguments, and for one whose quotes or parentheses don't match. A format keeps directives whose value only the
 * deployed stack has.
 *
 * @param resolve value of an inner directive, undefined for one whose value only the deployed stack has
 */
export async function withArguments(
  text: string,
  resolve: (directive: string) => Promise<Outcome | undefined>,
): Promise<{ readonly text: string } | { readonly finding: Finding } | undefined> {
  const isLate = isFormat(text);
  const call = isLate ? formatCall(text) : writtenCall(text);
  if (call === undefined || !call.args.some(isDirective)) return undefined;
  const args: string[] = [];
  for (const written of call.args) {
    const outcome = isDirective(written) ? await resolve(written) : undefined;
    if (outcome === undefined && isDirective(written) && !isLate) return { finding: deployed(text, written) };
    if (outcome === undefined) {
      args.push(written);
      continue;
    }
    if ('finding' in outcome) return outcome;
    const argument = argumentOf(outcome.value, isLate);
    if (argument === undefined) return { finding: noArgument(text, written, outcome.value) };
    args.push(argument);
  }
  return { text: `$${directiveName(text)}(${args.join(', ')})${call.after}` };
}

/** A value as it is written among the arguments of a directive, or of a format if `isLate`. Undefined for one that cannot be. */
function argumentOf(value: unknown, isLate: boolean): string | undefined {
  if (isLate && typeof value === 'string' && isDirective(value)) return value;
  // The name is of no matter: what stands in the parentheses is the argument.
  if (typeof value === 'string') return directiveText('Value', value).slice('$Value('.length, -1);
  return value === null || ['number', 'boolean'].includes(typeof value) ? String(value) : undefined;
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
