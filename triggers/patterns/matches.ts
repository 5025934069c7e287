import { BlockList, isIP } from 'node:net';

/**
 * Whether a pattern of EventBridge or of Lambda's filters matches an event or a record.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html
 */
export function matches(pattern: unknown, event: unknown): boolean {
  return Object.entries(asPattern(pattern)).every(([key, wanted]) => {
    if (key === '$or' && isAlternatives(wanted)) return wanted.some((branch) => matches(branch, event));
    const values = propertyOf(event, key);
    if (Array.isArray(wanted)) return matchesList(wanted, leavesOf(values));
    // A level that is missing can still be wanted to be without a property.
    return values.length === 0 ? matches(wanted, {}) : values.some((value) => matches(wanted, value));
  });
}

/** Whether one entry of a list of values and filters matches one of the values. */
export function matchesList(wanted: readonly unknown[], values: readonly unknown[]): boolean {
  return wanted.some((entry) => {
    if (entry !== null && typeof entry === 'object' && 'exists' in entry) return values.length > 0 === entry.exists;
    return values.some((value) => matchesEntry(entry, value));
  });
}

function matchesEntry(entry: unknown, value: unknown): boolean {
  if (typeof entry !== 'object' || entry === null) return entry === value;
  const [[operator, operand] = ['', undefined]] = Object.entries(entry);
  return OPERATORS[operator]?.(operand, value) ?? false;
}

const OPERATORS: { readonly [operator: string]: ((operand: unknown, value: unknown) => boolean) | undefined } = {
  prefix: (operand, value) => affix(operand, value, (text, part) => text.startsWith(part)),
  suffix: (operand, value) => affix(operand, value, (text, part) => text.endsWith(part)),
  'equals-ignore-case': (operand, value) => lower(value) !== undefined && lower(operand) === lower(value),
  exactly: (operand, value) => operand === value,
  wildcard: (operand, value) => typeof value === 'string' && wildcard(String(operand)).test(value),
  numeric: (operand, value) => Array.isArray(operand) && typeof value === 'number' && inRange(operand, value),
  cidr: (operand, value) => typeof value === 'string' && inRangeOfAddresses(String(operand), value),
  'anything-but': (operand, value) => !isRefused(operand, value),
};

/** Whether `anything-but` refuses a value: one of those listed, or one that a condition in it matches. */
function isRefused(operand: unknown, value: unknown): boolean {
  if (typeof operand !== 'object' || operand === null || Array.isArray(operand))
    return [operand].flat().includes(value);
  return Object.entries(operand).some(([operator, inner]) =>
    [inner].flat().some((item) => matchesEntry({ [operator]: item }, value)),
  );
}

function affix(operand: unknown, value: unknown, fits: (text: string, part: string) => boolean): boolean {
  if (typeof value !== 'string') return false;
  if (typeof operand === 'string') return fits(value, operand);
  const inner = lower(asPattern(operand)['equals-ignore-case']);
  return inner !== undefined && fits(value.toLowerCase(), inner);
}

function lower(value: unknown): string | undefined {
  return typeof value === 'string' ? value.toLowerCase() : undefined;
}

function wildcard(pattern: string): RegExp {
  const parts = pattern.match(/\\[*\\]|\*|[^*\\]+/g) ?? [];
  const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const source = parts.map((part) => (part === '*' ? '.*' : escaped(part.replace(/^\\([*\\])$/, '$1'))));
  return new RegExp(`^${source.join('')}$`, 's');
}

function inRange(comparisons: readonly unknown[], value: number): boolean {
  return comparisons.every((operator, index) => {
    if (index % 2 === 1) return true;
    const bound = Number(comparisons[index + 1]);
    switch (operator) {
      case '=':
        return value === bound;
      case '<':
        return value < bound;
      case '<=':
        return value <= bound;
      case '>':
        return value > bound;
      default:
        return value >= bound;
    }
  });
}

function inRangeOfAddresses(range: string, address: string): boolean {
  const [network = '', bits = ''] = range.split('/');
  const family = isIP(network);
  if (family === 0 || isIP(address) !== family) return false;
  const list = new BlockList();
  const type = family === 4 ? 'ipv4' : 'ipv6';
  list.addSubnet(network, Number(bits), type);
  return list.check(address, type);
}

/** The values of a property. A list of objects has that of each. */
function propertyOf(event: unknown, key: string): unknown[] {
  if (Array.isArray(event)) return event.flatMap((item) => propertyOf(item, key));
  if (typeof event !== 'object' || event === null || !Object.hasOwn(event, key)) return [];
  return [(event as { readonly [key: string]: unknown })[key]];
}

/** The values that a list of filters sees: each of a list, and none of an object: a pattern selects by its properties. */
function leavesOf(values: readonly unknown[]): unknown[] {
  return values
    .flatMap((value) => (Array.isArray(value) ? leavesOf(value) : [value]))
    .filter((value) => typeof value !== 'object' || value === null);
}

function isAlternatives(value: unknown): value is readonly object[] {
  return Array.isArray(value) && value.length > 1 && value.every((item) => typeof item === 'object' && item !== null);
}

function asPattern(value: unknown): { readonly [key: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
}
