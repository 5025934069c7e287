import { foundValue } from '../problems/found';
import type { Finding } from '../problems/problem';
import { type Outcome, parseDirective } from './directive';

/** Whether a string is Stacktape's `$Format('{}-{}', ...)`, well-formed or not. */
export function isFormat(text: string): boolean {
  return text.startsWith('$Format(');
}

/** The text of `$Format('{}-{}', 'a', 2)`: each `{}` of the first argument stands for the value of a further one, in their order. */
export function formatted(text: string): Outcome {
  const { args: [pattern, ...values] = [], part } = parseDirective(text) ?? {};
  if (typeof pattern !== 'string' || part !== undefined) return { finding: malformed(text) };
  if (INSIDE.test(pattern)) return { finding: inside(text) };
  const parts = pattern.split('{}');
  if (parts.length !== values.length + 1 || values.includes(null)) return { finding: malformed(text) };
  return { value: parts.map((part, index) => `${part}${values[index] ?? ''}`).join('') };
}

/** A directive in the braces, which would stay as text. */
const INSIDE = /\{\w+\(/;

function malformed(text: string): Finding {
  return {
    found: foundValue(text),
    accepted: "$Format('{}-{}', ...) with a string, number, true, false or directive for each {}",
    fix: 'write as many values as the first string has {}, and strings in quotes',
  };
}

function inside(text: string): Finding {
  return {
    found: foundValue(text),
    accepted: '{} for each value',
    fix: "write {} instead of each directive, and the directives after the string: $Format('{}-x', $Stage())",
  };
}
