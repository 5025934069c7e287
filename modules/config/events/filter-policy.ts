import { z } from 'zod';
import { type CheckContext, isToken, refuse } from '../checked';
import { isIpRange } from '../ip-range';
import { type Finding, formatFound } from '../problem';
import { suggestion } from '../suggestion';

type Path = (string | number)[];

/** Most attributes that a policy may name, those under `$or` included. */
const MOST_KEYS = 5;

/** Most combinations of values: the lengths of the lists, multiplied. */
const MOST_COMBINATIONS = 150;

/** Largest policy as JSON, in bytes. */
const MOST_BYTES = 256 * 1024;

/** Largest number, either way. */
const LARGEST = 1e9;

/**
 * A filter policy on the attributes of SNS messages, checked against the limits that SNS states.
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
    report({ found: formatFound(context.value), accepted, fix: 'name an attribute, or remove filterPolicy' }, []);
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

type Report = (finding: Finding, path: Path) => void;

/** What counts towards the limits of a whole policy. */
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

/** SNS takes `$or` for an operator only if it holds two or more objects; otherwise it is an attribute like any other. */
function checkOr(branches: unknown, path: Path, report: Report): Size | undefined {
  if (!Array.isArray(branches) || branches.length < 2 || !branches.every(isPolicy)) return undefined;
  const sizes = branches.map((branch, index) => checkPolicy(branch, [...path, index], report));
  return {
    keys: sizes.reduce((sum, { keys }) => sum + keys, 0),
    combinations: sizes.reduce((sum, { combinations }) => sum + combinations, 0),
  };
}

/** An object of lists, and not a condition such as `{ "prefix": "a" }`. */
function isPolicy(value: unknown): value is { readonly [key: string]: unknown } {
  return isObject(value) && Object.keys(value).some((key) => !(key in CONDITIONS));
}

function checkValues(values: unknown, path: Path, report: Report): Size {
  const accepted = 'a list of texts, numbers, booleans, nulls and conditions such as { "prefix": "order-" }';
  if (!Array.isArray(values)) {
    const fix = isObject(values)
      ? Object.keys(values).every((key) => key in CONDITIONS)
        ? `write [${formatFound(values)}]`
        : 'attributes have no parts: name the attribute itself'
      : `write [${formatFound(values)}]`;
    report({ found: formatFound(values), accepted, fix }, path);
    return { keys: 1, combinations: 1 };
  }
  if (values.length === 0) report({ found: '[]', accepted, fix: 'add a value, or remove the attribute' }, path);
  values.forEach((value, index) => {
    const finding = valueProblem(value);
    if (finding !== undefined) report(finding, [...path, index]);
  });
  return { keys: 1, combinations: Math.max(values.length, 1) };
}

function valueProblem(value: unknown): Finding | undefined {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return undefined;
  if (typeof value === 'number') return numberProblem(value);
  if (isObject(value)) return conditionProblem(value);
  return {
    found: formatFound(value),
    accepted: 'a text, a number, true, false, null or a condition',
    fix: 'put its entries into the list itself',
  };
}

function numberProblem(value: number): Finding | undefined {
  if (isToken(value)) return undefined;
  const found = formatFound(value);
  const accepted = 'a number from -1,000,000,000 to 1,000,000,000 with up to five digits after the point';
  if (Math.abs(value) > LARGEST) return { found, accepted, fix: 'compare as text, in quotes' };
  if (Number(value.toFixed(5)) !== value) return { found, accepted, fix: `use ${Number(value.toFixed(5))}` };
  return undefined;
}

function conditionProblem(condition: { readonly [key: string]: unknown }): Finding | undefined {
  const operators = Object.keys(CONDITIONS);
  const [operator, ...others] = Object.keys(condition);
  const found = formatFound(condition);
  const accepted = `one of the conditions ${operators.join(', ')}`;
  if (operator === undefined || others.length > 0) {
    return { found, accepted, fix: 'write each condition as an object of its own' };
  }
  const check = CONDITIONS[operator];
  if (check === undefined) {
    const meant = suggestion(operator, operators);
    return { found, accepted, fix: meant === undefined ? 'use one of these' : `did you mean "${meant}"?` };
  }
  const example = check(condition[operator]);
  return example === undefined ? undefined : { found, accepted: example, fix: `write a value such as ${example}` };
}

/** Each condition with an example of it, which its check returns for a value of another form. */
const CONDITIONS: { readonly [operator: string]: (value: unknown) => string | undefined } = {
  prefix: (value) => (isText(value) ? undefined : '{ "prefix": "order-" }'),
  suffix: (value) => (isText(value) ? undefined : '{ "suffix": "-eu" }'),
  'equals-ignore-case': (value) => (isText(value) ? undefined : '{ "equals-ignore-case": "paid" }'),
  exists: (value) => (typeof value === 'boolean' ? undefined : '{ "exists": true }'),
  cidr: (value) => (isCidr(value) ? undefined : '{ "cidr": "10.0.0.0/24" }'),
  'anything-but': (value) => (isAnythingBut(value) ? undefined : '{ "anything-but": ["test", 100] }'),
  numeric: (value) => (isNumeric(value) ? undefined : '{ "numeric": [">", 0, "<=", 150] }'),
};

function isAnythingBut(value: unknown): boolean {
  if (isObject(value)) {
    const [operator, ...others] = Object.entries(value);
    return (
      others.length === 0 && /^(prefix|suffix|equals-ignore-case)$/.test(operator?.[0] ?? '') && isText(operator?.[1])
    );
  }
  const values = Array.isArray(value) ? value : [value];
  return values.length > 0 && values.every((item) => isText(item) || isNumber(item));
}

/** `["=", 5]`, `["<", 10]`, or the two ends of a range, the lower one first. */
function isNumeric(value: unknown): boolean {
  if (!Array.isArray(value)) return false;
  const [operator, number, secondOperator, secondNumber] = value;
  if (!isNumber(number)) return false;
  if (value.length === 2) return ['=', '<', '<=', '>', '>='].includes(operator);
  if (value.length !== 4 || !isNumber(secondNumber)) return false;
  const ends = (operator === '>' || operator === '>=') && (secondOperator === '<' || secondOperator === '<=');
  return ends && (isToken(number) || isToken(secondNumber) || number < secondNumber);
}

function isCidr(value: unknown): boolean {
  return typeof value === 'string' && (isToken(value) || isIpRange(value));
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number' && numberProblem(value) === undefined;
}

function isObject(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
