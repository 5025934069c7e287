import { isIP } from 'node:net';
import { isToken } from '../../modules/config/checked';
import { isIpRange } from '../../modules/config/ip-range';
import { foundValue } from '../../modules/problems/found';
import { formatCount } from '../../modules/problems/phrases';
import type { Finding } from '../../modules/problems/problem';
import { suggestion } from '../../modules/problems/suggestion';
import { wildcardProblem } from './wildcard';

/** Differences between the filters of EventBridge, Lambda and SNS. */
export interface Dialect {
  /** Who reads the filters, in reports. */
  readonly service: string;
  /** Operators of a condition, in the order of the report. */
  readonly operators: readonly string[];
  /** Conditions that `anything-but` accepts as well as values. */
  readonly negatable: readonly string[];
  /** Maximum absolute value of a number in a comparison. */
  readonly largest: number;
  /** Decimal places that count in comparisons. */
  readonly digits: number;
  /** Whether numbers outside of comparisons have the same bounds. */
  readonly boundsValues: boolean;
  /** EventBridge only: `equals-ignore-case` in `prefix` and `suffix`, and several strings in a condition in `anything-but`. */
  readonly nested: boolean;
  /** Whether `anything-but` accepts strings and numbers in one list. */
  readonly mixed: boolean;
  /** Whether a single address (`/32`) is refused as a range. */
  readonly rangesOnly: boolean;
}

/** The problem with one entry of a list of values and conditions, or undefined. */
export function entryProblem(value: unknown, dialect: Dialect): Finding | undefined {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return undefined;
  if (typeof value === 'number') return dialect.boundsValues ? numberProblem(value, dialect) : undefined;
  if (isObject(value)) return conditionProblem(value, dialect);
  return {
    found: foundValue(value),
    accepted: 'a string, a number, true, false, null or a condition',
    fix: 'put its entries into this list',
  };
}

/** Whether an object is a condition without the list around it, and not a level of the event. */
export function isBareCondition(value: unknown, { operators }: Dialect): boolean {
  const entries = isObject(value) ? Object.entries(value) : [];
  return entries.length > 0 && entries.every(([key, item]) => operators.includes(key) && !couldBeField(key, item));
}

/** Whether a key can be a field of the event with an operator's name, such as `prefix`. Its value is then a list or an object. */
function couldBeField(key: string, item: unknown): boolean {
  if (key === 'anything-but' || key === 'equals-ignore-case') return false;
  if (key === 'numeric' && Array.isArray(item)) return !COMPARISONS.includes(String(item[0]));
  return Array.isArray(item) || (isObject(item) && Object.keys(item).some((inner) => inner !== 'equals-ignore-case'));
}

function conditionProblem(condition: { readonly [key: string]: unknown }, dialect: Dialect): Finding | undefined {
  const { operators } = dialect;
  const [operator, ...others] = Object.keys(condition);
  const found = foundValue(condition);
  const accepted = `one of the conditions ${operators.join(', ')}`;
  if (operator === undefined || others.length > 0) {
    return { found, accepted, fix: 'write each condition as a separate object' };
  }
  const check = operators.includes(operator) ? OPERATORS[operator] : undefined;
  if (check === undefined) {
    const meant = suggestion(operator, operators);
    return { found, accepted, fix: meant === undefined ? 'use one of these' : `did you mean "${meant}"?` };
  }
  const value = condition[operator];
  if (check.takes(value, dialect)) return undefined;
  const fix = check.fix?.(value, dialect);
  return { found, accepted: check.example, fix: fix ?? `write a value such as ${check.example}` };
}

interface Operator {
  readonly example: string;
  takes(value: unknown, dialect: Dialect): boolean;
  /** The fix for a value that is almost right. */
  fix?(value: unknown, dialect: Dialect): Finding['fix'] | undefined;
}

const affix = (name: string, example: string): Operator => ({
  example: `{ "${name}": "${example}" }`,
  takes: (value, { nested }) =>
    nested
      ? typeof value === 'string' || isOne(value, ['equals-ignore-case'], (inner) => typeof inner === 'string')
      : isText(value),
  fix: (value) => {
    const texts = typeof value === 'number' ? [String(value)] : value;
    return isTexts(texts) ? `write ${texts.map((item) => JSON.stringify({ [name]: item })).join(', ')}` : undefined;
  },
});

const OPERATORS: { readonly [operator: string]: Operator | undefined } = {
  prefix: affix('prefix', 'order-'),
  suffix: affix('suffix', '-eu'),
  'equals-ignore-case': {
    example: '{ "equals-ignore-case": "paid" }',
    takes: (value, { nested }) => (nested ? typeof value === 'string' : isText(value)),
    fix: (value) =>
      isTexts(value)
        ? `write ${value.map((item) => JSON.stringify({ 'equals-ignore-case': item })).join(', ')}`
        : undefined,
  },
  exactly: { example: '{ "exactly": "paid" }', takes: (value) => typeof value === 'string' },
  wildcard: {
    example: '{ "wildcard": "*/reports/*.csv" }',
    takes: (value) => typeof value === 'string' && (isToken(value) || wildcardProblem(value) === undefined),
    fix: (value) => (typeof value === 'string' ? wildcardProblem(value) : undefined),
  },
  exists: {
    example: '{ "exists": true }',
    takes: (value) => typeof value === 'boolean',
    fix: (value) =>
      value === 'true' || value === 'false' ? `write { "exists": ${value} }, without quotes` : undefined,
  },
  cidr: {
    example: '{ "cidr": "10.0.0.0/24" }',
    takes: (value, { rangesOnly }) =>
      typeof value === 'string' && (isToken(value) || (isIpRange(value) && !(rangesOnly && isWholeAddress(value)))),
    fix: (value) => {
      const [address = '', bits] = typeof value === 'string' ? value.split('/') : [];
      const whole = isIP(address) !== 0 && (bits === undefined || isWholeAddress(String(value)));
      return whole && bits !== undefined ? `write "${address}" itself: an address is no range` : undefined;
    },
  },
  'anything-but': {
    example: '{ "anything-but": ["test", "trial"] }',
    takes: isAnythingBut,
    fix: anythingButFix,
  },
  numeric: { example: '{ "numeric": [">", 0, "<=", 150] }', takes: isNumeric, fix: numericFix },
};

/** Operators of a `numeric` condition. */
const COMPARISONS: readonly string[] = ['=', '<', '<=', '>', '>='];

/** `["=", 5]`, `["<", 10]`, or the two ends of a range, the lower one first. */
function isNumeric(value: unknown, dialect: Dialect): boolean {
  if (!Array.isArray(value)) return false;
  const [operator, number, secondOperator, secondNumber] = value;
  if (!isNumber(number, dialect)) return false;
  if (value.length === 2) return COMPARISONS.includes(operator);
  if (value.length !== 4 || !isNumber(secondNumber, dialect)) return false;
  const ends = (operator === '>' || operator === '>=') && (secondOperator === '<' || secondOperator === '<=');
  return ends && (isToken(number) || isToken(secondNumber) || number < secondNumber);
}

function numericFix(value: unknown, dialect: Dialect): Finding['fix'] | undefined {
  if (!Array.isArray(value)) return undefined;
  const number = value.find((item) => typeof item === 'number' && numberProblem(item, dialect) !== undefined);
  if (number !== undefined) return numberProblem(number, dialect)?.fix;
  const spelled = value.map((item) => {
    if (typeof item !== 'string') return item;
    if (item.trim() !== '' && Number.isFinite(Number(item))) return Number(item);
    return { '==': '=', '===': '=', '=<': '<=', '=>': '>=' }[item] ?? item;
  });
  // A range with its ends swapped.
  const [first, a, second, b] = spelled;
  const ordered = spelled.length === 4 && String(first).startsWith('<') ? [second, b, first, a] : spelled;
  return isNumeric(ordered, dialect) ? `write ${JSON.stringify({ numeric: ordered })}` : undefined;
}

function isAnythingBut(value: unknown, dialect: Dialect): boolean {
  const { negatable, nested, mixed } = dialect;
  if (isObject(value)) {
    return isOne(value, negatable, (inner, operator) => {
      const texts = nested && Array.isArray(inner) ? inner : [inner];
      const fits = (item: unknown) =>
        operator === 'wildcard' ? OPERATORS.wildcard?.takes(item, dialect) === true : isText(item);
      return texts.length > 0 && texts.every(fits);
    });
  }
  const values = Array.isArray(value) ? value : [value];
  const texts = values.filter((item) => (nested ? typeof item === 'string' : isText(item)));
  const numbers = values.filter((item) => isNumber(item, dialect));
  if (values.length === 0 || texts.length + numbers.length < values.length) return false;
  return mixed || texts.length === 0 || numbers.length === 0;
}

function anythingButFix(value: unknown, dialect: Dialect): string | undefined {
  if (Array.isArray(value)) {
    const ofBoth = value.length > 0 && value.every((item) => isText(item) || typeof item === 'number');
    return ofBoth && !dialect.mixed
      ? `write either strings or numbers: ${dialect.service} rejects a list of both`
      : undefined;
  }
  const [[operator, inner] = ['', undefined]] = isObject(value) ? Object.entries(value) : [];
  const meant = suggestion(operator, dialect.negatable);
  const right = meant === undefined ? undefined : { [meant]: inner };
  return isAnythingBut(right, dialect) ? `write ${JSON.stringify({ 'anything-but': right })}` : undefined;
}

function numberProblem(value: number, { largest, digits }: Dialect): Finding | undefined {
  if (isToken(value)) return undefined;
  const found = foundValue(value);
  const most = formatCount(largest);
  const accepted = `a number from -${most} to ${most} with up to ${DIGITS[digits]} digits after the decimal point`;
  if (Math.abs(value) > largest) return { found, accepted, fix: 'compare as a string, in quotes' };
  if (Number(value.toFixed(digits)) !== value) return { found, accepted, fix: `use ${Number(value.toFixed(digits))}` };
  return undefined;
}

const DIGITS: { readonly [count: number]: string } = { 5: 'five', 6: 'six' };

/** Whether a range is a single address: `/32` of IPv4 or `/128` of IPv6. */
function isWholeAddress(range: string): boolean {
  const [address = '', bits] = range.split('/');
  return Number(bits) === (isIP(address) === 4 ? 32 : 128);
}

function isOne(
  value: unknown,
  operators: readonly string[],
  takes: (inner: unknown, operator: string) => boolean,
): boolean {
  const [entry, ...others] = isObject(value) ? Object.entries(value) : [];
  return entry !== undefined && others.length === 0 && operators.includes(entry[0]) && takes(entry[1], entry[0]);
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.length > 0 && value.every(isText);
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

function isNumber(value: unknown, dialect: Dialect): value is number {
  return typeof value === 'number' && numberProblem(value, dialect) === undefined;
}

function isObject(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
