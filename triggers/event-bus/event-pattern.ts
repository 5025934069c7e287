import { z } from 'zod';
import { across, type CheckContext, isToken, refuse, strict, type Unchecked } from '../../modules/config/checked';
import { acceptedOptions } from '../../modules/problems/accepted';
import { type Finding, formatFound } from '../../modules/problems/problem';
import { suggestion } from '../../modules/problems/suggestion';
import { type Dialect, entryProblem, isBareCondition } from '../patterns/match-expression';

const json = z.json();

type Path = (string | number)[];
type Report = (finding: Finding, path: Path) => void;

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutRule.html */
const MAX_PATTERN_LENGTH = 4096;

/** An account's default quota: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html */
const DEFAULT_PATTERN_LENGTH = 2048;

/** Maximum number of combinations through `$or`: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html */
const MAX_COMBINATIONS = 1000;

/**
 * The filters that EventBridge accepts, as in the source of its rule compiler.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html
 * @see https://github.com/aws/event-ruler
 */
const EVENTBRIDGE: Dialect = {
  operators: [
    'prefix',
    'suffix',
    'equals-ignore-case',
    'wildcard',
    'anything-but',
    'numeric',
    'exists',
    'cidr',
    'exactly',
  ],
  negatable: ['prefix', 'suffix', 'equals-ignore-case', 'wildcard'],
  largest: 5e9,
  digits: 6,
  boundsValues: false,
  nested: true,
  mixed: false,
  rangesOnly: true,
};

/** Names that EventBridge reserves inside `$or`: its operators, and some for future use. */
const RESERVED_IN_OR: readonly string[] = [
  ...EVENTBRIDGE.operators,
  ...['=', '<', '<=', '>', '>=', 'regex', 'not-wildcard', 'not-equals-ignore-case'],
  ...['date-after', 'date-on-or-after', 'date-before', 'date-on-or-before', 'in-date-range'],
  ...['ip-address-in-range', 'ip-address-not-in-range'],
];

/** The events that a rule matches. */
export const eventPattern = across(
  strict({
    /** Version of the event's envelope: a list of strings or filters. @default any */
    version: json.optional(),
    /** Id of the event: a list of strings or filters. @default any */
    id: json.optional(),
    /** Type of the event: a list of strings or filters. @default any */
    'detail-type': json.optional(),
    /** Source of the event: a list of strings or filters. @default any */
    source: json.optional(),
    /** Account: a list of strings or filters. @default any */
    account: json.optional(),
    /** Time of the event: a list of strings or filters, such as `{ prefix: '2026-01-31' }`. @default any */
    time: json.optional(),
    /** Region: a list of strings or filters. @default any */
    region: json.optional(),
    /** Resources: a list of strings or filters. One of the event's resources must match one of them. @default any */
    resources: json.optional(),
    /** Content of the event: an object with the event's structure, with lists of values or filters as leaves. @default any */
    detail: json.optional(),
    /** Name of the replay: a list of strings or filters. @default any */
    'replay-name': json.optional(),
    /** Two or more patterns, one of which must match in addition to the other properties. Also works in `detail`. @default none */
    $or: json.optional(),
  }),
  checkPattern,
);

const ENVELOPE = Object.keys(eventPattern.shape);

/** A warning about a pattern that needs a higher account quota, or undefined. */
export function patternAdvice(pattern: z.output<typeof eventPattern>): string | undefined {
  const { length } = JSON.stringify(pattern);
  if (length <= DEFAULT_PATTERN_LENGTH) return undefined;
  return `${length} characters of JSON; an account takes ${DEFAULT_PATTERN_LENGTH} until its EventBridge quota "Event pattern size" is raised`;
}

function checkPattern(pattern: Unchecked<Record<string, unknown>>, context: CheckContext): void {
  const given = Object.fromEntries(Object.entries(pattern).filter(([, value]) => value !== undefined));
  if (Object.keys(given).length === 0) {
    const fix = "set the events that start the job, such as source: ['my.app']";
    refuse(context, { found: formatFound(pattern), accepted: 'at least one property', fix });
    return;
  }
  const report: Report = (finding, path) => refuse(context, finding, path);
  const combinations = checkLevel(given, { path: [], envelope: true, inOr: false }, report);
  if (combinations > MAX_COMBINATIONS) {
    const accepted = `at most ${MAX_COMBINATIONS} combinations of the patterns in $or`;
    const fix = 'use fewer alternatives, or split it into several events of the job';
    report({ found: `${combinations} combinations`, accepted, fix }, []);
  }
  const { length } = JSON.stringify(given);
  if (length <= MAX_PATTERN_LENGTH) return;
  const accepted = `at most ${MAX_PATTERN_LENGTH} characters of JSON`;
  report({ found: `${length} characters`, accepted, fix: 'split it into several events of the job' }, []);
}

interface Level {
  readonly path: Path;
  /** Whether the level holds the event's own properties, such as `source`, and not those of its detail. */
  readonly envelope: boolean;
  readonly inOr: boolean;
}

/** Checks one level of a pattern and all levels below. Returns the number of combinations through `$or`. */
function checkLevel(pattern: { readonly [key: string]: unknown }, level: Level, report: Report): number {
  const { path, envelope, inOr } = level;
  return Object.entries(pattern).reduce((combinations, [key, value]) => {
    const at = [...path, key];
    if (key === '$or') {
      refuseHidden(pattern, value, at, report);
      return combinations * checkOr(value, { ...level, path: at }, report);
    }
    if (inOr && RESERVED_IN_OR.includes(key)) {
      const fix = EVENTBRIDGE.operators.includes(key)
        ? 'put it into the list of a property'
        : 'select by another property';
      report({ found: formatFound(key), accepted: 'a name that EventBridge does not reserve in $or', fix }, at);
      return combinations;
    }
    // The schema checks the keys of the pattern itself, but not those of patterns in `$or`.
    if (envelope && inOr && !ENVELOPE.includes(key)) report(unknownProperty(key), at);
    else if (envelope && !ENVELOPE.includes(key)) return combinations;
    else if (isObject(value) && (!envelope || key === 'detail')) {
      return combinations * checkObject(value, { path: at, envelope: false, inOr }, report);
    } else if (key === 'detail' && envelope) report(noObject(value), at);
    else checkList(value, at, !envelope, report);
    return combinations;
  }, 1);
}

function unknownProperty(key: string): Finding {
  const meant = suggestion(key, ENVELOPE);
  const fix = meant === undefined ? 'put it into detail, or remove it' : `did you mean "${meant}"?`;
  return { found: `the unknown property "${key}"`, ...acceptedOptions(ENVELOPE), fix };
}

function noObject(value: unknown): Finding {
  const accepted = 'an object with the structure of the detail';
  return { found: formatFound(value), accepted, fix: 'use a property of detail, such as detail: { state: [...] }' };
}

function checkObject(value: { readonly [key: string]: unknown }, level: Level, report: Report): number {
  if (isBareCondition(value, EVENTBRIDGE)) {
    report({ found: formatFound(value), accepted: MATCHER, fix: `write [${formatFound(value)}]` }, level.path);
    return 1;
  }
  if (Object.keys(value).length === 0) {
    const fix = 'add a property, or remove it to match any';
    report({ found: '{}', accepted: MATCHER, fix }, level.path);
  }
  return checkLevel(value, level, report);
}

function checkOr(value: unknown, level: Level, report: Report): number {
  const accepted = 'a list of two or more patterns, each an object';
  if (!Array.isArray(value) || value.length < 2) {
    const fix = Array.isArray(value) ? 'add a pattern, or write this one without $or' : 'write a list of patterns';
    report({ found: formatFound(value), accepted, fix }, level.path);
    return 1;
  }
  const combinations = value.map((branch: unknown, index) => {
    const path = [...level.path, index];
    if (isObject(branch) && Object.keys(branch).length > 0)
      return checkLevel(branch, { ...level, path, inOr: true }, report);
    const fix = "write an object such as { source: ['my.app'] }";
    report({ found: formatFound(branch), accepted: 'a pattern: an object of properties', fix }, path);
    return 1;
  });
  return combinations.reduce((sum, count) => sum + count, 0);
}

/** Refuses a property both next to `$or` and inside it. EventBridge keeps one list per property, and would drop the other. */
function refuseHidden(pattern: { readonly [key: string]: unknown }, or: unknown, path: Path, report: Report): void {
  const { $or: _, ...beside } = pattern;
  const outside = new Set(leaves(beside).map((leaf) => leaf.join('\n')));
  for (const [index, branch] of (Array.isArray(or) ? or : []).entries()) {
    for (const leaf of leaves(branch).filter((item) => outside.has(item.join('\n')))) {
      const fix = 'select by it in one place: EventBridge ignores one of them';
      const found = `${leaf.join('.')}, which is also next to $or`;
      report({ found, accepted: 'properties that are not next to $or', fix }, [...path, index, ...leaf]);
    }
  }
}

/** The paths of the properties that a pattern selects by, without `$or`. */
function leaves(pattern: unknown): string[][] {
  if (!isObject(pattern)) return [[]];
  return Object.entries(pattern).flatMap(([key, value]) => {
    if (key === '$or') return Array.isArray(value) ? value.filter(isObject).flatMap(leaves) : [];
    return leaves(value).map((leaf) => [key, ...leaf]);
  });
}

const MATCHER = "a list of values or filters, such as ['orders'] or [{ prefix: 'ord' }]";

function checkList(value: unknown, path: Path, orObject: boolean, report: Report): void {
  if (Array.isArray(value)) {
    const fix = 'add a value, or remove the property to match any';
    if (value.length === 0) report({ found: '[]', accepted: MATCHER, fix }, path);
    for (const [index, entry] of value.entries()) {
      const problem = entryProblem(entry, EVENTBRIDGE);
      if (problem !== undefined) report(problem, [...path, index]);
    }
    return;
  }
  const token = (typeof value === 'string' || typeof value === 'number') && isToken(value);
  const fix = token ? 'put it into a list' : `write [${formatFound(value)}]`;
  report({ found: formatFound(value), accepted: orObject ? `${MATCHER}, or an object of them` : MATCHER, fix }, path);
}

function isObject(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
