import type { Problem } from './problem';
import type { ProblemCode } from './problem-code';

/** What a finding reports as found if there is no value. */
const NOTHING = 'nothing';

/** The fix for a missing value. The message already says it, so the report leaves it out. */
export const ADD_IT = 'add it: it is required';

export function codeOf({ code, found }: Problem): ProblemCode {
  return code ?? (found === NOTHING ? 'missing-property' : 'invalid-value');
}

/** The problem and what is accepted, in one or two sentences. */
export function messageOf({ message, path, code, found, accepted }: Problem): string {
  if (message !== undefined) return message;
  const name = lastName(path);
  if (code === 'unknown-property') {
    const key = /^the unknown property ("[\s\S]*")$/.exec(found)?.[1];
    return sentence(key === undefined ? found : `unknown property ${key}`);
  }
  const must = mustBe(code === 'out-of-range' ? range(accepted) : options(accepted));
  if (found === NOTHING) return `${stopped(`${name} is missing`)} ${must}`;
  if (found === JSON.stringify(key(path))) return `${stopped(`${found} is not a valid name`)} ${must}`;
  if (isValue(found)) return `${stopped(`${name} is ${found}`)} ${must}`;
  return `${sentence(`found ${found}`)} ${sentence(`expected ${accepted}`)}`;
}

/** The fix as a sentence. Undefined if the message already says it. */
export function instructionOf({ fix, accepted }: Problem): string | undefined {
  const said = [ADD_IT, `use ${accepted}`, `use ${range(accepted)}`, `write ${accepted}`].find((text) =>
    fix.startsWith(text),
  );
  if (said === fix) return undefined;
  // Of `use 1 to 9: a reason`, only the reason is not in the message.
  const text = sentence(said !== undefined && fix.startsWith(': ', said.length) ? fix.slice(said.length + 2) : fix);
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

function mustBe(accepted: string): string {
  const verb = /^(at (least|most)|up to|no more than|letters\b)/.test(accepted) ? 'have' : 'be';
  return sentence(`It must ${verb} ${accepted}`);
}

/** The range without "a whole number", since a number out of range is a whole one. */
function range(accepted: string): string {
  return accepted.replace(/^a (whole )?number(,| from) /, '');
}

/** A list of words, such as `x86_64, arm64`, as part of a sentence. */
function options(accepted: string): string {
  return /^[\w.:*-]+(, [\w.:*-]+)+$/.test(accepted) ? EITHER.format(accepted.split(', ')) : accepted;
}

const EITHER = new Intl.ListFormat('en-GB', { type: 'disjunction' });

/** Whether a finding shows the value itself and not a description of it: `"x"`, `5`, `[1]`, `true`. */
function isValue(found: string): boolean {
  return /^(["[{]|\S+$|an? (function|value|Date)\b)/.test(found);
}

/** The last key of a path, with the list's name for an entry of a list. */
function lastName(path: string): string {
  return /[\w$-]+(\[\d+\])*$/.exec(path)?.[0] ?? /[\w$-]+\["(?:[^"\\]|\\.)*"\]$/.exec(path)?.[0] ?? 'The config';
}

function key(path: string): string {
  const quoted = /\[("(?:[^"\\]|\\.)*")\]$/.exec(path)?.[1];
  return quoted === undefined ? lastName(path) : JSON.parse(quoted);
}
