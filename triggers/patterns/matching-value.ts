/** A value that matches a list of EventBridge or SNS filters. Undefined if the value must be missing. */
export function matchingValue(matchers: unknown, name: string): unknown {
  const [first] = Array.isArray(matchers) ? matchers : [];
  if (first === undefined) return `sample-${name}`;
  if (typeof first !== 'object' || first === null) return first;
  const [[operator, operand] = ['', undefined]] = Object.entries(first);
  switch (operator) {
    case 'exists':
      return operand === false ? undefined : `sample-${name}`;
    case 'prefix':
      return `${textOf(operand)}sample`;
    case 'suffix':
      return `sample${textOf(operand)}`;
    case 'equals-ignore-case':
    case 'exactly':
      return operand;
    case 'wildcard':
      return String(operand).replace(/\\([*\\])|\*/g, (_, escaped?: string) => escaped ?? 'sample');
    case 'anything-but':
      return otherValue([operand].flat(), name);
    case 'cidr':
      return String(operand).split('/')[0];
    case 'numeric':
      return matchingNumber(Array.isArray(operand) ? operand : []);
    default:
      return `sample-${name}`;
  }
}

/** A string that doesn't match the given values and matchers. */
function otherValue(refused: readonly unknown[], name: string): string {
  const matchers = refused.filter(isObject).flatMap((matcher) => Object.values(matcher).flat());
  const parts = matchers.map((text) => String(text).toLowerCase().split('*'));
  const fits = (value: string) =>
    !refused.includes(value) && !parts.some((all) => all.every((part) => value.includes(part)));
  return [`sample-${name}`, `other-${name}x`, '0'].find(fits) ?? '~';
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

/** `prefix` and `suffix` can contain `{ "equals-ignore-case": ... }`. */
function textOf(operand: unknown): string {
  if (typeof operand !== 'object' || operand === null) return String(operand);
  return String(Object.values(operand)[0] ?? '');
}

/** A number in a range such as `['>', 0, '<=', 5]`. */
function matchingNumber(conditions: readonly unknown[]): number {
  let [least, most] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  let open = false;
  for (let index = 0; index < conditions.length; index += 2) {
    const operator = String(conditions[index]);
    const bound = Number(conditions[index + 1]);
    if (operator === '=') return bound;
    if (operator.startsWith('>')) least = bound;
    else most = bound;
    open ||= !operator.includes('=');
  }
  if (!Number.isFinite(least)) return Number.isFinite(most) ? most - (open ? 1 : 0) : 0;
  if (!open) return least;
  return Number.isFinite(most) ? (least + most) / 2 : least + 1;
}
