import { z } from 'zod';
import { type CheckContext, refuse } from '../../modules/config/checked';
import { type Finding, formatFound } from '../../modules/problems/problem';
import { type Dialect, entryProblem } from '../patterns/match-expression';

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

/**
 * A filter policy on the attributes of SNS messages, checked against the limits of SNS.
 *
 * @see https://docs.aws.amazon.com/sns/latest/dg/subscription-filter-policy-constraints.html
 * @see https://docs.aws.amazon.com/sns/latest/dg/attribute-key-matching.html
 */
export const filterPolicy = z.record(z.string(), z.json()).check((context) => {
  const report = (finding: Finding, path: Path) => refuse(context as CheckContext, finding, path);
  const size = checkPolicy(context.value, [], report);
  const accepted = `up to ${MOST_KEYS} attributes, ${MOST_COMBINATIONS} combinations of their values and 256 KB`;
  const bytes = Buffer.byteLength(JSON.stringify(context.value));
  if (size.keys === 0) {
    report({ found: formatFound(context.value), accepted, fix: 'add an attribute, or remove filterPolicy' }, []);
  }
  if (size.keys > MOST_KEYS) {
    report({ found: `${size.keys} attributes`, accepted, fix: 'filter by fewer attributes' }, []);
  }
  if (size.combinations > MOST_COMBINATIONS) {
    const found = `${size.combinations} combinations of values`;
    report({ found, accepted, fix: 'list fewer values, or match several by a prefix' }, []);
  }
  if (bytes > MOST_BYTES) report({ found: `${bytes} bytes`, accepted, fix: 'list fewer values' }, []);
});

/** Filters on the message body need the provider's attributes. SNS has other limits for their policy. */
const BODY =
  'attributes have no parts: name the attribute itself; to filter by the body, set filter_policy and filter_policy_scope: MessageBody by overrides of the Subscription, such as Event1Subscription';

type Report = (finding: Finding, path: Path) => void;

/** The part of a policy that counts towards its limits. */
interface Size {
  readonly keys: number;
  readonly combinations: number;
}

function checkPolicy(policy: { readonly [key: string]: unknown }, path: Path, report: Report): Size {
  return Object.entries(policy).reduce<Size>(
    (total, [key, values]) => {
      const size = key === '$or' ? checkOr(values, [...path, key], report) : undefined;
      const { keys, combinations } = size ?? checkValues(values, [...path, key], report);
      return { keys: total.keys + keys, combinations: total.combinations * combinations };
    },
    { keys: 0, combinations: 1 },
  );
}

/** SNS reads `$or` as an operator only if it contains two or more objects. Otherwise it is an attribute like any other. */
function checkOr(branches: unknown, path: Path, report: Report): Size | undefined {
  if (!Array.isArray(branches) || branches.length < 2 || !branches.every(isPolicy)) return undefined;
  const sizes = branches.map((branch, index) => checkPolicy(branch, [...path, index], report));
  return {
    keys: sizes.reduce((sum, { keys }) => sum + keys, 0),
    combinations: sizes.reduce((sum, { combinations }) => sum + combinations, 0),
  };
}

/** Whether a value is an object of lists, and not a condition such as `{ "prefix": "a" }`. */
function isPolicy(value: unknown): value is { readonly [key: string]: unknown } {
  return isObject(value) && Object.keys(value).some((key) => !SNS.operators.includes(key));
}

function checkValues(values: unknown, path: Path, report: Report): Size {
  const accepted = 'a list of strings, numbers, booleans, nulls and conditions such as { "prefix": "order-" }';
  if (!Array.isArray(values)) {
    const fix = isObject(values)
      ? Object.keys(values).every((key) => SNS.operators.includes(key))
        ? `write [${formatFound(values)}]`
        : BODY
      : `write [${formatFound(values)}]`;
    report({ found: formatFound(values), accepted, fix }, path);
    return { keys: 1, combinations: 1 };
  }
  if (values.length === 0) report({ found: '[]', accepted, fix: 'add a value, or remove the attribute' }, path);
  values.forEach((value, index) => {
    const finding = entryProblem(value, SNS);
    if (finding !== undefined) report(finding, [...path, index]);
  });
  return { keys: 1, combinations: Math.max(values.length, 1) };
}

function isObject(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
