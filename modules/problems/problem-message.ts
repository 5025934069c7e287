import { AcceptedFix, type Fix } from './fix';
import { isNothing } from './found';
import { either } from './phrases';
import { type Finding, propertyName, type StatedProblem } from './problem';
import type { ProblemCode } from './problem-code';

export function codeOf({ code, found }: Finding): ProblemCode {
  return code ?? (isNothing(found) ? 'missing-property' : 'invalid-value');
}

/** The problem and what is accepted, in one or two sentences. */
export function messageOf({ message, keys, code, found, accepted, options, range }: StatedProblem): string {
  if (message !== undefined) return message;
  if (typeof found === 'string') return `${sentence(`found ${found}`)} ${sentence(`expected ${accepted}`)}`;
  const name = propertyName(keys) ?? 'The config';
  const data = code === 'out-of-range' ? range : options && either(options);
  const must = mustBe(data ?? accepted);
  const said = { value: `${name} is ${found}`, name: `${found} is not a valid name`, nothing: `${name} is missing` };
  return `${stopped(said[found.as])} ${must}`;
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
  return stopped(/^[a-z][a-z'-]*$/.test(word) ? `${trimmed.charAt(0).toUpperCase()}${trimmed.slice(1)}` : trimmed);
}

function stopped(text: string): string {
  return /[.?!]$/.test(text) ? text : `${text}.`;
}

/** What is accepted is not a value, but says something about several: `each name once`, `no prefix: ...`. */
const RULE = /^(no(?! more than)|each|nothing|either)\b/;

function mustBe(accepted: string): string {
  if (RULE.test(accepted)) return sentence(`expected ${accepted}`);
  const verb = /^(at (least|most)|up to|no more than|letters\b)/.test(accepted) ? 'have' : 'be';
  return sentence(`It must ${verb} ${accepted}`);
}
