import { AcceptedFix, type Fix } from './fix';
import { isNothing } from './found';
import { capitalized, either } from './phrases';
import { type Finding, propertyName, type StatedProblem } from './problem';
import type { ProblemCode } from './problem-code';

export function codeOf({ code, found }: Finding): ProblemCode {
  return code ?? (isNothing(found) ? 'missing-property' : 'invalid-value');
}

/** The problem and what is accepted, in one or two sentences. */
export function messageOf(problem: StatedProblem): string {
  const { message, keys, found, accepted } = problem;
  if (message !== undefined) return message;
  if (typeof found === 'string') return `${stopped(`Found ${found}`)} ${stopped(`Expected ${accepted}`)}`;
  const name = propertyName(keys) ?? 'The config';
  const said = { value: `${name} is ${found}`, name: `${found} is not a valid name`, nothing: `${name} is missing` };
  return `${stopped(said[found.as])} ${stopped(acceptance(problem))}`;
}

/** The fix as a sentence. Undefined if the message already says it. */
export function instructionOf(fix: Fix): string | undefined {
  const own = fix instanceof AcceptedFix ? fix.reason : fix;
  if (own === undefined) return undefined;
  const text = sentence(own);
  // No full stop after code, so that it can be copied.
  return /(\w\(.*\)|[\]}])\.$/.test(text) ? text.slice(0, -1) : text;
}

/** A string as a sentence with a capital letter and a full stop. A name, directive or code at its start is not changed. */
function sentence(text: string): string {
  const trimmed = text.trim();
  const [word = ''] = trimmed.split(/[\s:,;]/, 1);
  return stopped(/^[a-z][a-z'-]*$/.test(word) ? capitalized(trimmed) : trimmed);
}

function stopped(text: string): string {
  return /[.?!]$/.test(text) ? text : `${text}.`;
}

function acceptance({ code, accepted, acceptedAs, options, range }: StatedProblem): string {
  if (acceptedAs === 'rule') return `Expected ${accepted}`;
  const data = code === 'out-of-range' ? range : options && either(options);
  return `It must ${acceptedAs === 'content' ? 'have' : 'be'} ${data ?? accepted}`;
}
