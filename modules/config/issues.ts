import type { z } from 'zod';
import { acceptedOptions } from '../problems/accepted';
import { ADD_IT, type Fix, writeAccepted } from '../problems/fix';
import { formatFound, foundName, foundText, foundValue, isOnly } from '../problems/found';
import { counted, either } from '../problems/phrases';
import { type Finding, formatPath, type LocatedFinding } from '../problems/problem';
import { suggestion } from '../problems/suggestion';
import { acceptedKeys, hiddenAs, wrongTypeAs } from './checked';
import { isPlain } from './overrides/merged';
import { type PropertyContext, unknownProperty } from './unknown-property';
import { asObject } from './value-at';

export type Issue = z.core.$ZodIssue & {
  /** Whether one of several accepted types is a string. */
  readonly acceptsText?: boolean;
};

/** The config around a problem. */
export interface IssueContext extends PropertyContext {
  /** Notations in the file, by formatted path. */
  readonly spelled: ReadonlyMap<string, string | undefined>;
  /** Other accepted properties of the whole value. */
  readonly more: readonly string[];
}

/**
 * What zod says of an issue for which the schema has no own words. A union's words are made of those of its branches, so there are
 * none for the union itself.
 */
export function wordsOf(issue: z.core.$ZodRawIssue): string | undefined {
  if (issue.code === 'invalid_union') return '';
  return issue.code === 'invalid_type' ? kind(issue.expected) : undefined;
}

/** zod's issues with a value as findings. */
export function issueFindings(issues: readonly Issue[], around: IssueContext): LocatedFinding[] {
  return sensible(issues).flatMap((issue) => problems(issue, [], around));
}

/** zod checks the length of any value that has one, even of a string instead of a list. */
function sensible(issues: readonly Issue[]): Issue[] {
  const mistyped = new Set(issues.filter(({ code }) => code === 'invalid_type').map(({ path }) => formatPath(path)));
  return issues.filter(({ code, path }) => code !== 'too_small' || !mistyped.has(formatPath(path)));
}

function problems(issue: Issue, base: readonly PropertyKey[], around: IssueContext): LocatedFinding[] {
  const path = [...base, ...issue.path];
  if (issue.code === 'unrecognized_keys') {
    const known = [...new Set([...acceptedKeys(issue), ...(path.length === 0 ? around.more : [])])];
    const whole = foreignObject(issue, path);
    if (whole !== undefined) return [whole];
    return issue.keys.map((key) => {
      const at = [...path, key];
      return { path: at, finding: unknownProperty(at, known, around) };
    });
  }
  if (issue.code === 'invalid_key') {
    // The notation in the file at this path is that of the value.
    const inName = issue.issues.flatMap((inner) => problems(inner, path, { ...around, spelled: new Map() }));
    return inName.map((one) => ({ ...one, finding: aboutName(one.finding, String(path.at(-1))) }));
  }
  if (issue.code === 'invalid_union' && issue.errors.length > 0) {
    return closestBranch(issue).flatMap((inner) => problems(inner, path, around));
  }
  const fix = insteadOfType(issue, path, around);
  const accepts = (value: unknown) => acceptsAt(around, path, value);
  const found = finding(issue, around.spelled.get(formatPath(path)), accepts);
  // What a type that is not part of this project has is refused with it.
  if (fix !== undefined) return [{ path, finding: { ...found, fix, settles: ['properties'] } }];
  const { input } = issue;
  const named = typeof input === 'string' ? around.vocabulary.namedForArn(path, input, around.root) : undefined;
  return [{ path, finding: { ...found, ...named } }];
}

/** What to do about a type of event, resource, engine or packaging that Stacktape has and this project has not. */
function insteadOfType(issue: Issue, path: readonly PropertyKey[], around: IssueContext): string | undefined {
  if (issue.code !== 'invalid_union' && issue.code !== 'invalid_value') return undefined;
  const type = discriminant(issue);
  if (path.at(-3) === 'events' && issue.code === 'invalid_union') return around.vocabulary.elsewhere(type);
  const { stacktapeType } = require('./stacktape-resources') as typeof import('./stacktape-resources');
  return stacktapeType(type, path, around);
}

/** What to do about an object of Stacktape that has none of the properties of the one here. It is one problem, also if it has more properties. */
function foreignObject({ keys, input }: z.core.$ZodIssueUnrecognizedKeys, path: readonly PropertyKey[]) {
  if (!path.includes('notificationTargets') || !keys.includes('type')) return undefined;
  const { stacktapeTarget } = require('./stacktape-targets') as typeof import('./stacktape-targets');
  return { path: [...path, 'type'], finding: stacktapeTarget(input) };
}

/** What a check of strings found, about the name of a property. */
function aboutName(finding: Finding, name: string): Finding {
  return isOnly(finding.found, name) ? { ...finding, found: foundName(name) } : finding;
}

/** The branch of a union that fits the value best: the one whose first problem is deepest. */
function closestBranch({ errors: branches, message }: z.core.$ZodIssueInvalidUnion): Issue[] {
  const depth = (issues: Issue[]) => Math.max(...issues.map((issue) => issue.path.length), 0);
  const best = branches.reduce((nearest, branch) => (depth(branch) > depth(nearest) ? branch : nearest));
  if (depth(best) > 0) return best;
  // A list of objects, or one of them: what is wrong inside the object is the problem, not that it is no list.
  const ofItsType = branches.filter(
    (issues) => !issues.some(({ code, path }) => code === 'invalid_type' && path.length === 0),
  );
  if (ofItsType.length === 1) return ofItsType[0] as Issue[];
  const expected = new Set(branches.flat().flatMap((issue) => ('expected' in issue ? [kind(issue.expected)] : [])));
  // Only the JSON type accepts null as well. A list of all types in JSON would help nobody.
  const accepted = message || (expected.has('null') ? 'a JSON value' : either(expected));
  const [first] = best;
  return first === undefined ? [] : [{ ...first, message: accepted, acceptsText: expected.has(KINDS.string) } as Issue];
}

function finding(issue: Issue, text: string | undefined, accepts: (value: unknown) => boolean): Finding {
  const found =
    text === undefined ? foundValue(issue.input) : text === '' ? 'nothing after the colon' : foundText(text);
  switch (issue.code) {
    case 'custom': {
      const own = issue.params as Finding;
      return text !== undefined && isOnly(own.found, issue.input) ? { ...own, found } : own;
    }
    case 'invalid_type': {
      const accepted = issue.message;
      const hidden = hiddenAs(issue);
      if (hidden !== undefined)
        return { code: 'wrong-type', found: hidden, accepted, fix: 'write it as a string, in quotes' };
      const fix = rewritten(issue, accepted, text, accepts) ?? writeAccepted(accepted);
      return { ...(issue.input !== undefined && { code: 'wrong-type' }), found, accepted, ...wrongTypeAs(issue), fix };
    }
    case 'invalid_value':
      return oneOf(issue.input, issue.values);
    case 'invalid_union':
      return oneOf(discriminant(issue), 'options' in issue ? (issue.options as unknown[]) : []);
    case 'too_small':
      return {
        code: 'out-of-range',
        found,
        accepted: `at least ${counted(Number(issue.minimum), 'entry', 'entries')}`,
        acceptedAs: 'content',
        fix: 'add an entry',
      };
    case 'too_big': {
      if (!Array.isArray(issue.input)) break;
      return {
        code: 'out-of-range',
        found: counted(issue.input.length, 'entry', 'entries'),
        accepted: `at most ${counted(Number(issue.maximum), 'entry', 'entries')}`,
        acceptedAs: 'content',
        fix: 'remove entries, or merge some',
      };
    }
  }
  return { found, accepted: issue.message, fix: 'change it as accepted' };
}

function discriminant(issue: z.core.$ZodIssueInvalidUnion | z.core.$ZodIssueInvalidValue): unknown {
  const { input } = issue;
  const discriminator = 'discriminator' in issue ? issue.discriminator : undefined;
  if (typeof input !== 'object' || input === null || discriminator === undefined) return input;
  return (input as { [key: string]: unknown })[discriminator];
}

function oneOf(value: unknown, values: readonly unknown[]): Finding {
  const options = values.map(String);
  const meant = typeof value === 'string' ? meantOption(value, options) : undefined;
  const [only] = values.length === 1 ? values : [];
  const fix =
    value === undefined
      ? ADD_IT
      : meant !== undefined
        ? `did you mean "${meant}"?`
        : `use ${only === undefined ? 'one of these' : formatFound(only)}`;
  return { found: foundValue(value), ...acceptedOptions(options), fix };
}

/** The option that a text is near to. API Gateway's own word for all methods is ANY. */
function meantOption(text: string, options: readonly string[]): string | undefined {
  return options.includes('*') && /^(any|all)$/i.test(text) ? '*' : suggestion(text, options);
}

/** Whether a whole value has no problem at a path, or inside it, if it has another value there. */
function acceptsAt({ schema, root }: IssueContext, path: readonly PropertyKey[], value: unknown): boolean {
  const { error } = schema.safeParse(withValue(root, path, value));
  return !isAbout(error?.issues ?? [], [], path);
}

function isAbout(issues: readonly Issue[], base: readonly PropertyKey[], path: readonly PropertyKey[]): boolean {
  return issues.some((issue) => {
    const at = [...base, ...issue.path];
    if (path.every((key, index) => at[index] === key)) return true;
    return issue.code === 'invalid_union' && issue.errors.some((branch) => isAbout(branch, at, path));
  });
}

/** A copy of a value with another one at a path. */
function withValue(root: unknown, [key, ...rest]: readonly PropertyKey[], value: unknown): unknown {
  if (key === undefined) return value;
  if (Array.isArray(root)) return root.map((item, index) => (index === key ? withValue(item, rest, value) : item));
  const object = root as { readonly [property: PropertyKey]: unknown };
  return { ...object, [key]: withValue(object[key], rest, value) };
}

/** The fix for a value of the wrong type if the intended value can be guessed, else undefined. */
function rewritten(
  { input: value, expected, acceptsText = expected === 'string' }: Issue & z.core.$ZodIssueInvalidType,
  accepted: string,
  text: string | undefined,
  accepts: (value: unknown) => boolean,
): Fix | undefined {
  if (value === undefined) return ADD_IT;
  if (value === null && !acceptsText && text === undefined) return `write ${accepted}, or remove it`;
  if (value === null) return nullFix(accepted, text ?? 'null');
  if (accepted === KINDS.array && typeof value === 'string') return `write [${formatFound(value)}]`;
  const other = expected === 'record' || expected === 'array' ? otherForm(value) : undefined;
  if (other !== undefined && accepts(other.whole)) return `write ${other.text}`;
  // Stacktape's first versions had booleans where an object says whether it is on.
  if (expected === 'object' && typeof value === 'boolean') {
    const switches = [{ enabled: value }, { disabled: !value }];
    const [name, isOn] = switches.filter(accepts).flatMap((object) => Object.entries(object))[0] ?? [];
    return name === undefined ? undefined : `write { ${name}: ${isOn} }`;
  }
  if (expected === 'string' && (typeof value === 'number' || typeof value === 'boolean')) {
    const quoted = text ?? String(value);
    return accepts(quoted) ? `write "${quoted}", in quotes` : undefined;
  }
  if (typeof value !== 'string' || value.trim() === '') return undefined;
  const number = expected === 'number' ? meantNumber(value.trim()) : undefined;
  const isRefused = number !== undefined && !accepts(Number(number));
  const meant = isRefused ? undefined : (number ?? (expected === 'boolean' ? meantBoolean(value.trim()) : undefined));
  return meant === undefined ? undefined : `write ${meant} without quotes`;
}

/** The map that a list of names and values means, or the list that a map means, with its text for a report. */
function otherForm(value: unknown): { readonly whole: unknown; readonly text: string } | undefined {
  if (Array.isArray(value)) {
    const map = pairsIn(value);
    if (map === undefined) return undefined;
    const [first = []] = Object.entries(map);
    return { whole: map, text: wholeText(map, `an object of names and values, such as { ${first[0]}: <value> }`) };
  }
  if (!isPlain(value) || Object.keys(value).length === 0) return undefined;
  const list = Object.entries(value).map(([name, own]) => ({ name, value: own }));
  return { whole: list, text: wholeText(list, `a list, such as [{ name: ${list[0]?.name}, value: <value> }]`) };
}

/** A value in a report, or a description of one that is too long for it. */
function wholeText(value: unknown, long: string): string {
  const text = formatFound(value);
  return text === JSON.stringify(value) ? text : long;
}

/** The map that a list of names and values means, if each name is there once. */
function pairsIn(list: readonly unknown[]): { readonly [name: string]: unknown } | undefined {
  if (list.length === 0) return undefined;
  const pairs = list.map((each): [unknown, unknown] => {
    const { name, key = name, Key = key, value: own, Value = own } = asObject(each);
    return [Key, Value];
  });
  const isMap = pairs.every(([name, own]) => typeof name === 'string' && own !== undefined);
  const map = Object.fromEntries(pairs);
  return isMap && Object.keys(map).length === pairs.length ? map : undefined;
}

function nullFix(accepted: string, text: string): string {
  return text === ''
    ? `write ${accepted}, or remove it`
    : `write "${text}", in quotes, if the string is meant, or remove it`;
}

/** The number in a string, also with grouped digits (`1_000`). */
function meantNumber(text: string): string | undefined {
  if (Number.isFinite(Number(text))) return text;
  const joined = /^[-+]?\d[\d_]*(\.\d+)?$/.test(text) ? text.replaceAll('_', '') : text;
  return Number.isFinite(Number(joined)) ? joined : undefined;
}

/** The boolean in a string, also in the words of YAML 1.1. */
function meantBoolean(text: string): 'true' | 'false' | undefined {
  if (/^(true|yes|y|on)$/i.test(text)) return 'true';
  return /^(false|no|n|off)$/i.test(text) ? 'false' : undefined;
}

const KINDS = {
  array: 'a list',
  boolean: 'true or false',
  number: 'a number',
  object: 'an object',
  record: 'an object',
  string: 'a string',
} as const;

function kind(type: string): string {
  return (KINDS as { readonly [type: string]: string })[type] ?? type;
}
