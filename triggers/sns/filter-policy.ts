import { formatFound, foundValue } from '../../modules/problems/found';
import type { Finding } from '../../modules/problems/problem';
import { type Dialect, entryProblem, isBareCondition } from '../patterns/match-expression';

type Path = (string | number)[];

/** Maximum number of attributes in a policy, including those in `$or`. */
const MOST_KEYS = 5;

/** Maximum number of combinations of values: the product of the lengths of the lists. */
const MOST_COMBINATIONS = 150;

/** Maximum size of a policy as JSON, in bytes. */
const MOST_BYTES = 256 * 1024;

/**
 * The filters that SNS accepts: https://docs.aws.amazon.com/sns/latest/dg/string-value-matching.html
 * and https://docs.aws.amazon.com/sns/latest/dg/numeric-value-matching.html
 */
const SNS: Dialect = {
  service: 'SNS',
  operators: ['prefix', 'suffix', 'equals-ignore-case', 'exists', 'cidr', 'anything-but', 'numeric'],
  negatable: ['prefix', 'suffix', 'equals-ignore-case'],
  largest: 1e9,
  digits: 5,
  boundsValues: true,
  nested: false,
  mixed: true,
  rangesOnly: false,
};

/** What a filter policy is about: the attributes of messages, or the JSON in their body. */
export type FilterPolicyScope = 'MessageAttributes' | 'MessageBody';

/**
 * Checks a filter policy against the limits of SNS.
 *
 * @see https://docs.aws.amazon.com/sns/latest/dg/subscription-filter-policy-constraints.html
 * @see https://docs.aws.amazon.com/sns/latest/dg/attribute-key-matching.html
 */
export function checkFilterPolicy(
  policy: { readonly [key: string]: unknown },
  scope: FilterPolicyScope,
  report: Report,
): void {
  const size = checkPolicy(policy, { path: [], depth: 1, isBody: scope === 'MessageBody' }, report);
  const noun = scope === 'MessageBody' ? 'properties' : 'attributes';
  const accepted = `up to ${MOST_KEYS} ${noun}, ${MOST_COMBINATIONS} combinations of their values and 256 KB`;
  const bytes = Buffer.byteLength(JSON.stringify(policy));
  if (size.keys === 0) {
    const one = scope === 'MessageBody' ? 'a property' : 'an attribute';
    report(
      { found: foundValue(policy), accepted, acceptedAs: 'content', fix: `add ${one}, or remove filterPolicy` },
      [],
    );
  }
  if (size.keys > MOST_KEYS) report({ found: `${size.keys} ${noun}`, accepted, fix: `filter by fewer ${noun}` }, []);
  if (size.combinations > MOST_COMBINATIONS) {
    const found = `${size.combinations} combinations of values`;
    report({ found, accepted, fix: 'list fewer values, or match several by a prefix' }, []);
  }
  if (bytes > MOST_BYTES) report({ found: `${bytes} bytes`, accepted, fix: 'list fewer values' }, []);
}

/** Whether SNS accepts a filter policy. */
export function acceptsFilterPolicy(policy: { readonly [key: string]: unknown }, scope: FilterPolicyScope): boolean {
  let isAccepted = true;
  checkFilterPolicy(policy, scope, () => {
    isAccepted = false;
  });
  return isAccepted;
}

const NO_PARTS =
  'attributes have no parts: name the attribute itself, or add filterPolicyScope: MessageBody to filter by the body';

export type Report = (finding: Finding, path: Path) => void;

/** The part of a policy that counts towards its limits. */
interface Size {
  readonly keys: number;
  readonly combinations: number;
}

interface Level {
  readonly path: Path;
  /** 1 at the top. */
  readonly depth: number;
  readonly isBody: boolean;
}

function checkPolicy(policy: { readonly [key: string]: unknown }, level: Level, report: Report): Size {
  return Object.entries(policy).reduce<Size>(
    (total, [key, values]) => {
      const at = { ...level, path: [...level.path, key] };
      const { keys, combinations } =
        (key === '$or' ? checkOr(values, at, report) : undefined) ?? checkValues(values, at, report);
      return { keys: total.keys + keys, combinations: total.combinations * combinations };
    },
    { keys: 0, combinations: 1 },
  );
}

/** SNS reads `$or` as an operator only if it contains two or more objects. Otherwise it is an attribute like any other. */
function checkOr(branches: unknown, level: Level, report: Report): Size | undefined {
  if (!Array.isArray(branches) || branches.length < 2 || !branches.every(isPolicy)) return undefined;
  const sizes = branches.map((branch, index) =>
    checkPolicy(branch, { ...level, path: [...level.path, index] }, report),
  );
  return {
    keys: sizes.reduce((sum, { keys }) => sum + keys, 0),
    combinations: sizes.reduce((sum, { combinations }) => sum + combinations, 0),
  };
}

/** Whether a value is an object of lists, and not a condition such as `{ "prefix": "a" }`. */
function isPolicy(value: unknown): value is { readonly [key: string]: unknown } {
  return isObject(value) && Object.keys(value).some((key) => !SNS.operators.includes(key));
}

function checkValues(values: unknown, level: Level, report: Report): Size {
  const { path, depth, isBody } = level;
  const accepted = 'a list of strings, numbers, booleans, nulls and conditions such as { "prefix": "order-" }';
  if (isBody && isObject(values) && Object.keys(values).length > 0 && !isBareCondition(values, SNS)) {
    return checkPolicy(values, { ...level, depth: depth + 1 }, report);
  }
  if (!Array.isArray(values)) {
    const isEmpty = isObject(values) && Object.keys(values).length === 0;
    const isPart = !isBody && isPolicy(values);
    const fix = isEmpty ? 'add a list of values, or remove it' : `write [${formatFound(values)}]`;
    report({ found: foundValue(values), accepted, fix: isPart ? NO_PARTS : fix }, path);
    return { keys: 1, combinations: 1 };
  }
  const noun = isBody ? 'property' : 'attribute';
  if (values.length === 0) report({ found: foundValue([]), accepted, fix: `add a value, or remove the ${noun}` }, path);
  values.forEach((value, index) => {
    const finding = entryProblem(value, SNS);
    if (finding !== undefined) report(finding, [...path, index]);
  });
  // In a body, a property counts once more for each level that it is below the top.
  return { keys: 1, combinations: Math.max(values.length, 1) * depth };
}

function isObject(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
